// The buttons of a connection. Those that the gateway or the vendor would refuse are not shown.
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Link } from 'wouter';
import { OPERATIONS } from '../api/rights.ts';
import { useStart } from '../api/start.tsx';
import { CopyButton } from '../frame/copy-button.tsx';
import { texts } from '../texts.ts';
import { DeleteDialog, type Deleted } from './delete-dialog.tsx';
import type { Connection } from './use-connection.ts';

interface Props {
  readonly connection: Connection;
  readonly onDeleted: (deleted: Deleted) => void;
}

export function ConnectionActions({ connection, onDeleted }: Props) {
  const { may } = useStart();
  const [isDeleting, setIsDeleting] = useState(false);
  const { id, instance, capabilities } = connection;
  return (
    <>
      <CopyButton label={texts.connection.copyId} text={id} />
      {may(OPERATIONS.update, instance.key, capabilities) && (
        <Button component={Link} href={`/connections/${id}/edit`} variant="outlined">
          {texts.connection.edit}
        </Button>
      )}
      {may(OPERATIONS.delete, instance.key, capabilities) && (
        <Button variant="outlined" color="error" onClick={() => setIsDeleting(true)}>
          {texts.connection.remove}
        </Button>
      )}
      {isDeleting && <DeleteDialog {...{ connection, onDeleted }} onClose={() => setIsDeleting(false)} />}
    </>
  );
}
