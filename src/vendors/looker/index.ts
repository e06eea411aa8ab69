// The Looker vendor (API 4.0). Looker identifies a connection by its name.
import * as z from 'zod';
import { OTHER_DIALECT } from '../../fields/dialect.ts';
import { mustEndIn } from '../base-url.ts';
import { credential, defineVendor } from '../define-vendor.ts';
import { lookerDialects } from './dialects.ts';
import { lookerDetails, lookerOptions } from './fields.ts';
import { connect } from './instance.ts';
import { review, warningsFor } from './review.ts';
import { updateRules } from './update-rules.ts';

const BIGQUERY_OPTIONS = [
  'maxBillingGigabytes',
  'storageProjectId',
  'rolesVerified',
  'usesApplicationDefaultCredentials',
  'impersonatedServiceAccount',
];
// BigQuery with legacy SQL is a separate dialect at Looker. Patchbay has it among the other dialects.
const BIGQUERY_ONLY = { dialects: ['bigquery', OTHER_DIALECT], inOtherDialects: 'IGNORED' } as const;

export const looker = defineVendor({
  kind: 'looker',
  typeName: 'Looker',
  label: 'Looker',
  description: 'Looker (Google Cloud), API 4.0.',
  documentationUrl: 'https://docs.cloud.google.com/looker/docs',
  setupAdvice: {
    baseUrl: 'The base URL of Looker ends in /api/4.0, such as https://acme.cloud.looker.com/api/4.0.',
    credential: 'Check clientId and clientSecret: they belong to one API key of a user of this Looker.',
    permission: 'The user of the API key needs the permission manage_project_connections, or the role Admin.',
  },
  settings: z.object({
    clientId: credential('Client id of a Looker API key whose user may manage connections.'),
    clientSecret: credential('Client secret of that API key.'),
  }),
  dialects: lookerDialects,
  details: lookerDetails,
  options: lookerOptions,
  optionScopes: Object.fromEntries(BIGQUERY_OPTIONS.map((key) => [key, BIGQUERY_ONLY])),
  unsupportedAdvice: {
    motherduck:
      'Looker reaches MotherDuck by its PostgreSQL endpoint: use config.postgres, with the access token as password.',
    mongodb: 'Looker reaches MongoDB only by its BI Connector: use config.other with dialectName mongobi.',
  },
  notReported: [],
  // Looker finds a name in any case. A connection must have one id, so an id is lower case.
  idOfName: (name) => name.toLowerCase(),
  isVendorId: (text) => /^[^\s/\\?#%A-Z]+$/.test(text) && !/^\.+$/.test(text),
  update: updateRules,
  review,
  warningsFor,
  reviewBaseUrl: mustEndIn(
    '/api/4.0',
    { path: /\/api\/4\.0\//, problem: 'continues after the path of the API' },
    { path: /\/api\/\d+\.\d+(\/|$)/, problem: 'is the address of another version of the API than 4.0' },
  ),
  connect,
});
