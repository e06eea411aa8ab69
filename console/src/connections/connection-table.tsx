// The table. Only the lines in the window are drawn.
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTheme } from '@mui/material/styles';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { texts } from '../texts.ts';
import { LIST_COLUMNS, SERVER_COLUMNS } from './columns.tsx';
import { ConnectionLine } from './connection-line.tsx';
import type { Line } from './servers.ts';
import { SortHeader } from './sort-header.tsx';
import { Gap, Head, LINE_HEIGHTS, Table } from './table-parts.tsx';
import type { View } from './view.ts';

interface Props {
  readonly lines: readonly Line[];
  /** How many connections there are; null when it is not known. */
  readonly totalCount: number | null;
  readonly view: View;
  readonly change: (change: Partial<View>) => void;
  /** Reads the next page, if there is one. */
  readonly readMore: () => void;
}

/** How many lines before the end the next page is read. */
const AHEAD = 40;

function useLines(count: number) {
  const isTable = useMediaQuery(useTheme().breakpoints.up('md'));
  const table = useRef<HTMLTableElement>(null);
  const height = isTable ? LINE_HEIGHTS.table : LINE_HEIGHTS.card;
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: (table.current?.offsetTop ?? 0) + (isTable ? LINE_HEIGHTS.table : 0),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  return { table, virtualizer, drawn: virtualizer.getVirtualItems() };
}

/** The table, or what to do when it is empty. */
export function ConnectionTable({ lines, totalCount, view, change, readMore }: Props) {
  const { table, virtualizer, drawn } = useLines(lines.length);
  const last = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last > lines.length - AHEAD) readMore();
  }, [last, lines.length, readMore]);
  if (lines.length === 0) return <Typography sx={{ py: 6, textAlign: 'center' }}>{texts.list.empty}</Typography>;
  const columns = view.isGrouped ? SERVER_COLUMNS : LIST_COLUMNS;
  const { scrollMargin } = virtualizer.options;
  const before = (drawn[0]?.start ?? scrollMargin) - scrollMargin;
  // Lines of pages that are not read yet count too.
  const lineCount = totalCount === null ? -1 : Math.max(totalCount, lines.length) + 1;
  const after = virtualizer.getTotalSize() - ((drawn.at(-1)?.end ?? scrollMargin) - scrollMargin);
  return (
    <Table ref={table} aria-label={texts.nav.connections} aria-rowcount={lineCount}>
      <Head>
        <tr>
          {columns.map((column) => (
            <SortHeader key={column.name} column={column} view={view} onChange={change} />
          ))}
        </tr>
      </Head>
      <tbody>
        {before > 0 && <Gap aria-hidden style={{ height: before }} />}
        {drawn.map(({ index }) => {
          const line = lines[index];
          return line && <ConnectionLine key={line.key} {...{ line, index, columns }} />;
        })}
        {after > 0 && <Gap aria-hidden style={{ height: after }} />}
      </tbody>
    </Table>
  );
}
