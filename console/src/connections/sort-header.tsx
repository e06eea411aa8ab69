// The head of a column. A press sorts the list by it; the next press turns the order around.
import ButtonBase from '@mui/material/ButtonBase';
import type { Column } from './columns.tsx';
import type { View } from './view.ts';

interface Props {
  readonly column: Column;
  readonly view: View;
  readonly onChange: (change: Partial<View>) => void;
}

export function SortHeader({ column: { name, width, order }, view, onChange }: Props) {
  const isSorted = order === view.order;
  const direction = view.isDescending ? 'descending' : 'ascending';
  const sort = () => onChange({ order, isDescending: isSorted && !view.isDescending });
  return (
    <th scope="col" style={{ width: `${width}%` }} aria-sort={isSorted ? direction : undefined}>
      {order ? (
        <ButtonBase onClick={sort} sx={{ font: 'inherit', fontWeight: 600 }}>
          {name}
          <span aria-hidden>{isSorted && (view.isDescending ? ' ↓' : ' ↑')}</span>
        </ButtonBase>
      ) : (
        name
      )}
    </th>
  );
}
