// The first link of the page, for people who use the keyboard. It shows while it has the focus.
import Link from '@mui/material/Link';
import { texts } from '../texts.ts';

export function SkipLink() {
  return (
    <Link
      href="#content"
      sx={{
        position: 'absolute',
        left: 8,
        top: -60,
        zIndex: 'tooltip',
        bgcolor: 'background.paper',
        p: 1,
        '&:focus': { top: 8 },
      }}
    >
      {texts.skip}
    </Link>
  );
}
