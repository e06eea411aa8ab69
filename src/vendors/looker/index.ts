// Looker, API 4.0: connections are named, and their name is their id.
import * as z from 'zod';
import type { Written, Draft } from '../../domain/connection.ts';
import { OTHER_DIALECT } from '../../fields/dialect.ts';
import type { Call, InstanceApi } from '../../domain/vendor.ts';
import { ask, askForList, askOrNull, readNoContentAs } from '../ask.ts';
import { createSend } from '../auth.ts';
import { mustEndIn } from '../base-url.ts';
import { READ_AGAIN, type VendorClient } from '../client.ts';
import { credential, defineVendor, type AdapterContext } from '../module.ts';
import { createLookerAuth, type LookerCredentials } from './auth.ts';
import { lookerDialects } from './dialects.ts';
import { createRefusal, wordsIn } from './errors.ts';
import { lookerDetails, lookerOptions } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { CONNECTIONS, connectionPath } from './paths.ts';
import { review, warningsFor } from './review.ts';
import { testSaved, testUnsaved } from './tests.ts';
import { toWire } from './to-wire.ts';
import { lookerUpdate } from './update-rules.ts';
import { readRow, updater } from './update.ts';
import { lookerConnectionWire, lookerListWire, lookerRemovedWire } from './wire.ts';

const BIGQUERY_OPTIONS = [
  'maxBillingGigabytes',
  'storageProjectId',
  'rolesVerified',
  'usesApplicationDefaultCredentials',
  'impersonatedServiceAccount',
];
// BigQuery of legacy SQL, another word of Looker's, is among the others.
const BIGQUERY_ALONE = { dialects: ['bigquery', OTHER_DIALECT], elsewhere: 'IGNORED' } as const;

function connect({ settings, http, label }: AdapterContext<LookerCredentials>): InstanceApi {
  const send = createSend(http, createLookerAuth(http, settings, label), ({ status }) => status === 401, wordsIn);
  const client: VendorClient = { send, label, deadline: http.deadline, path: CONNECTIONS };

  async function create(draft: Draft, { deadline }: Call): Promise<Written> {
    const row = await ask(client, {
      request: { kind: 'write', method: 'POST', path: CONNECTIONS, body: { json: toWire(draft) }, deadline },
      verifyOutcome: `Look for a connection named ${draft.name.toLowerCase()} before you try again.`,
      wire: lookerConnectionWire,
      refusal: (answer, write) => createRefusal(answer, write, draft),
    });
    return { connection: fromWire(row), warnings: warningsFor(draft) };
  }

  return {
    create,
    list: async ({ signal, etag }) => {
      const request = { kind: 'list', method: 'GET', path: CONNECTIONS, signal, ifNoneMatch: etag } as const;
      return askForList(client, { request, wire: lookerListWire.transform((rows) => rows.map(fromWire)) });
    },
    get: async (name, call) => {
      const row = await readRow(client, name, call);
      return row && fromWire(row);
    },
    update: updater(client),
    remove: async (name, { deadline }) => {
      const request = { kind: 'write', method: 'DELETE', path: connectionPath(name), deadline } as const;
      const wire = lookerRemovedWire.transform(() => ({ archived: false }));
      return askOrNull(readNoContentAs(client, ''), { request, verifyOutcome: READ_AGAIN, wire });
    },
    test: async (connection, tests, call) => testSaved(client, connection, tests, call),
    testDraft: async (draft, tests, call) => testUnsaved(client, draft, tests, call),
    check: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path: CONNECTIONS, query: { fields: 'name' }, signal } as const;
      await ask(client, { request, wire: lookerListWire });
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
  idOfName: (name) => name.toLowerCase(),
  isVendorId: (text) => /^[^\s/\\?#%A-Z]+$/.test(text) && !/^\.+$/.test(text),
  update: lookerUpdate,
  review,
  warningsFor,
  reviewBaseUrl: mustEndIn(
    '/api/4.0',
    { path: /\/api\/4\.0\//, problem: 'goes on behind the API' },
    { path: /\/api\/\d+\.\d+(\/|$)/, problem: 'is the address of another version of the API than 4.0' },
  ),
  connect,
});
