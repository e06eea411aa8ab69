// Tells which instances are missing in the list, and why.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { texts } from '../texts.ts';
import type { Pages } from './use-pages.ts';

interface Props {
  readonly pages: Pages;
  readonly onRetry: () => void;
}

/** One banner for each instance that failed, whose list is old, or that cannot be searched. Nothing when the list is complete. */
export function SourceBanners({ pages: { sources, unsearchable }, onRetry }: Props) {
  const again = (
    <Button color="inherit" onClick={onRetry}>
      {texts.retry}
    </Button>
  );
  return (
    <Stack spacing={1}>
      {sources.map(({ instance, error, isStale, readAt }) =>
        error ? (
          <Alert key={instance.id} severity={isStale ? 'warning' : 'error'} action={again}>
            {isStale && readAt
              ? texts.list.stale(instance.label, readAt, error.message)
              : texts.list.failed(instance.label, error.message)}
          </Alert>
        ) : null,
      )}
      {unsearchable.map(({ id, label }) => (
        <Alert key={id} severity="info">
          {texts.list.unsearchable(label)}
        </Alert>
      ))}
    </Stack>
  );
}
