// Deletes a connection after the person has typed its name.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState, type FormEvent } from 'react';
import { errorText } from '../api/error-text.ts';
import { useSendOnce } from '../api/send-once.ts';
import { DeleteConnectionDocument, type DeleteConnectionMutation } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import type { Connection } from './use-connection.ts';

export type Deleted = Extract<DeleteConnectionMutation['deleteConnection'], { __typename: 'DeleteConnectionSuccess' }>;

interface Props {
  readonly connection: Connection;
  readonly onClose: () => void;
  readonly onDeleted: (deleted: Deleted) => void;
}

/** The gateway compares the name again, so that a connection that somebody has renamed meanwhile is kept. */
export function DeleteDialog({ connection: { id, name }, onClose, onDeleted }: Props) {
  const { sendOnce, isBusy } = useSendOnce();
  const titleId = useId();
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState('');
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (typed !== name) return;
    const sent = await sendOnce(DeleteConnectionDocument, { input: { id, expectName: name } });
    if (!sent) return;
    const answer = sent.data?.deleteConnection;
    if (answer?.__typename === 'DeleteConnectionSuccess') onDeleted(answer);
    else setFailure(answer?.message ?? (sent.error ? errorText(sent.error) : texts.errors.unknown));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <form onSubmit={(event) => void remove(event)}>
        <DialogTitle id={titleId}>{texts.remove.title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            <Typography>{texts.remove.intro(name)}</Typography>
            <TextField
              label={texts.remove.name}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              slotProps={{ htmlInput: { autoFocus: true, autoComplete: 'off', spellCheck: false } }}
            />
            {failure && <Alert severity="error">{failure}</Alert>}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" color="error" variant="contained" disabled={typed !== name} loading={isBusy}>
            {texts.remove.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
