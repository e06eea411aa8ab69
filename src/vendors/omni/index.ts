// Omni: connections have UUIDs, a create answers with the id alone, and a read tells few of the fields that were sent.
import * as z from 'zod';
import type { Connection, Draft, Patch, Removed, Warning, Written } from '../../domain/connection.ts';
import type { Credential } from '../../secrets/credential.ts';
import { VendorError } from '../../domain/errors.ts';
import { wireFieldOf, type Call, type InstanceApi, type ListCall, type UpdateRules } from '../../domain/vendor.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { ask, askForList, askOrNull } from '../ask.ts';
import { createSend, keyAuth, type Send } from '../auth.ts';
import { mustEndIn } from '../base-url.ts';
import { READ_AGAIN, type VendorClient } from '../client.ts';
import { credential, defineVendor, type AdapterContext } from '../module.ts';
import { omniDialects, omniInsteadOf, omniOptionScopes } from './dialects.ts';
import {
  createRefusal,
  isCredentialRefusal,
  isUnknownMethod,
  namedField,
  readRefusal,
  removeRefusal,
  updateRefusal,
  wordsIn,
} from './errors.ts';
import { omniChanges, omniChangesWire, omniDetails, omniOptions } from './fields.ts';
import { fromDraft, fromPatch, fromWire } from './from-wire.ts';
import { review } from './review.ts';
import { changeWarnings, signInWarnings } from './sign-in.ts';
import { patchToWire, toWire } from './to-wire.ts';
import { OMNI_ID, omniCreatedWire, omniDoneWire, omniListWire, omniOneWire } from './wire.ts';

const PATH = '/v1/connections';

const CHANGED = [
  'passwordUnencrypted',
  'privateKey',
  ...Object.values(omniChangesWire).map((one) => wireFieldOf(one).wire),
];

const update: UpdateRules = {
  canRename: false,
  options: omniChanges,
  optionsWire: omniChangesWire,
  changes: (wire) => CHANGED.includes(wire),
  clears: (wire) => wire === 'environmentUserAttribute' || wire === 'environmentUserAttribute.defaultValues',
  replacesAll: false,
};

/** What Omni does to an archived connection, by its documents. */
const ARCHIVED: readonly Warning[] = [
  {
    path: null,
    code: 'ARCHIVED_WITH_CONTENT',
    message: "Omni moved its models and content to the trash with it. Only Omni's own web page can restore them.",
  },
  {
    path: null,
    code: 'SECRETS_ERASED',
    message: 'Omni erased its passwords and keys for good. Give them again if it is restored.',
  },
];

/** Omni's schema requires a password, its prose does without one for key pairs and the like: then "" is asked for. */
const wantsEmptyPassword = (answer: HttpAnswer, body: Record<string, unknown>): boolean =>
  !('passwordUnencrypted' in body) &&
  namedField(answer)?.field === 'passwordUnencrypted' &&
  namedField(answer)?.words === 'Required';

