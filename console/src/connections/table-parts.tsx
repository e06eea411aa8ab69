// The parts of the table and their styles. All lines have one height, so that the position of each is known before it is drawn. On a
// narrow window each line is a card of three rows.
import { styled } from '@mui/material/styles';

/** The heights of a line in pixels: in the table, and as a card. */
export const LINE_HEIGHTS = { table: 40, card: 84 };

export const Table = styled('table')(({ theme }) => ({
  width: '100%',
  tableLayout: 'fixed',
  borderCollapse: 'separate',
  borderSpacing: 0,
  fontSize: theme.typography.pxToRem(13),
  background: theme.vars.palette.background.paper,
  [theme.breakpoints.down('md')]: { '&, tbody': { display: 'block' } },
}));

export const Head = styled('thead')(({ theme }) => ({
  '& th': {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: LINE_HEIGHTS.table,
    padding: theme.spacing(0, 1),
    textAlign: 'start',
    background: theme.vars.palette.background.paper,
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
  },
  [theme.breakpoints.down('md')]: { display: 'none' },
}));

export const Line = styled('tr')(({ theme }) => ({
  height: LINE_HEIGHTS.table,
  '& td, & th': {
    padding: theme.spacing(0, 1),
    fontWeight: 'normal',
    textAlign: 'start',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
  },
  '&:hover': { background: theme.vars.palette.action.hover },
  [theme.breakpoints.down('md')]: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gridAutoRows: 22,
    alignContent: 'center',
    height: LINE_HEIGHTS.card,
    borderBottom: `1px solid ${theme.vars.palette.divider}`,
    '& td, & th': { display: 'none', border: 0 },
    '& th': { display: 'block', gridColumn: '1 / -1', fontWeight: 600 },
    '& .in-card': { display: 'block' },
  },
}));

/** The line above the connections of one server. */
export const ServerLine = styled(Line)(({ theme }) => ({
  background: theme.vars.palette.action.selected,
  '& th': { fontWeight: 600 },
}));

/** Takes the place of lines that are not drawn. */
export const Gap = styled('tr')({ display: 'block' });
