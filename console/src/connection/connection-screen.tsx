// One connection: its settings, what can be done with it, and a test.
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Link } from 'wouter';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';
import { ConnectionActions } from './connection-actions.tsx';
import { ConnectionPanels } from './connection-panels.tsx';
import type { Deleted } from './delete-dialog.tsx';
import { DeletedScreen } from './deleted-screen.tsx';
import { useConnection } from './use-connection.ts';

function Missing() {
  return (
    <Screen title={texts.connection.none}>
      <Button component={Link} href="/" variant="contained">
        {texts.errors.toConnections}
      </Button>
    </Screen>
  );
}

/** @param id the global id of the connection. */
export default function ConnectionScreen({ id }: { readonly id: string }) {
  const { connection, error, readAgain } = useConnection(id);
  const [deleted, setDeleted] = useState<{ readonly name: string; readonly answer: Deleted } | null>(null);
  if (deleted) return <DeletedScreen name={deleted.name} deleted={deleted.answer} />;
  if (error) return <ErrorPanel error={error} onRetry={readAgain} />;
  if (connection === undefined) return <Loading />;
  if (connection === null) return <Missing />;
  const { name } = connection;
  const actions = <ConnectionActions connection={connection} onDeleted={(answer) => setDeleted({ name, answer })} />;
  return (
    <Screen title={name} actions={actions}>
      <ConnectionPanels connection={connection} />
    </Screen>
  );
}
