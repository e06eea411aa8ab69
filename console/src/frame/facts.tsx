// A list of names with their values.
import Box from '@mui/material/Box';
import { Fragment, type ReactNode } from 'react';

export type Fact = readonly [name: string, value: ReactNode];

const GRID = {
  display: 'grid',
  gridTemplateColumns: { xs: '1fr', sm: 'minmax(0, 2fr) minmax(0, 4fr)' },
  columnGap: 2,
  rowGap: { xs: 0, sm: 0.75 },
  m: 0,
  '& > dt': { overflowWrap: 'anywhere', color: 'text.secondary', mt: { xs: 1, sm: 0 } },
  '& > dd': { m: 0, overflowWrap: 'anywhere', minWidth: 0 },
};

/** Shows the names beside their values, or above them where the window is narrow. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <Box component="dl" sx={GRID}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </Box>
  );
}
