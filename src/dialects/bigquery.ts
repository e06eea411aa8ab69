import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { bigInteger, integer, nameInside, serviceAccountKey, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';

export const bigquery = defineDialect('bigquery', {
  typeName: 'BigQuery',
  label: 'BigQuery',
  description: 'Google BigQuery, by a service account.',
  fields: z.object({
    projectId: text('Google Cloud project that holds the data.', {
      role: 'database',
      example: 'acme-web',
    }),
    billingProjectId: text('Google Cloud project that pays for the queries, when it is another one.', {
      example: 'acme-billing',
    }),
    location: text('Region or multi-region of the data, as us or europe-west1.', { example: 'europe-west1' }),
    dataset: nameInside('Dataset that unqualified table names mean.', { example: 'events' }),
    serviceAccountEmail: text(
      "E-mail of the service account. Looker needs it and takes it from the key's client_email when it is not given.",
      { role: 'username', example: 'bi@acme-web.iam.gserviceaccount.com' },
    ),
    serviceAccountKey: serviceAccountKey('Key file of the service account: the whole JSON document as text.'),
    maximumBytesBilled: bigInteger('Most bytes that one query may be billed for.', {
      safeToChange: SAFE_REASONS.limit,
    }),
    queryTimeoutMs: integer('Longest time that one query may take, in milliseconds.', {
      min: 1,
      example: 60_000,
      safeToChange: SAFE_REASONS.limit,
    }),
  }),
});
