// How many connections the list has, told to screen readers when it changes.
import Typography from '@mui/material/Typography';
import { texts } from '../texts.ts';
import type { Pages } from './use-pages.ts';

export function Count({ pages: { rows, totalCount } }: { readonly pages: Pages }) {
  return (
    <Typography component="output" color="text.secondary" sx={{ display: 'block', my: 1 }}>
      {texts.list.count(rows.length, totalCount)}
    </Typography>
  );
}
