// A draft as Omni's create body. One of the places where a caller's secret is revealed.
import type { Draft } from '../../domain/connection.ts';
import type { Secret } from '../../domain/secret.ts';
import { writeFields } from '../wire-fields.ts';
import { omniOptions, omniOptionsWire } from './fields.ts';

const reveal = (secret: Secret): string => secret.reveal();

/** Where Omni's own default cannot be right, the way to sign in follows from what was given. */
function authenticationType({ dialect, config, options }: Draft): string | undefined {
  if (config['privateKey']) return 'snowflake-keypair';
  if (dialect === 'bigquery' && options['workloadIdentityAudience']) return 'bigquery-workload-identity-federation';
  return undefined;
}

export function toWire(draft: Draft): Record<string, unknown> {
  const { support } = draft;
  const derived = authenticationType(draft);
  return {
    dialect: support.word,
    name: draft.name,
    ...(derived ? { authenticationType: derived } : {}),
    ...writeFields(support.dialect.fields, support.fields, draft.config, reveal),
    ...writeFields(omniOptions, omniOptionsWire, draft.options, reveal),
  };
}
