// The filters of the list.
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Box from '@mui/material/Box';
import { useStart } from '../api/start.tsx';
import type { Dialect, Vendor } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { Choice } from './choice.tsx';
import { SearchBox } from './search-box.tsx';
import { EMPTY_VIEW, type View } from './view.ts';

interface Props {
  readonly view: View;
  readonly onChange: (change: Partial<View>) => void;
}

const GRID = {
  display: 'grid',
  gridTemplateColumns: { xs: '1fr 1fr', md: 'repeat(5, minmax(0, 1fr))' },
  columnGap: 1,
  rowGap: 1.5,
  mb: 1,
};

/** The fields for the filters. A change applies at once, a text when the person pauses. */
export function Filters({ view, onChange }: Props) {
  const { vendors, instances, dialects } = useStart();
  const offered = instances.filter(({ vendor }) => view.vendor === '' || vendor === view.vendor);
  return (
    <Box component="search" aria-label={texts.filters.label}>
      <Box sx={GRID}>
        <SearchBox label={texts.filters.text} value={view.text} onChange={(text) => onChange({ text })} />
        <SearchBox label={texts.filters.host} value={view.host} onChange={(host) => onChange({ host })} />
        <Choice
          label={texts.filters.vendor}
          value={view.vendor}
          options={vendors.map(({ vendor, label }) => [vendor, label])}
          onChange={(vendor) => onChange({ vendor: vendor as Vendor | '', instance: '' })}
        />
        <Choice
          label={texts.filters.instance}
          value={view.instance}
          options={offered.map(({ key, label }) => [key, label])}
          onChange={(instance) => onChange({ instance })}
        />
        <Choice
          label={texts.filters.dialect}
          value={view.dialect}
          options={dialects.map(({ dialect, label }) => [dialect, label])}
          onChange={(dialect) => onChange({ dialect: dialect as Dialect | '' })}
        />
      </Box>
      <FormControlLabel
        control={<Checkbox checked={view.isGrouped} onChange={(_event, isGrouped) => onChange({ isGrouped })} />}
        label={texts.filters.grouped}
      />
      <Button onClick={() => onChange(EMPTY_VIEW)}>{texts.filters.clear}</Button>
    </Box>
  );
}
