// Changes between light and dark colours. The choice is kept until the page is reloaded; the first colours are those of the system.
import Button from '@mui/material/Button';
import { useColorScheme } from '@mui/material/styles';
import { texts } from '../texts.ts';

export function SchemeToggle() {
  const { mode, systemMode, setMode } = useColorScheme();
  const isDark = (mode === 'system' ? systemMode : mode) === 'dark';
  return (
    <Button color="inherit" onClick={() => setMode(isDark ? 'light' : 'dark')}>
      {isDark ? texts.nav.toLight : texts.nav.toDark}
    </Button>
  );
}
