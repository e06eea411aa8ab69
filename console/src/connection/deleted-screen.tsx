// What is shown in place of a connection that was deleted.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { Link } from 'wouter';
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';
import type { Deleted } from './delete-dialog.tsx';

export function DeletedScreen({ name, deleted }: { readonly name: string; readonly deleted: Deleted }) {
  return (
    <Screen title={texts.remove.done(name)}>
      <Stack spacing={1.5} sx={{ alignItems: 'start' }}>
        {deleted.archived && <Alert severity="info">{texts.remove.archived}</Alert>}
        {deleted.warnings.map(({ code, message }) => (
          <Alert key={code} severity="warning">
            {message}
          </Alert>
        ))}
        <Button component={Link} href="/" variant="contained">
          {texts.errors.toConnections}
        </Button>
      </Stack>
    </Screen>
  );
}
