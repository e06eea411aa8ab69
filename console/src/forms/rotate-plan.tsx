// The second step of a rotation: what would be written, and what cannot be searched. The run is started here.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { texts } from '../texts.ts';
import { RotateTable } from './rotate-table.tsx';
import { Unsearchable } from './rotate-result.tsx';
import { useProgress } from './use-progress.ts';
import { plannedRows, type RotationPlan } from './use-rotation.ts';

interface Props {
  readonly plan: RotationPlan;
  /** Whether the rotation runs. */
  readonly isBusy: boolean;
  readonly onRun: () => void;
  readonly onBack: () => void;
}

/** How many connections of a run are done, as a bar and in words. */
function RunProgress({ done, total }: { readonly done: number; readonly total: number }) {
  return (
    <Stack spacing={1}>
      <LinearProgress variant="determinate" value={(100 * done) / total} aria-label={texts.rotate.running} />
      <output>{texts.rotate.progress(done, total)}</output>
    </Stack>
  );
}

/** Returns what the plan is for, or what became of its run. A run whose answer was lost can be sent again. */
function introOf(count: number, isBusy: boolean, isStarted: boolean): string {
  if (isBusy) return texts.rotate.writing(count);
  return isStarted ? texts.rotate.lost : texts.rotate.planned(count);
}

export function RotatePlan({ plan: { rotation, idempotencyKey }, isBusy, onRun, onBack }: Props) {
  const { length } = plannedRows(rotation);
  const progress = useProgress(isBusy ? idempotencyKey : null);
  const done = [...progress.values()].filter((state) => state !== 'NOT_STARTED' && state !== 'SENDING').length;
  return (
    <Stack spacing={2}>
      <Alert severity="info">{introOf(length, isBusy, progress.size > 0)}</Alert>
      <Unsearchable instances={rotation.unsearchable} />
      {isBusy && <RunProgress done={done} total={length} />}
      <RotateTable rows={rotation.outcomes} progress={progress} />
      <Stack direction="row" spacing={1}>
        <Button variant="contained" disabled={length === 0} loading={isBusy} onClick={onRun}>
          {texts.rotate.run(length)}
        </Button>
        <Button variant="outlined" disabled={isBusy} onClick={onBack}>
          {texts.rotate.back}
        </Button>
      </Stack>
    </Stack>
  );
}
