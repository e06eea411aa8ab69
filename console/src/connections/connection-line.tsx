// One line of the table.
import { memo } from 'react';
import { useStart } from '../api/start.tsx';
import { texts } from '../texts.ts';
import type { Column } from './columns.tsx';
import type { Line as LineOfList } from './servers.ts';
import { Line, ServerLine } from './table-parts.tsx';

interface Props {
  readonly line: LineOfList;
  /** The position in the list, from 0. */
  readonly index: number;
  readonly columns: readonly Column[];
}

/** A connection, or the server of the connections below it. */
export const ConnectionLine = memo(function ConnectionLine({ line, index, columns }: Props) {
  const { labels } = useStart();
  // The first line of a table is its head.
  const position = index + 2;
  const { row, server } = line;
  if (!row) {
    return (
      <ServerLine aria-rowindex={position}>
        <th scope="rowgroup" colSpan={columns.length}>
          {texts.list.server(server.host, server.rows.length, new Set(server.rows.map((one) => one.instance.id)).size)}
        </th>
      </ServerLine>
    );
  }
  return (
    <Line aria-rowindex={position}>
      {columns.map(({ name, show, hint, isInCard }, column) => {
        const value = show(row, labels);
        const title = hint?.(row) ?? (typeof value === 'string' ? value : undefined);
        const Cell = column === 0 ? 'th' : 'td';
        return (
          <Cell key={name} scope={column === 0 ? 'row' : undefined} title={title} className={isInCard ? 'in-card' : ''}>
            {value}
          </Cell>
        );
      })}
    </Line>
  );
});
