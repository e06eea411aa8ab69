// Whether an instance can be used now, and how many requests it still accepts. It has its height from the start, so that nothing moves
// when the answer arrives.
import Alert, { type AlertColor } from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { CombinedError } from 'urql';
import { errorText } from '../api/error-text.ts';
import type { HealthStatus, InstanceHealthQuery } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

type Answer = NonNullable<InstanceHealthQuery['vendorInstance']>;

interface Props {
  readonly health: Answer['health'] | undefined;
  readonly rateLimit: Answer['rateLimit'] | undefined;
  readonly error: CombinedError | undefined;
  readonly isAsking: boolean;
  readonly onAsk: () => void;
}

const COLORS: Readonly<Record<HealthStatus, AlertColor>> = {
  UP: 'success',
  DEGRADED: 'warning',
  UNAUTHORIZED: 'error',
  DOWN: 'error',
};

/** Returns what is known about the health, in sentences. */
function describe({ status, latencyMs, error }: Answer['health'], rateLimit: Answer['rateLimit'] | undefined): string {
  const sentences = [
    texts.health.statuses[status],
    latencyMs === null || latencyMs === undefined ? '' : texts.health.latency(latencyMs),
    error?.message ?? '',
    error?.__typename === 'VendorUnavailableError' && error.unavailable === 'CIRCUIT_OPEN' ? texts.health.breaker : '',
    rateLimit ? texts.health.rateLimit(rateLimit.remaining ?? null, rateLimit.limit ?? null) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

export function HealthPanel({ health, rateLimit, error, isAsking, onAsk }: Props) {
  const again = (
    <Button color="inherit" onClick={onAsk} loading={isAsking}>
      {texts.health.again}
    </Button>
  );
  const severity = health ? COLORS[health.status] : error ? 'error' : 'info';
  const text = health ? describe(health, rateLimit) : error ? errorText(error) : texts.health.asking;
  return (
    <Box component="output" sx={{ display: 'block', mb: 2 }}>
      <Alert severity={severity} role="none" action={again} sx={{ minHeight: 72 }}>
        {text}
      </Alert>
    </Box>
  );
}
