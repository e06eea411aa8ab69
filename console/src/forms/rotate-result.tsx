// The third step of a rotation: what was written, and where the old secret remains.
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import { Link as RouterLink } from 'wouter';
import { texts } from '../texts.ts';
import { RotateTable } from './rotate-table.tsx';
import type { Rotation, RotationResult } from './use-rotation.ts';

/** Names the instances that could not be searched. */
export function Unsearchable({ instances }: { readonly instances: Rotation['unsearchable'] }) {
  if (instances.length === 0) return null;
  return <Alert severity="warning">{texts.rotate.unsearchable(instances.map(({ label }) => label))}</Alert>;
}

/** Returns the connections that have, or may have, the old secret: all of the plan but those that were written. */
function remainingOf({ rotation, plan }: RotationResult): Rotation['remaining'] {
  const written = new Set(rotation.outcomes.filter(({ status }) => status === 'DONE').map(({ id }) => id));
  return plan.remaining.filter(({ id }) => !written.has(id));
}

interface Props {
  readonly result: RotationResult;
  readonly onAgain: () => void;
}

export function RotateResult({ result, onAgain }: Props) {
  const { rotation, plan } = result;
  const remaining = remainingOf(result);
  const done = rotation.outcomes.filter(({ status }) => status === 'DONE').length;
  return (
    <Stack spacing={2} aria-live="polite">
      <Alert severity={remaining.length > 0 ? 'warning' : 'success'}>
        {texts.rotate.done(done)} {remaining.length === 0 && texts.rotate.noneRemaining} {texts.forms.secretsForgotten}
      </Alert>
      <RotateTable rows={rotation.outcomes} />
      {remaining.length > 0 && (
        <Alert severity="warning">
          <AlertTitle>{texts.rotate.remaining}</AlertTitle>
          {remaining.map(({ id, name, instance }) => (
            <div key={id}>
              <Link component={RouterLink} href={`/connections/${id}`} color="inherit">
                {`${name} · ${instance.label}`}
              </Link>
            </div>
          ))}
        </Alert>
      )}
      <Unsearchable instances={plan.unsearchable} />
      <Button variant="outlined" onClick={onAgain} sx={{ alignSelf: 'start' }}>
        {texts.rotate.again}
      </Button>
    </Stack>
  );
}
