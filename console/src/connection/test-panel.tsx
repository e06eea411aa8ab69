// Tests a connection with the secrets that its vendor stores.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useSendOnce } from '../api/send-once.ts';
import { Panel } from '../frame/panel.tsx';
import { TestConnectionDocument, type TestReportFragment } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { TestReport } from './test-report.tsx';

type Result = { readonly report: TestReportFragment } | { readonly failure: string };

export function TestPanel({ id }: { readonly id: string }) {
  const { sendOnce, isBusy } = useSendOnce();
  const [result, setResult] = useState<Result | null>(null);
  const run = async () => {
    const sent = await sendOnce(TestConnectionDocument, { input: { id } });
    if (!sent) return;
    const answer = sent.data?.testConnection;
    if (!answer) setResult({ failure: sent.error ? errorText(sent.error) : texts.errors.unknown });
    else if (answer.__typename === 'TestConnectionSuccess') setResult({ report: answer.test });
    else setResult({ failure: answer.message });
  };
  return (
    <Panel title={texts.test.title}>
      <Stack spacing={1.5} sx={{ alignItems: 'start' }}>
        <Button variant="outlined" onClick={() => void run()} loading={isBusy}>
          {texts.test.run}
        </Button>
        <output>
          {result &&
            ('report' in result ? (
              <TestReport report={result.report} />
            ) : (
              <Alert severity="error">{result.failure}</Alert>
            ))}
        </output>
      </Stack>
    </Panel>
  );
}
