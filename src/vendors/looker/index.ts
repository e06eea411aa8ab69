// Looker, API 4.0: connections are named, and their name is their id.
import * as z from 'zod';
import type { Created, Draft } from '../../domain/connection.ts';
import { OTHER_DIALECT } from '../../domain/dialect.ts';
import type { Call, InstanceApi } from '../../domain/vendor.ts';
import { ask, askForOne } from '../ask.ts';
import { createSend } from '../auth.ts';
import { credential, defineVendor, type Place } from '../module.ts';
import { createLookerAuth, type LookerCredentials } from './auth.ts';
import { lookerDialects } from './dialects.ts';
import { createRefusal } from './errors.ts';
import { lookerDetails, lookerOptions } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { review, warningsFor } from './review.ts';
import { toWire } from './to-wire.ts';
import { lookerConnectionWire, lookerListWire } from './wire.ts';

const PATH = '/connections';

const BIGQUERY_OPTIONS = [
  'maxBillingGigabytes',
  'storageProjectId',
  'rolesVerified',
  'usesApplicationDefaultCredentials',
  'impersonatedServiceAccount',
];
// BigQuery of legacy SQL, another word of Looker's, is among the others.
const BIGQUERY_ALONE = { dialects: ['bigquery', OTHER_DIALECT], elsewhere: 'IGNORED' } as const;

function connect({ settings, http, label }: Place<LookerCredentials>): InstanceApi {
  const send = createSend(http, createLookerAuth(http, settings, label), ({ status }) => status === 401);
  const asked = { who: label, probe: null };

  async function create(draft: Draft, { deadline }: Call): Promise<Created> {
    const row = await ask(send, {
      request: { kind: 'write', method: 'POST', path: PATH, body: { json: toWire(draft) }, deadline },
      asked: { who: label, probe: `Look for a connection named ${draft.name.toLowerCase()} before you try again.` },
      wire: lookerConnectionWire,
      refusal: (answer, write) => createRefusal(answer, write, draft),
    });
    return { connection: fromWire(row), warnings: warningsFor(draft) };
  }

  return {
    create,
    list: async ({ signal, validator }) => {
      const request = { kind: 'list', method: 'GET', path: PATH, signal, validator } as const;
      return (await ask(send, { request, asked, wire: lookerListWire })).map(fromWire);
    },
    get: async (name, { signal, deadline }) => {
      const request = {
        kind: 'read',
        method: 'GET',
        path: `${PATH}/${encodeURIComponent(name)}`,
        signal,
        deadline,
      } as const;
      const row = await askForOne(send, { request, asked, wire: lookerConnectionWire });
      return row && fromWire(row);
    },
    check: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path: PATH, query: { fields: 'name' }, signal } as const;
      await ask(send, { request, asked, wire: z.unknown() });
    },
  };
}

export const looker = defineVendor({
  kind: 'looker',
  typeName: 'Looker',
  label: 'Looker',
  description: 'Looker (Google Cloud), API 4.0.',
  documentationUrl: 'https://docs.cloud.google.com/looker/docs',
  settings: z.object({
    clientId: credential('Client id of a Looker API key whose user may manage connections.'),
    clientSecret: credential('Client secret of that API key.'),
  }),
  dialects: lookerDialects,
  details: lookerDetails,
  options: lookerOptions,
  optionScopes: Object.fromEntries(BIGQUERY_OPTIONS.map((key) => [key, BIGQUERY_ALONE])),
  insteadOf: {
    motherduck:
      'Looker reaches MotherDuck by its PostgreSQL endpoint: use config.postgres, with the access token as password.',
    mongodb: 'Looker reaches MongoDB by its BI Connector alone: use config.other with dialectName mongobi.',
  },
  untold: [],
  // Lower case alone: Looker would find a name in any case, and one connection must have one id.
  isVendorId: (text) => /^[^\s/\\?#%A-Z]+$/.test(text) && !/^\.+$/.test(text),
  review,
  connect,
});
