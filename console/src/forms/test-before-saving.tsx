// Tests the settings of a form where the vendor can test what is not saved.
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { OPERATIONS } from '../api/rights.ts';
import { useSendOnce } from '../api/send-once.ts';
import { useStart, type InstanceInfo } from '../api/start.tsx';
import { TestReport } from '../connection/test-report.tsx';
import {
  TestConnectionConfigDocument,
  type RefusalFragment,
  type TestConnectionConfigInput,
  type TestReportFragment,
} from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import type { Issue } from './form-errors.ts';
import { RefusalAlert } from './refusal-alert.tsx';

interface Props {
  readonly targets: readonly InstanceInfo[];
  readonly inputAt: (target: InstanceInfo) => TestConnectionConfigInput;
  readonly onIssues: (issues: readonly Issue[]) => void;
}

type Result = { readonly report: TestReportFragment } | { readonly failure: RefusalFragment | string };

function TestAt({ target, inputAt, onIssues }: Omit<Props, 'targets'> & { readonly target: InstanceInfo }) {
  const { sendOnce, isBusy } = useSendOnce();
  const [result, setResult] = useState<Result | null>(null);
  const run = async () => {
    const sent = await sendOnce(TestConnectionConfigDocument, { input: inputAt(target) });
    if (!sent) return;
    const answer = sent.data?.testConnectionConfig;
    onIssues(answer?.__typename === 'ValidationError' ? answer.issues : []);
    if (!answer) setResult({ failure: sent.error ? errorText(sent.error) : texts.errors.unknown });
    else setResult(answer.__typename === 'TestConnectionSuccess' ? { report: answer.test } : { failure: answer });
  };
  return (
    <Stack spacing={1} sx={{ alignItems: 'start' }}>
      <Button variant="outlined" loading={isBusy} onClick={() => void run()}>
        {texts.create.testAt(target.label)}
      </Button>
      <output>
        {result &&
          ('report' in result ? <TestReport report={result.report} /> : <RefusalAlert failure={result.failure} />)}
      </output>
    </Stack>
  );
}

/** A button and its result for each instance that can test settings before they are saved. */
export function TestBeforeSaving({ targets, ...props }: Props) {
  const { may } = useStart();
  const testable = targets.filter(({ key, capabilities }) => may(OPERATIONS.testUnsaved, key, capabilities));
  return testable.map((target) => <TestAt key={target.key} target={target} {...props} />);
}
