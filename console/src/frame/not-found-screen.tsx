// The screen for an address that no screen has.
import Button from '@mui/material/Button';
import { Link } from 'wouter';
import { texts } from '../texts.ts';
import { Screen } from './screen.tsx';

export function NotFoundScreen() {
  return (
    <Screen title={texts.errors.screenMissing}>
      <Button component={Link} href="/" variant="contained">
        {texts.errors.toConnections}
      </Button>
    </Screen>
  );
}
