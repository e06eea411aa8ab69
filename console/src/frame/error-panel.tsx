// The state of a screen whose data could not be read.
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import type { CombinedError } from 'urql';
import { errorText } from '../api/error-text.ts';
import { texts } from '../texts.ts';

interface Props {
  readonly error: CombinedError;
  readonly onRetry: () => void;
}

/** Shows why a request failed, and a button that sends it again. */
export function ErrorPanel({ error, onRetry }: Props) {
  const again = (
    <Button color="inherit" onClick={onRetry}>
      {texts.retry}
    </Button>
  );
  return (
    <Alert severity="error" action={again}>
      <AlertTitle>{texts.errors.title}</AlertTitle>
      {errorText(error)}
    </Alert>
  );
}
