// Omni: connections have UUIDs, a create answers with the id alone, and a read tells few of the fields that were sent.
import * as z from 'zod';
import type { Connection, Created, Draft } from '../../domain/connection.ts';
import type { Credential } from '../../domain/credential.ts';
import { VendorError, type ValidationIssue } from '../../domain/errors.ts';
import { configPath, issue, optionPath } from '../../domain/support.ts';
import type { Call, InstanceApi } from '../../domain/vendor.ts';
import type { HttpAnswer } from '../../http/client.ts';
import { ask, askForOne } from '../ask.ts';
import { createSend, keyAuth, type Send } from '../auth.ts';
import { credential, defineVendor, type Place } from '../module.ts';
import { omniDialects, omniInsteadOf, omniOptionScopes } from './dialects.ts';
import { createRefusal, isCredentialRefusal, isUnknownMethod, namedField, readRefusal } from './errors.ts';
import { omniDetails, omniOptions } from './fields.ts';
import { fromDraft, fromWire } from './from-wire.ts';
import { toWire } from './to-wire.ts';
import { omniCreatedWire, omniListWire, omniOneWire } from './wire.ts';

const PATH = '/v1/connections';

/** Omni takes lists as one text, where a comma inside a name would make two of it. */
function commasInLists({ options }: Draft): ValidationIssue[] {
  const lists = ['includeSchemas', 'includeOtherCatalogs', 'offloadedSchemas'];
  return lists
    .filter((name) => (options[name] as string[] | undefined)?.some((item) => item.includes(',')))
    .map((name) => issue(optionPath('omni', name), 'INVALID', 'Omni takes no name with a comma in it.'));
}

/** Of Athena's ways to sign in one is a flag, which is none of them when it is turned off. */
function athenaWithoutSignIn({ dialect, config }: Draft): ValidationIssue[] {
  const isKeyed = config['accessKeyId'] !== undefined && config['secretAccessKey'] !== undefined;
  const isRefused = config['machineAuthentication'] === false && !isKeyed && config['roleArn'] === undefined;
  if (dialect !== 'athena' || !isRefused) return [];
  const message = 'It must be true where neither `accessKeyId` and `secretAccessKey` nor `roleArn` are given.';
  return [issue(configPath(dialect, 'machineAuthentication'), 'INVALID', message)];
}

const review = (draft: Draft): ValidationIssue[] => [...commasInLists(draft), ...athenaWithoutSignIn(draft)];

/** Omni's schema requires a password, its prose does without one for key pairs and the like: then "" is asked for. */
const wantsEmptyPassword = (answer: HttpAnswer, body: Record<string, unknown>): boolean =>
  !('passwordUnencrypted' in body) &&
  namedField(answer)?.field === 'passwordUnencrypted' &&
  namedField(answer)?.words === 'Required';

function connect({ settings, http, label }: Place<{ apiKey: Credential }>): InstanceApi {
  const send = createSend(http, keyAuth(settings.apiKey, 'Bearer'), isCredentialRefusal);
  const asked = { who: label, probe: null };

  async function list({
    signal,
    deadline,
    validator,
    includeDeleted,
  }: Call & { includeDeleted: boolean }): Promise<Connection[]> {
    const query = includeDeleted ? { includeDeleted: 'true' } : undefined;
    const request = {
      kind: 'list',
      method: 'GET',
      path: PATH,
      query,
      signal,
      validator,
      deadline,
    } as const;
    return (await ask(send, { request, asked, wire: omniListWire, refusal: readRefusal })).connections.map(fromWire);
  }

  const sendRead: Send = async (request) => {
    const answer = await send(request);
    return isUnknownMethod(answer) ? { ...answer, status: 404 } : answer;
  };

  async function get(id: string, call: Call): Promise<Connection | null> {
    const deadline = call.deadline ?? http.deadline('read');
    const request = { kind: 'read', method: 'GET', path: `${PATH}/${id}`, signal: call.signal, deadline } as const;
    const one = await askForOne(sendRead, { request, asked, wire: omniOneWire, refusal: readRefusal });
    if (one) return fromWire(one.connection);
    // Servers before mid-2026 cannot read one connection, and a new one may be listed before it can be read.
    return (
      (await list({ signal: call.signal, deadline, includeDeleted: true })).find(({ vendorId }) => vendorId === id) ??
      null
    );
  }

  async function post(draft: Draft, deadline: AbortSignal): Promise<string> {
    const body = toWire(draft);
    const sendDraft: Send = async (request) => {
      const answer = await send(request);
      if (!wantsEmptyPassword(answer, body)) return answer;
      return send({ ...request, body: { json: { ...body, passwordUnencrypted: '' } } });
    };
    const { data } = await ask(sendDraft, {
      request: { kind: 'write', method: 'POST', path: PATH, body: { json: body }, deadline },
      asked: { who: label, probe: `Look for a new connection named ${draft.name} before you try again.` },
      wire: omniCreatedWire,
      refusal: (answer, write) => createRefusal(answer, write, draft),
    });
    return data;
  }

  async function create(draft: Draft, { deadline = http.deadline('write') }: Call): Promise<Created> {
    const id = await post(draft, deadline);
    try {
      const connection = await get(id, { deadline });
      if (connection) return { connection, warnings: [] };
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
    }
    const message = 'Omni created the connection but could not read it back yet; what is shown is what was sent.';
    return {
      connection: fromDraft(id, draft),
      warnings: [{ path: null, code: 'READ_BACK_FAILED', message }],
    };
  }

  return {
    list,
    get,
    create,
    // A search for a name that nobody has: Omni reads the key and answers with an empty list.
    check: async ({ signal }) => {
      const query = { name: 'patchbay-health-check' };
      const request = { kind: 'list', method: 'GET', path: PATH, query, signal } as const;
      await ask(send, { request, asked, wire: z.unknown(), refusal: readRefusal });
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
  dialects: omniDialects,
  details: omniDetails,
  options: omniOptions,
  optionScopes: omniOptionScopes,
  insteadOf: omniInsteadOf,
  untold: ['host'],
  perMinute: 60,
  listTtlMs: 5000,
  isVendorId: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  review,
  connect,
});
