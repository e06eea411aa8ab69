// Credible's admin API: an instance is an organization with a project, and a connection's name there is its id.
import * as z from 'zod';
import type { Connection, Draft, Patch, Removed, TestCheck, Written } from '../../domain/connection.ts';
import type { Credential } from '../../secrets/credential.ts';
import { ConflictError } from '../../domain/errors.ts';
import type { Call, InstanceApi, UpdateRules } from '../../domain/vendor.ts';
import { ask, askForList, askForOne, askToQuote, emptyAs } from '../ask.ts';
import { createSend, keyAuth, type Send } from '../auth.ts';
import { mustEndIn } from '../base-url.ts';
import { credential, defineVendor, type Place } from '../module.ts';
import { check, connects, reasonOfText, skipped } from '../test-results.ts';
import { credibleDialects } from './dialects.ts';
import { createRefusal, failureIn, testRefusal, updateRefusal, wordsIn } from './errors.ts';
import { credibleDetails, credibleOptions, credibleOptionsWire } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { reviewChange, warningsOf } from './review-change.ts';
import { NAME, review } from './review.ts';
import { patchToWire, toWire } from './to-wire.ts';
import {
  credibleConnectionWire,
  credibleListWire,
  credibleRemovedWire,
  credibleTestWire,
  type CredibleConnectionWire,
} from './wire.ts';

const NAME_PROBLEM = 'must be letters, digits, _ and -';
const PROBE = 'Read the connection again before you try again.';
/** A test saves nothing, but a body without a name is refused. */
const TEST_NAME = 'patchbay_test';

const update: UpdateRules = {
  canRename: false,
  options: credibleOptions,
  optionsWire: credibleOptionsWire,
  changes: () => true,
  clears: () => true,
  replacesAll: true,
};

interface CredibleSettings {
  readonly organization: string;
  readonly project: string;
  readonly token?: Credential | undefined;
  readonly tokenType?: 'bearer' | 'apiKey' | undefined;
  readonly apiKey?: Credential | undefined;
}

function authOf({ token, tokenType, apiKey }: CredibleSettings) {
  if (apiKey) return keyAuth(apiKey, 'ApiKey');
  // Settings without one of the two are refused (settingsProblem).
  return keyAuth(token as Credential, tokenType === 'apiKey' ? 'ApiKey' : 'Bearer');
}

const settingsOf = ({ dialect, config, withheld }: Connection): string => JSON.stringify([dialect, config, withheld]);

/** Between the read that a change was checked against and its write, somebody else may have changed the settings. */
function refuseIfOther({ current }: Patch, row: CredibleConnectionWire): void {
  if (settingsOf(fromWire(row)) === settingsOf(current)) return;
  const message = 'Somebody else changed this connection at the same time; nothing was written. Read it and try again.';
  throw new ConflictError(message, null, 'CHANGED_MEANWHILE');
}

