// Chartbrew: an instance is a team, ids are integers, names need not be unique, and answers are full of secrets.
import * as z from 'zod';
import type { UpdateRules } from '../../domain/vendor.ts';
import { credential, defineVendor } from '../module.ts';
import { chartbrewDialects } from './dialects.ts';
import { chartbrewDetails, chartbrewOptions, chartbrewOptionsWire } from './fields.ts';
import { connect } from './instance.ts';
import { review } from './review.ts';

/** The rest ignores null and "", and files can only be replaced. */
const CLEARABLE = /^(connectionString|options|authentication(\..+)?|project_ids)$/;

const update: UpdateRules = {
  canRename: true,
  options: chartbrewOptions,
  optionsWire: chartbrewOptionsWire,
  changes: () => true,
  clears: (wire) => CLEARABLE.test(wire),
  replacesAll: false,
};

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
  dialects: chartbrewDialects,
  details: chartbrewDetails,
  options: chartbrewOptions,
  update,
  // The other types open their own lines; a tunnel's secrets would only lie there.
  optionScopes: { ssh: { dialects: ['postgres', 'mysql', 'clickhouse'], elsewhere: 'REFUSED' } },
  untold: [],
  // A list leaves the password out (an API key is kept as one), what was found in the database, and the grant.
  onlyById: ['password', 'apiKey', 'secrets', 'discoveredSchema', 'oauthEmail'],
  isVendorId: (text) => /^[1-9]\d{0,9}$/.test(text),
  review,
  afterDelete: () => [
    {
      path: null,
      code: 'DATASETS_KEPT',
      message: 'Chartbrew keeps the datasets that used it. They have no connection now.',
    },
  ],
  connect,
});
