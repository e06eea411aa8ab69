// A small vendor, added as a new vendor would be. Its instance, auth and requests are in this file; a real vendor has a file for each.
import * as z from 'zod';
import type { Draft } from '../../../src/domain/connection.ts';
import type { Credential } from '../../../src/secrets/credential.ts';
import type { InstanceApi } from '../../../src/domain/instance.ts';
import { sendAndParse, sendAndParseList, sendAndParseOrNull } from '../../../src/vendors/send-and-parse.ts';
import { createAuthenticatedSend, isUnauthorized, keyAuth } from '../../../src/vendors/auth.ts';
import { credential, defineVendor, type AdapterContext } from '../../../src/vendors/define-vendor.ts';
import { toyDialects } from './dialects.ts';
import { createRefusal } from './errors.ts';
import { toyDetails, toyOptions } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { toWire } from './to-wire.ts';
import { toyBoxWire, toyListWire } from './wire.ts';

const PATH = '/boxes';

function connect({ settings, http, label }: AdapterContext<{ apiKey: Credential }>): InstanceApi {
  const send = createAuthenticatedSend(http, keyAuth(settings.apiKey, 'Key'), isUnauthorized);
  const client = { send, label };
  return {
    list: async ({ signal, known }) => {
      const request = { kind: 'list', method: 'GET', path: PATH, signal, known } as const;
      return sendAndParseList(client, { request, wire: toyListWire.transform(({ boxes }) => boxes.map(fromWire)) });
    },
    get: async (id, { signal }) => {
      const request = { kind: 'read', method: 'GET', path: `${PATH}/${id}`, signal } as const;
      const box = await sendAndParseOrNull(client, { request, wire: toyBoxWire });
      return box && fromWire(box);
    },
    check: async ({ signal }) => {
      await sendAndParse(client, { request: { kind: 'list', method: 'GET', path: PATH, signal }, wire: z.unknown() });
    },
    create: async (draft: Draft) => {
      const box = await sendAndParse(client, {
        request: { kind: 'write', method: 'POST', path: PATH, body: { json: toWire(draft) } },
        verifyOutcome: `Look for a box named ${draft.name} before you try again.`,
        wire: toyBoxWire,
        refusal: (answer, write) => createRefusal(answer, write, draft),
      });
      return { connection: fromWire(box), warnings: [] };
    },
  };
}

export const toy = defineVendor({
  kind: 'toy',
  typeName: 'Toy',
  label: 'Toy',
  description: 'A box of toys.',
  documentationUrl: 'https://toys.example/docs',
  setupAdvice: {
    baseUrl: 'The base URL of the toy vendor ends in /toys.',
    credential: 'Check apiKey.',
    permission: 'The key must be allowed to keep toys.',
  },
  settings: z.object({ apiKey: credential('Key of the box.') }),
  dialects: toyDialects,
  details: toyDetails,
  options: toyOptions,
  notReported: [],
  isVendorId: (text) => /^b-\d{1,6}$/.test(text),
  connect,
});
