// Which vendor takes which dialect.
import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';
import type { InstanceListQuery, SupportStatus } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

type Vendors = InstanceListQuery['vendors'];
type Dialects = InstanceListQuery['dialects'];
type Support = Dialects[number]['support'][number];

const Matrix = styled('table')(({ theme }) => ({
  borderCollapse: 'collapse',
  width: '100%',
  fontSize: theme.typography.pxToRem(13),
  '& th, & td': {
    padding: theme.spacing(0.75, 1),
    textAlign: 'start',
    verticalAlign: 'top',
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
  },
  '& tbody th': {
    position: 'sticky',
    left: 0,
    fontWeight: 'normal',
    background: theme.vars.palette.background.paper,
  },
  '& small': { display: 'block', color: theme.vars.palette.text.secondary, minWidth: 140 },
}));

const UNSUPPORTED = { status: 'UNSUPPORTED', note: null } as const;

const SYMBOLS: Readonly<Record<SupportStatus, string>> = { SUPPORTED: '✓', READ_ONLY: '◐', UNSUPPORTED: '–' };

function Cell({ status, note }: Pick<Support, 'status' | 'note'>) {
  return (
    <td>
      <span aria-hidden>{SYMBOLS[status]} </span>
      {texts.matrix.statuses[status]}
      {note && <small>{note}</small>}
    </td>
  );
}

/** A table with a row for each dialect and a column for each vendor. It scrolls sideways where the window is narrow. */
export function DialectMatrix({ vendors, dialects }: { readonly vendors: Vendors; readonly dialects: Dialects }) {
  return (
    <Box component="section" sx={{ overflowX: 'auto' }} tabIndex={0} aria-label={texts.matrix.title}>
      <Matrix>
        <thead>
          <tr>
            <th scope="col">{texts.list.columns.dialect}</th>
            {vendors.map(({ vendor, label }) => (
              <th key={vendor} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dialects.map(({ dialect, label, support }) => (
            <tr key={dialect}>
              <th scope="row">{label}</th>
              {vendors.map(({ vendor }) => (
                <Cell key={vendor} {...(support.find((one) => one.vendor === vendor) ?? UNSUPPORTED)} />
              ))}
            </tr>
          ))}
        </tbody>
      </Matrix>
    </Box>
  );
}
