// Credible's admin API. An instance is an organization with a project. The name of a connection is its id.
import * as z from 'zod';
import { mustEndIn } from '../base-url.ts';
import { credential, defineVendor } from '../define-vendor.ts';
import { credibleDialects } from './dialects.ts';
import { credibleDetails, credibleOptions } from './fields.ts';
import { connect } from './instance.ts';
import { NAME, review, reviewChange } from './review.ts';
import { updateRules } from './update-rules.ts';

const NAME_PROBLEM = 'must be letters, digits, _ and -';

export const credible = defineVendor({
  kind: 'credible',
  typeName: 'Credible',
  label: 'Credible',
  description: 'Credible (credibledata.com), by its admin API.',
  documentationUrl: 'https://docs.credibledata.com',
  setupAdvice: {
    baseUrl:
      'The base URL of Credible ends in /api/v0, such as https://acme.admin.credibledata.com/api/v0. Check organization and project, too.',
    credential: 'Check token with tokenType, or apiKey: it has not expired and is of the configured kind.',
    permission: 'The user or the group of the token must be an admin of the project.',
  },
  settings: z.object({
    organization: z.string().regex(NAME, NAME_PROBLEM).describe('Name of the organization.'),
    project: z.string().regex(NAME, NAME_PROBLEM).describe('Name of the project.'),
    token: credential('Access token; either this or apiKey.').optional(),
    tokenType: z
      .enum(['bearer', 'apiKey'])
      .optional()
      .describe("Kind of the token: bearer for a user's token, apiKey for a group's token."),
    apiKey: credential('Group access token; either this or token.').optional(),
  }),
  settingsProblem: ({ token, apiKey }) =>
    (token === undefined) === (apiKey === undefined) ? 'provide either token or apiKey' : null,
  reviewBaseUrl: mustEndIn(
    '/api/v0',
    {
      path: /\/api\/v0\/organizations(\/|$)/,
      problem: 'contains the organization, which belongs in the key organization',
    },
    { path: /\/api\/v0\//, problem: 'continues after the path of the API' },
    { path: /\/api\/v\d+(\/|$)/, problem: 'is the address of another version of the API than v0' },
  ),
  dialects: credibleDialects,
  details: credibleDetails,
  options: credibleOptions,
  notReported: [],
  idOfName: (name) => name,
  isVendorId: (text) => NAME.test(text),
  update: updateRules,
  review,
  reviewChange,
  connect,
});
