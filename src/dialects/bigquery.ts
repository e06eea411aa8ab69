import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { bigInteger, integer, nameInside, serviceAccountKey, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';

export const bigquery = defineDialect('bigquery', {
  typeName: 'BigQuery',
  label: 'BigQuery',
  description: 'Google BigQuery, with a service account.',
  fields: z.object({
    projectId: text('The id of the Google Cloud project that contains the data.', {
      role: 'database',
      example: 'acme-web',
    }),
    billingProjectId: text(
      'The id of the Google Cloud project that pays for the queries, if it is a different project.',
      {
        example: 'acme-billing',
      },
    ),
    location: text('The region or multi-region of the data, such as us or europe-west1.', { example: 'europe-west1' }),
    dataset: nameInside('The default dataset, which is used for table names without a dataset.', { example: 'events' }),
    serviceAccountEmail: text(
      "The e-mail address of the service account. Looker requires it; if it is left out, Patchbay sends the key's client_email.",
      { role: 'username', example: 'bi@acme-web.iam.gserviceaccount.com' },
    ),
    serviceAccountKey: serviceAccountKey('The JSON key file of the service account, as text.'),
    maximumBytesBilled: bigInteger('The maximum number of bytes that one query may be billed for.', {
      safeToChange: SAFE_REASONS.limit,
    }),
    queryTimeoutMs: integer('The maximum duration of a query, in milliseconds.', {
      min: 1,
      example: 60_000,
      safeToChange: SAFE_REASONS.limit,
    }),
  }),
});
