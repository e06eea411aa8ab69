// Chartbrew's API. An instance is a team. Ids are integers, names need not be unique, and answers contain secrets.
import * as z from 'zod';
import { pathOf } from '../base-url.ts';
import { credential, defineVendor, type BaseUrlReview } from '../define-vendor.ts';
import { chartbrewDialects, tunnelDialects } from './dialects.ts';
import { chartbrewDetails, chartbrewOptions } from './fields.ts';
import { connect } from './instance.ts';
import { review, warningsFor } from './review.ts';
import { updateRules } from './update-rules.ts';

/** Returns what is wrong, or may be wrong, with the path of an instance's base URL. */
function reviewBaseUrl(url: URL): BaseUrlReview {
  const path = pathOf(url);
  if (url.hostname === 'app.chartbrew.com') {
    return { problem: 'is the address of the web page; the address of the API is https://api.chartbrew.com' };
  }
  if (/\/team(\/|$)/.test(path)) {
    return { problem: 'contains the team, which belongs in the key teamId; the address must end before /team' };
  }
  if (path !== '' && url.hostname === 'api.chartbrew.com') {
    return { problem: 'has a path, and the API of Chartbrew has none; leave it out' };
  }
  return /\/api(\/v\d+)?$/.test(path)
    ? { warning: 'ends in a path that Chartbrew itself does not have; leave it out unless a proxy adds it' }
    : {};
}

export const chartbrew = defineVendor({
  kind: 'chartbrew',
  typeName: 'Chartbrew',
  label: 'Chartbrew',
  description: 'Chartbrew, hosted or self-hosted.',
  documentationUrl: 'https://docs.chartbrew.com',
  setupAdvice: {
    baseUrl:
      'The base URL of Chartbrew is that of its API, such as https://api.chartbrew.com or http://localhost:4019, without the team.',
    credential: 'Check apiKey: it is not revoked, and its user still exists.',
    permission: 'Check teamId. The key must be of an owner or an admin of that team.',
  },
  settings: z.object({
    teamId: z
      .union(
        [
          z.int().min(1),
          z
            .string()
            .regex(/^[1-9]\d*$/)
            .transform(Number),
        ],
        'must be a whole number',
      )
      .describe('Id of the team.'),
    apiKey: credential('API key of a team owner or team admin.'),
  }),
  reviewBaseUrl,
  dialects: chartbrewDialects,
  details: chartbrewDetails,
  options: chartbrewOptions,
  update: updateRules,
  // For other dialects Chartbrew would store the secrets of the tunnel and never use them.
  optionScopes: { ssh: { dialects: tunnelDialects, inOtherDialects: 'REFUSED' } },
  notReported: [],
  // A list leaves out the password (in which Chartbrew also stores API keys), the discovered schema and the Google grant.
  reportedOnlyById: ['password', 'apiKey', 'secrets', 'discoveredSchema', 'oauthEmail'],
  isVendorId: (text) => /^[1-9]\d{0,9}$/.test(text),
  review,
  warningsFor,
  afterDelete: () => [
    {
      path: null,
      code: 'DATASETS_KEPT',
      message: 'Chartbrew keeps the datasets that used it. They have no connection now.',
    },
  ],
  connect,
});
