// The second step of a rotation: what would be written, and what cannot be searched. The run is started here.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { texts } from '../texts.ts';
import { RotateTable } from './rotate-table.tsx';
import { Unsearchable } from './rotate-result.tsx';
import { plannedRows, type RotationPlan } from './use-rotation.ts';

interface Props {
  readonly plan: RotationPlan;
  /** Whether the rotation runs. */
  readonly isBusy: boolean;
  readonly onRun: () => void;
  readonly onBack: () => void;
}

export function RotatePlan({ plan: { rotation }, isBusy, onRun, onBack }: Props) {
  const { length } = plannedRows(rotation);
  return (
    <Stack spacing={2}>
      <Alert severity="info">{texts.rotate.planned(length)}</Alert>
      <Unsearchable instances={rotation.unsearchable} />
      {isBusy && <LinearProgress aria-label={texts.rotate.running} />}
      <RotateTable rows={rotation.outcomes} {...(isBusy ? { running: texts.rotate.running } : {})} />
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
