// Looker, API 4.0: connections are named, and their name is their id.
import * as z from 'zod';
import type { Created, Draft, Warning } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { issue, optionPath } from '../../domain/support.ts';
import type { DialectSupport, InstanceApi } from '../../domain/vendor.ts';
import { ask, askForOne } from '../ask.ts';
import { createSend } from '../auth.ts';
import { credential, defineVendor, type Place } from '../module.ts';
import { createLookerAuth, type LookerCredentials } from './auth.ts';
import { lookerDialects } from './dialects.ts';
import { createRefusal } from './errors.ts';
import { lookerDetails, lookerOptions } from './fields.ts';
import { fromWire } from './from-wire.ts';
import { toWire } from './to-wire.ts';
import { lookerConnectionWire, lookerListWire } from './wire.ts';

const PATH = '/connections';

const supportOf = (draft: Draft): DialectSupport => lookerDialects[draft.dialect] as DialectSupport;

function review(draft: Draft): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  if (!/^[^\s/\\?#%]+$/.test(draft.name)) {
    const message = 'Looker takes no blanks and none of / \\ ? # % in a name.';
    issues.push(issue(['input', 'name'], 'INVALID', message));
  }
  const { word, alsoReads = [] } = supportOf(draft);
  const words: unknown[] = [word, ...alsoReads];
  const { dialectName } = draft.options;
  if (dialectName !== undefined && !words.includes(dialectName)) {
    issues.push(issue(optionPath('looker', 'dialectName'), 'INVALID', `Here it must be one of ${words.join(', ')}.`));
  }
  return issues;
}

function warningsFor({ name, dialect, config, options }: Draft): Warning[] {
  const warnings: Warning[] = [];
  if (name !== name.toLowerCase()) {
    const message = `Looker keeps names in lower case: it is ${name.toLowerCase()} now.`;
    warnings.push({ path: ['input', 'name'], code: 'NAME_NORMALIZED', message });
  }
  if (options['usesUserCredentials'] === true && (config['username'] || config['password'])) {
    const message = 'With per-user credentials Looker forgets the user name and password that were given.';
    warnings.push({ path: ['input', 'config', dialect], code: 'USER_CREDENTIALS_ERASED', message });
  }
  return warnings;
}

function connect({ settings, http, label }: Place<LookerCredentials>): InstanceApi {
  const send = createSend(http, createLookerAuth(http, settings, label), ({ status }) => status === 401);
  const asked = { who: label, probe: null };

  async function create(draft: Draft): Promise<Created> {
    const support = supportOf(draft);
    const row = await ask(send, {
      request: { kind: 'write', method: 'POST', path: PATH, body: { json: toWire(draft, support) } },
      asked: { who: label, probe: `Look for a connection named ${draft.name.toLowerCase()} before you try again.` },
      wire: lookerConnectionWire,
      refusal: (answer, write) => createRefusal(answer, write, draft, support),
    });
    return { connection: fromWire(row), warnings: warningsFor(draft) };
  }

  return {
    create,
    list: async ({ signal }) => {
      const request = { kind: 'list', method: 'GET', path: PATH, signal } as const;
      return (await ask(send, { request, asked, wire: lookerListWire })).map(fromWire);
    },
    get: async (name, { signal }) => {
      const request = { kind: 'read', method: 'GET', path: `${PATH}/${encodeURIComponent(name)}`, signal } as const;
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
  untold: [],
  // Lower case alone: Looker would find a name in any case, and one connection must have one id.
  isVendorId: (text) => /^[^\s/\\?#%A-Z]+$/.test(text) && !/^\.+$/.test(text),
  review,
  connect,
});
