// The screen at /rotate: choose, plan, run, and what remains.
import Step from '@mui/material/Step';
import StepLabel from '@mui/material/StepLabel';
import Stepper from '@mui/material/Stepper';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';
import { RefusalAlert } from './refusal-alert.tsx';
import { NOTHING_CHOSEN, RotateChoice } from './rotate-choice.tsx';
import { RotatePlan } from './rotate-plan.tsx';
import { RotateResult } from './rotate-result.tsx';
import { useRotation } from './use-rotation.ts';

const STEPS = ['choose', 'plan', 'run'] as const;

export default function RotateScreen() {
  const { vault, plan, result, failure, isBusy, makePlan, run, begin } = useRotation();
  // What was chosen is kept while the plan is looked at. The secret is not in it.
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const step = result ? 2 : Number(plan !== null);
  return (
    <Screen title={texts.nav.rotate}>
      <Stack spacing={3} sx={{ maxWidth: 960 }}>
        <Stepper activeStep={step}>
          {STEPS.map((name) => (
            <Step key={name} completed={STEPS.indexOf(name) < step}>
              <StepLabel>{texts.rotate.steps[name]}</StepLabel>
            </Step>
          ))}
        </Stepper>
        {failure !== null && <RefusalAlert failure={failure} />}
        {step === 0 && (
          <RotateChoice {...{ vault, isBusy, chosen, onChosen: setChosen }} onPlan={(input) => void makePlan(input)} />
        )}
        {step === 1 && plan && <RotatePlan {...{ plan, isBusy }} onRun={() => void run()} onBack={begin} />}
        {result && <RotateResult result={result} onAgain={begin} />}
      </Stack>
    </Screen>
  );
}