function connect({ settings, http, label }: Place<CredibleSettings>): InstanceApi {
  const path = `/organizations/${settings.organization}/projects/${settings.project}/connections`;
  const send = createSend(http, authOf(settings), ({ status }) => status === 401, wordsIn);
  const asked = { who: label, probe: null };

  async function create(draft: Draft, { deadline }: Call): Promise<Written> {
    const row = await ask(send, {
      request: { kind: 'write', method: 'POST', path, body: { json: toWire(draft) }, deadline },
      asked: { who: label, probe: `Look for a connection named ${draft.name} before you try again.` },
      wire: credibleConnectionWire,
      refusal: (answer, write) => createRefusal(answer, write, draft),
    });
    return { connection: fromWire(row), warnings: [] };
  }

  const readRow = async (name: string, { signal, deadline }: Call): Promise<CredibleConnectionWire | null> => {
    const request = { kind: 'read', method: 'GET', path: `${path}/${name}`, signal, deadline } as const;
    return askForOne(send, { request, asked, wire: credibleConnectionWire });
  };

  /** @throws ConflictError when the settings are others by now than those that the change was checked against. */
  async function change(patch: Patch, call: Call): Promise<Written | null> {
    const { vendorId } = patch.current;
    const isOfSettings = Object.keys(patch.config).length > 0;
    const before = isOfSettings ? await readRow(vendorId, call) : null;
    if (isOfSettings && before === null) return null;
    if (before) refuseIfOther(patch, before);
    const body = { json: patchToWire(patch, before) };
    const row = await askForOne(send, {
      request: { kind: 'write', method: 'PATCH', path: `${path}/${vendorId}`, body, deadline: call.deadline },
      asked: { who: label, probe: PROBE },
      wire: credibleConnectionWire,
      refusal: (answer, write) => updateRefusal(answer, write, patch),
    });
    return row && { connection: fromWire(row), warnings: isOfSettings ? warningsOf(patch) : [] };
  }

  const remove = async (name: string, { deadline }: Call): Promise<Removed | null> =>
    askForOne(emptyAs(send, { message: '' }), {
      request: { kind: 'write', method: 'DELETE', path: `${path}/${name}`, deadline },
      asked: { who: label, probe: PROBE },
      wire: credibleRemovedWire.transform(() => ({ archived: false })),
    });

  async function testDraft(given: Draft, tests: readonly string[] | null, { deadline }: Call): Promise<TestCheck[]> {
    const draft = { ...given, name: given.name || TEST_NAME };
    const sendTest: Send = async (request) => {
      const answer = await send(request);
      const errorMessage = failureIn(answer, draft);
      return errorMessage === null ? answer : { ...answer, status: 200, json: { status: 'failed', errorMessage } };
    };
    const body = { json: toWire(draft) };
    const { body: came, quote } = await askToQuote(sendTest, {
      request: { kind: 'test', method: 'POST', path, query: { dryRun: 'true' }, body, deadline },
      asked,
      wire: credibleTestWire(draft),
      refusal: (answer, test) => testRefusal(answer, test, draft),
    });
    const { status, errorMessage } = came;
    const failed = () => connects(reasonOfText(errorMessage ?? ''), 'Credible', quote?.(errorMessage));
    return [
      status === 'failed' ? failed() : check('connect', 'PASSED'),
      ...skipped(tests, 'Credible has one test of its own, which has no name.'),
    ];
  }

  return {
    create,
    update: change,
    remove,
    testDraft,
    list: async ({ signal, etag }) => {
      const request = { kind: 'list', method: 'GET', path, signal, ifNoneMatch: etag } as const;
      return askForList(send, { request, asked, wire: credibleListWire.transform((rows) => rows.map(fromWire)) });
    },
    get: async (name, call) => {
      const row = await readRow(name, call);
      return row && fromWire(row);
    },
    check: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path, signal } as const;
      await ask(send, { request, asked, wire: credibleListWire });
    },
  };
}

export const credible = defineVendor({
  kind: 'credible',
  typeName: 'Credible',
  label: 'Credible',
  description: 'Credible (credibledata.com), by its admin API.',
  documentationUrl: 'https://docs.credibledata.com',
  settings: z.object({
    organization: z.string().regex(NAME, NAME_PROBLEM).describe('Name of the organization.'),
    project: z.string().regex(NAME, NAME_PROBLEM).describe('Name of the project.'),
    token: credential('Access token; either this or apiKey.').optional(),
    tokenType: z
      .enum(['bearer', 'apiKey'])
      .optional()
      .describe("What the token is: a user's (bearer) or a group's (apiKey)."),
    apiKey: credential('Group access token; either this or token.').optional(),
  }),
  settingsProblem: ({ token, apiKey }) =>
    (token === undefined) === (apiKey === undefined) ? 'give either token or apiKey' : null,
  reviewBaseUrl: mustEndIn(
    '/api/v0',
    {
      path: /\/api\/v0\/organizations(\/|$)/,
      problem: 'holds the organization, which has a key of its own, as the project has',
    },
    { path: /\/api\/v0\//, problem: 'goes on behind the API' },
    { path: /\/api\/v\d+(\/|$)/, problem: 'is the address of another version of the API than v0' },
  ),
  dialects: credibleDialects,
  details: credibleDetails,
  options: credibleOptions,
  untold: [],
  idOfName: (name) => name,
  isVendorId: (text) => NAME.test(text),
  update,
  review: (draft, given = draft) => review(draft, given),
  reviewChange,
  connect,
});