function connect({ settings, http, label }: AdapterContext<{ apiKey: Credential }>): InstanceApi {
  const send = createSend(http, keyAuth(settings.apiKey, 'Bearer'), isCredentialRefusal, wordsIn);
  const client: VendorClient = { send, label, deadline: http.deadline, path: PATH };

  const listQuestion = ({ signal, deadline, etag, includeDeleted }: ListCall) => {
    const query = includeDeleted ? { includeDeleted: 'true' } : undefined;
    return {
      request: { kind: 'list', method: 'GET', path: PATH, query, signal, deadline, ifNoneMatch: etag },
      wire: omniListWire.transform(({ connections }) => connections.map(fromWire)),
      refusal: readRefusal,
    } as const;
  };

  const sendRead: Send = async (request) => {
    const answer = await send(request);
    return isUnknownMethod(answer) ? { ...answer, status: 404 } : answer;
  };

  async function get(id: string, call: Call): Promise<Connection | null> {
    const deadline = call.deadline ?? http.deadline('read');
    const request = { kind: 'read', method: 'GET', path: `${PATH}/${id}`, signal: call.signal, deadline } as const;
    const one = await askOrNull({ ...client, send: sendRead }, { request, wire: omniOneWire, refusal: readRefusal });
    if (one) return fromWire(one.connection);
    // Servers before mid-2026 cannot read one connection, and a new one may be listed before it can be read.
    const rows = await ask(client, listQuestion({ signal: call.signal, deadline, includeDeleted: true }));
    return rows.find(({ vendorId }) => vendorId === id) ?? null;
  }

  async function post(draft: Draft, deadline: AbortSignal): Promise<string> {
    const body = toWire(draft);
    const sendDraft: Send = async (request) => {
      const answer = await send(request);
      if (!wantsEmptyPassword(answer, body)) return answer;
      return send({ ...request, body: { json: { ...body, passwordUnencrypted: '' } } });
    };
    const { data } = await ask(
      { ...client, send: sendDraft },
      {
        request: { kind: 'write', method: 'POST', path: PATH, body: { json: body }, deadline },
        verifyOutcome: `Look for a new connection named ${draft.name} before you try again.`,
        wire: omniCreatedWire,
        refusal: (answer, write) => createRefusal(answer, write, draft),
      },
    );
    return data;
  }

  /** After a write, whose answer tells nothing of the connection; without one that can be read, what is known of it. */
  async function readBack(id: string, deadline: AbortSignal, known: Connection, message: string): Promise<Written> {
    try {
      const connection = await get(id, { deadline });
      if (connection) return { connection, warnings: [] };
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
    }
    return { connection: known, warnings: [{ path: null, code: 'READ_BACK_FAILED', message }] };
  }

  async function create(draft: Draft, { deadline = http.deadline('write') }: Call): Promise<Written> {
    const id = await post(draft, deadline);
    const message = 'Omni created the connection but could not read it back yet; what is shown is what was sent.';
    const { connection, warnings } = await readBack(id, deadline, fromDraft(id, draft), message);
    return { connection, warnings: [...signInWarnings(draft), ...warnings] };
  }

  async function change(patch: Patch, { deadline = http.deadline('write') }: Call): Promise<Written | null> {
    const { vendorId } = patch.current;
    const body = { json: patchToWire(patch) };
    const done = await askOrNull(client, {
      request: { kind: 'write', method: 'PATCH', path: `${PATH}/${vendorId}`, body, deadline },
      verifyOutcome: READ_AGAIN,
      wire: omniDoneWire,
      refusal: (answer, write) => updateRefusal(answer, write, patch),
    });
    if (!done) return null;
    const message =
      'Omni changed the connection but could not read it back; what is shown was read before, with the change.';
    const { connection, warnings } = await readBack(vendorId, deadline, fromPatch(patch), message);
    return { connection, warnings: [...changeWarnings(patch), ...warnings] };
  }

  async function remove(vendorId: string, { deadline }: Call): Promise<Removed | null> {
    const done = await askOrNull(client, {
      request: { kind: 'write', method: 'DELETE', path: `${PATH}/${vendorId}`, deadline },
      verifyOutcome: READ_AGAIN,
      wire: omniDoneWire,
      refusal: removeRefusal,
    });
    return done && { archived: true };
  }

  return {
    list: async (call) => askForList(client, listQuestion(call)),
    get,
    create,
    update: change,
    remove,
    // A search for a name that nobody has: Omni reads the key and answers with an empty list.
    check: async ({ signal }) => {
      const query = { name: 'patchbay-health-check' };
      const request = { kind: 'list', method: 'GET', path: PATH, query, signal } as const;
      await ask(client, { request, wire: omniListWire, refusal: readRefusal });
    },
  };
}

export const omni = defineVendor({
  kind: 'omni',
  typeName: 'Omni',
  label: 'Omni',
  description: 'Omni (omniapp.co). Reads tell few of the fields that were written.',
  documentationUrl: 'https://docs.omni.co/docs/API/connections',
  settings: z.object({ apiKey: credential('Organization API key, or a personal access token of an admin.') }),
  reviewBaseUrl: mustEndIn('/api', {
    path: /\/api\/v\d+(\/|$)/,
    problem: 'holds the version of the API, which is added to it',
  }),
  dialects: omniDialects,
  details: omniDetails,
  options: omniOptions,
  optionScopes: omniOptionScopes,
  insteadOf: omniInsteadOf,
  untold: ['host', 'username'],
  perMinute: 60,
  listTtlMs: 5000,
  isVendorId: (text) => OMNI_ID.test(text),
  update,
  review,
  afterDelete: ({ archived }) => (archived ? ARCHIVED : []),
  connect,
});
