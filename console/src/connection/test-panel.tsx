// Tests a connection with the secrets that its vendor stores.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useSend } from '../api/send.ts';
import { Panel } from '../frame/panel.tsx';
import { TestConnectionDocument, type TestReportFragment } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { TestReport } from './test-report.tsx';

type Result = { readonly report: TestReportFragment } | { readonly failure: string };

export function TestPanel({ id }: { readonly id: string }) {
  const send = useSend();
  const [isTesting, setIsTesting] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const run = async () => {
    setIsTesting(true);
    const { data, error } = await send(TestConnectionDocument, { input: { id } });
    const answer = data?.testConnection;
    if (!answer) setResult({ failure: error ? errorText(error) : texts.errors.unknown });
    else if (answer.__typename === 'TestConnectionSuccess') setResult({ report: answer.test });
    else setResult({ failure: answer.message });
    setIsTesting(false);
  };
  return (
    <Panel title={texts.test.title}>
      <Stack spacing={1.5} sx={{ alignItems: 'start' }}>
        <Button variant="outlined" onClick={() => void run()} loading={isTesting}>
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
