// The outcome of a connection test with each of its checks.
import Alert, { type AlertColor } from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Stack from '@mui/material/Stack';
import type { TestOutcome, TestReportFragment } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

const COLORS: Readonly<Record<TestOutcome, AlertColor>> = {
  PASSED: 'success',
  WARNED: 'warning',
  FAILED: 'error',
  SKIPPED: 'info',
};

export function TestReport({ report: { outcome, durationMs, checks } }: { readonly report: TestReportFragment }) {
  return (
    <Stack spacing={1}>
      <strong>{texts.test.outcome(texts.test.outcomes[outcome], durationMs)}</strong>
      {checks.map((check) => (
        <Alert key={check.name} severity={COLORS[check.outcome]} role="none">
          <AlertTitle>{`${check.name}: ${texts.test.outcomes[check.outcome]}`}</AlertTitle>
          {[check.message, check.vendorMessage, check.vendorOutcome].filter(Boolean).join(' · ')}
        </Alert>
      ))}
    </Stack>
  );
}
