// Chartbrew: an instance is a team, ids are integers, names need not be unique, and answers are full of secrets.
import * as z from 'zod';
import type { Connection } from '../../domain/connection.ts';
import type { Values } from '../../fields/fields.ts';
import type { UpdateRules } from '../../domain/vendor.ts';
import { pathOf } from '../base-url.ts';
import { credential, defineVendor, type BaseUrlReview } from '../module.ts';
import { chartbrewDialects, tunnelled } from './dialects.ts';
import { chartbrewDetails, chartbrewOptions, chartbrewOptionsWire } from './fields.ts';
import { connect } from './instance.ts';
import { review } from './review.ts';
import { warningsFor } from './warnings.ts';
import { impliedMode } from './tls.ts';

/** The rest ignores null and "", and files can only be replaced. */
const CLEARABLE = /^(connectionString|options|authentication(\..+)?|project_ids)$/;

/** With its headers null, Chartbrew sends no token: a sign-in needs a list, be it empty. */
function impliedHeaders(given: Values, told: Values): Values {
  const { headers, authentication } = given;
  if (told['headers'] !== null) return {};
  const isEmptied = Array.isArray(headers) && headers.length === 0;
  const signsIn = authentication !== undefined && authentication !== null;
  return isEmptied || (signsIn && (headers === undefined || headers === null)) ? { headers: [] } : {};
}

function implies({ dialect, config }: Connection, given: Values): Values {
  const tls = given['tls'] as Values | null | undefined;
  if (dialect === 'api') return impliedHeaders(given, config);
  if (!tls || !('tls.mode' in (chartbrewDialects[dialect]?.fields ?? {}))) return {};
  return impliedMode(tls, (config['tls'] ?? {}) as Values);
}

const update: UpdateRules = {
  canRename: true,
  options: chartbrewOptions,
  optionsWire: chartbrewOptionsWire,
  changes: () => true,
  clears: (wire) => CLEARABLE.test(wire),
  replacesAll: false,
  implies,
};

function reviewBaseUrl(url: URL): BaseUrlReview {
  const path = pathOf(url);
  if (url.hostname === 'app.chartbrew.com') {
    return { problem: 'is the address of the web page; the address of the API is https://api.chartbrew.com' };
  }
  if (/\/team(\/|$)/.test(path)) {
    return { problem: 'holds the team, which has a key of its own; the address must end before /team' };
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
  update,
  // Elsewhere the tunnel's secrets would only lie there.
  optionScopes: { ssh: { dialects: tunnelled, elsewhere: 'REFUSED' } },
  untold: [],
  // A list leaves the password out (an API key is kept as one), what was found in the database, and the grant.
  onlyById: ['password', 'apiKey', 'secrets', 'discoveredSchema', 'oauthEmail'],
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
