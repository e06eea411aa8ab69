// Credible's admin API: an instance is an organization with a project, and a connection's name there is its id.
import * as z from 'zod';
import type { Created, Draft } from '../../domain/connection.ts';
import type { Credential } from '../../domain/credential.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { Values } from '../../domain/fields.ts';
import { configPath, issue, optionPath } from '../../domain/support.ts';
import type { Call, InstanceApi } from '../../domain/vendor.ts';
import { ask, askForOne } from '../ask.ts';
import { createSend, keyAuth } from '../auth.ts';
import { credential, defineVendor, type Place } from '../module.ts';
import { credibleDialects } from './dialects.ts';
import { createRefusal } from './errors.ts';
import { credibleDetails, credibleOptions } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { toWire } from './to-wire.ts';
import { credibleConnectionWire, credibleListWire } from './wire.ts';

/** Organizations, projects and connections alike. */
const NAME = /^[a-zA-Z0-9_-]+$/;
const NAME_PROBLEM = 'must be letters, digits, _ and -';
/** Of the DuckDB that each package has. */
const RESERVED = 'duckdb';
const ATTACHMENT = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TABLE = /^[a-zA-Z0-9_-]+\.(?:[a-zA-Z0-9_-]+|\*)$/;

interface CredibleSettings {
  readonly organization: string;
  readonly project: string;
  readonly token?: Credential | undefined;
  readonly tokenType?: 'bearer' | 'apiKey' | undefined;
  readonly apiKey?: Credential | undefined;
}

/** The names by which the queries of a DuckDB know what is attached to it. */
function reviewAttached({ dialect, config }: Draft): ValidationIssue[] {
  const attached = (config['attached'] ?? []) as readonly Values[];
  const names = attached.map(({ name }) => name as string);
  return names.flatMap((name, at) => {
    const path = configPath(dialect, `attached.${at}.name`);
    if (!ATTACHMENT.test(name)) {
      return [issue(path, 'INVALID', 'Must begin with a letter or _ and go on with letters, digits and _.')];
    }
    // To DuckDB capitals and small letters in a name are the same.
    const isTaken = names.slice(0, at).some((other) => other.toLowerCase() === name.toLowerCase());
    return isTaken ? [issue(path, 'INVALID', 'Another one in this list has the same name; choose another.')] : [];
  });
}

function review(draft: Draft): ValidationIssue[] {
  const { name, options } = draft;
  const issues = reviewAttached(draft);
  if (!NAME.test(name)) {
    issues.push(issue(['input', 'name'], 'INVALID', 'Credible takes letters, digits, _ and - in a name.'));
  }
  if (name === RESERVED) {
    issues.push(issue(['input', 'name'], 'INVALID', `Credible keeps the name ${RESERVED} for itself; choose another.`));
  }
  for (const list of ['includeTables', 'excludeTables']) {
    const tables = (options[list] ?? []) as string[];
    if (tables.every((table) => TABLE.test(table))) continue;
    issues.push(issue(optionPath('credible', list), 'INVALID', 'Each must be schema.table or schema.*.'));
  }
  return issues;
}

function authOf({ token, tokenType, apiKey }: CredibleSettings) {
  if (apiKey) return keyAuth(apiKey, 'ApiKey');
  // Settings without one of the two are refused (settingsProblem).
  return keyAuth(token as Credential, tokenType === 'apiKey' ? 'ApiKey' : 'Bearer');
}

function connect({ settings, http, label }: Place<CredibleSettings>): InstanceApi {
  const path = `/organizations/${settings.organization}/projects/${settings.project}/connections`;
  const send = createSend(http, authOf(settings), ({ status }) => status === 401);
  const asked = { who: label, probe: null };

  async function create(draft: Draft, { deadline }: Call): Promise<Created> {
    const row = await ask(send, {
      request: { kind: 'write', method: 'POST', path, body: { json: toWire(draft) }, deadline },
      asked: { who: label, probe: `Look for a connection named ${draft.name} before you try again.` },
      wire: credibleConnectionWire,
      refusal: (answer, write) => createRefusal(answer, write, draft),
    });
    return { connection: fromWire(row), warnings: [] };
  }

  return {
    create,
    list: async ({ signal, validator }) => {
      const request = { kind: 'list', method: 'GET', path, signal, validator } as const;
      return (await ask(send, { request, asked, wire: credibleListWire })).map(fromWire);
    },
    get: async (name, { signal, deadline }) => {
      const request = { kind: 'read', method: 'GET', path: `${path}/${name}`, signal, deadline } as const;
      const row = await askForOne(send, { request, asked, wire: credibleConnectionWire });
      return row && fromWire(row);
    },
    check: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path, signal } as const;
      await ask(send, { request, asked, wire: z.unknown() });
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
  dialects: credibleDialects,
  details: credibleDetails,
  options: credibleOptions,
  untold: [],
  isVendorId: (text) => NAME.test(text),
  review,
  connect,
});
