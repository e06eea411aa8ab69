// Why a mutation was refused or failed, in words, with the next step.
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import { Link } from 'wouter';
import { useStart } from '../api/start.tsx';
import type { RefusalFragment, Vendor } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

/** Returns what helps, as a sentence; an empty text when the message says it. */
export function nextStep(refusal: RefusalFragment, labelOf: (vendor: Vendor) => string): string {
  switch (refusal.__typename) {
    case 'ValidationError':
      return texts.forms.seeFields;
    case 'UnsupportedError':
      return refusal.alternatives.length > 0 ? texts.forms.alternatives(refusal.alternatives.map(labelOf)) : '';
    case 'ConflictError':
      return texts.forms.conflicts[refusal.conflict];
    case 'OutcomeUnknownError':
      return refusal.probe;
    default:
      return '';
  }
}

/** The alert of a failure. @param failure the refusal, or a sentence when the gateway gave no answer. */
export function RefusalAlert({ failure }: { readonly failure: RefusalFragment | string }) {
  const { labels } = useStart();
  if (typeof failure === 'string') return <Alert severity="error">{failure}</Alert>;
  const existing = failure.__typename === 'ConflictError' ? failure.existing : null;
  const open = existing && (
    <Button component={Link} href={`/connections/${existing.id}`} color="inherit">
      {texts.forms.openExisting(existing.name)}
    </Button>
  );
  return (
    <Alert severity="error" action={open}>
      <AlertTitle>{texts.forms.failed}</AlertTitle>
      {failure.message} {nextStep(failure, labels.vendor)}
    </Alert>
  );
}
