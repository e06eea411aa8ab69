// What a create did at each instance, in words, with the next step.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { Link } from 'wouter';
import { useStart } from '../api/start.tsx';
import type { CreateOutcomeFragment, OutcomeStatus } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { nextStep } from './refusal-alert.tsx';
import type { Created } from './use-create.ts';

interface Props {
  readonly created: Created;
  /** Shows the form again, without its secrets, for the instances that have no connection. */
  readonly onTryAgain: (keys: readonly string[]) => void;
  readonly onAnother: () => void;
}

const FAILED: readonly OutcomeStatus[] = ['REFUSED', 'NOT_ATTEMPTED', 'VERIFICATION_FAILED'];

/** Returns what happened at one target, as a sentence. */
function sentenceOf({ instance: { label }, status, result, compensation }: CreateOutcomeFragment): string {
  const { undone, undoFailed, created, unknown, notAttempted, refusedAt } = texts.create;
  if (status === 'DONE' && compensation) return compensation.status === 'DELETED' ? undone(label) : undoFailed(label);
  if (status === 'DONE' && result?.__typename === 'CreateConnectionSuccess')
    return created(result.connection.name, label);
  if (status === 'UNKNOWN') return unknown(label);
  return status === 'NOT_ATTEMPTED' ? notAttempted(label) : refusedAt(label);
}

const severityOf = ({ status, compensation }: CreateOutcomeFragment) => {
  if (status === 'DONE') return compensation ? 'warning' : 'success';
  return status === 'UNKNOWN' ? 'warning' : 'error';
};

function Outcome({ outcome }: { readonly outcome: CreateOutcomeFragment }) {
  const { labels } = useStart();
  const { result, compensation } = outcome;
  const isCreated = result?.__typename === 'CreateConnectionSuccess';
  const open = isCreated && !compensation && (
    <Button component={Link} href={`/connections/${result.connection.id}`} color="inherit">
      {texts.create.open}
    </Button>
  );
  return (
    <Alert severity={severityOf(outcome)} action={open}>
      {sentenceOf(outcome)}
      {isCreated && result.warnings.map(({ message }) => <div key={message}>{message}</div>)}
      {result && !isCreated && <div>{`${result.message} ${nextStep(result, labels.vendor)}`}</div>}
      {result?.__typename === 'ValidationError' &&
        result.issues.map(({ path, message }) => <div key={path.join('.')}>{message}</div>)}
    </Alert>
  );
}

export function CreateResult({ created: { outcomes }, onTryAgain, onAnother }: Props) {
  const failed = outcomes.filter(
    ({ status, compensation }) => FAILED.includes(status) || compensation?.status === 'DELETED',
  );
  return (
    <Stack spacing={1.5} aria-live="polite">
      {outcomes.map((outcome) => (
        <Outcome key={outcome.instance.key} outcome={outcome} />
      ))}
      <span>{texts.forms.secretsForgotten}</span>
      <Stack direction="row" spacing={1}>
        {failed.length > 0 && (
          <Button variant="contained" onClick={() => onTryAgain(failed.map(({ instance }) => instance.key))}>
            {texts.create.tryAgain(failed.map(({ instance }) => instance.label))}
          </Button>
        )}
        <Button variant="outlined" onClick={onAnother}>
          {texts.create.another}
        </Button>
      </Stack>
    </Stack>
  );
}
