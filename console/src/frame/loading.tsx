// The state of a screen whose data is on its way.
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { texts } from '../texts.ts';

/** Shows that something is loaded. It takes the height of a screen, so that nothing moves when the data arrives. */
export function Loading() {
  return (
    <Box component="output" sx={{ display: 'block', minHeight: '60vh' }}>
      <LinearProgress aria-label={texts.loading} />
    </Box>
  );
}
