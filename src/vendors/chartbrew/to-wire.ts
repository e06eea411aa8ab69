// A draft or a change as Chartbrew's connection, and its files. One of the places where a caller's secret is revealed.
import { FormData } from 'undici';
import type { Draft, Patch } from '../../domain/connection.ts';
import { readAnyConnectionString } from '../../formats/connection-string.ts';
import { valueAt, type FieldKey, type FieldMeta, type Values } from '../../fields/fields.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath, optionPath } from '../../domain/support.ts';
import type { RequestBody } from '../../http/request.ts';
import { writeFields } from '../wire-fields.ts';
import { subTypes } from './dialects.ts';
import { chartbrewOptions, chartbrewOptionsWire } from './fields.ts';
import { modeOf, tlsOf } from './tls.ts';
import { hostToWire } from './url-parts.ts';

/**
 * Chartbrew takes what stands between the first : behind // and the last @ of the whole string as the password, and encodes it
 * itself: so the password stands there as it is. No @ stands behind it.
 */
function connectionStringToWire(text: string): string {
  const url = readAnyConnectionString(text);
  if (url.problem !== null) throw new Error('A connection string is read before it is written.');
  const { scheme, user, password, rest } = url;
  return `${scheme}://${encodeURIComponent(user ?? '')}:${password ?? ''}@${rest}`;
}

const reveal = (secret: Secret, meta?: FieldMeta): string =>
  meta?.form === 'connectionString' ? connectionStringToWire(secret.reveal()) : secret.reveal();

interface Entry {
  readonly name: string;
  readonly value: Secret;
}

/** Named values as Chartbrew keeps them: a list of objects with one key each. */
const entriesToWire = (entries: readonly Entry[], written: (value: string) => string) =>
  entries.map(({ name, value }) => ({ [name]: written(reveal(value)) }));

const asItIs = (value: string): string => value;

/** Headers; an empty list in place of none, beside which Chartbrew sends no token. */
const headersToWire = ({ headers }: Values): Values =>
  headers === undefined ? {} : { options: entriesToWire((headers ?? []) as readonly Entry[], asItIs) };

/** Options of a URL, which Chartbrew joins as they stand. */
function optionsToWire({ options }: Values): Values {
  if (options === undefined) return {};
  return { options: options && entriesToWire(options as readonly Entry[], encodeURIComponent) };
}

/** `body` has user and password, or the token, already. */
const authenticationToWire = ({ bearer }: Values, { authentication }: Values): Values => ({
  type: bearer ? 'bearer_token' : 'basic_auth',
  ...(authentication as Values),
});

/** What no copy of one value makes; `body` is what copies have made. Null is what clears the options and the sign-in. */
function derivedFields({ dialect, config }: Draft, body: Values): Values {
  const { host, flavor, authentication, serviceAccountKey: key } = config;
  const mode = valueAt(config, 'tls.mode');
  const signIn = authentication as Values | null | undefined;
  return {
    ...(typeof host === 'string' ? { host: hostToWire(dialect, host) } : {}),
    ...(typeof flavor === 'string' ? { subType: subTypes[dialect]?.[flavor] } : {}),
    ...(mode === undefined ? {} : { sslMode: mode }),
    ...(dialect === 'api' ? headersToWire(config) : optionsToWire(config)),
    ...(key instanceof Secret ? { firebaseServiceAccount: JSON.parse(reveal(key)) as unknown } : {}),
    ...(signIn === undefined ? {} : { authentication: signIn && authenticationToWire(signIn, body) }),
  };
}

/** What was given of settings and options, and nothing else. */
function settingsToWire(draft: Draft): Record<string, unknown> {
  const { support, config, options } = draft;
  const copied = writeFields(support.dialect.fields, support.fields, config, reveal);
  const own = writeFields(chartbrewOptions, chartbrewOptionsWire, options, reveal);
  const { sshHost } = own;
  return {
    ...copied,
    ...derivedFields(draft, copied),
    ...own,
    ...(typeof sshHost === 'string' ? { sshHost: hostToWire('ssh', sshHost) } : {}),
  };
}

/** A draft with what a new connection needs besides so that what was given has an effect. */
function completed(draft: Draft): Draft {
  const { support, config } = draft;
  const mode = 'tls.mode' in support.fields ? modeOf(tlsOf(config)) : undefined;
  const tls = mode === undefined ? {} : { tls: { ...tlsOf(config), mode } };
  const headers = config['authentication'] === undefined ? {} : { headers: [] };
  return { ...draft, config: { ...headers, ...config, ...tls } };
}

export function toWire(draft: Draft): Record<string, unknown> {
  const { name, support } = draft;
  return { name, type: support.word, subType: support.word, ...settingsToWire(completed(draft)) };
}

/** A change in the form of a draft: what is kept is missing. */
export const draftOf = ({ name, current, support, config, options }: Patch): Draft => ({
  name: name ?? current.name,
  dialect: current.dialect,
  support,
  config,
  options,
});

/** What changes, but for files; empty when nothing else does. */
export function patchToWire(patch: Patch): Record<string, unknown> {
  const { name } = patch;
  return { ...(name === undefined ? {} : { name }), ...settingsToWire(draftOf(patch)) };
}

/** Our field to the part of the files route that carries it. */
const CONFIG_FILES: Readonly<Record<FieldKey, string>> = {
  'tls.ca': 'sslCa',
  'tls.certificate': 'sslCert',
  'tls.key': 'sslKey',
};

export interface Files {
  readonly form: FormData;
  /** Where in the input each of them came from. */
  readonly paths: readonly (readonly string[])[];
}

/** The files that go up in a call of their own; null when there are none. */
export function filesToWire({ dialect, config, options }: Draft): Files | null {
  const form = new FormData();
  const paths: string[][] = [];
  const add = (value: unknown, part: string, path: string[]) => {
    if (!(value instanceof Secret)) return;
    form.append(part, new Blob([reveal(value)]), `${part}.pem`);
    paths.push(path);
  };
  for (const [key, part] of Object.entries(CONFIG_FILES)) add(valueAt(config, key), part, configPath(dialect, key));
  add(valueAt(options, 'ssh.privateKey'), 'sshPrivateKey', optionPath('chartbrew', 'ssh.privateKey'));
  return paths.length === 0 ? null : { form, paths };
}

/** What a test of an unsaved connection takes: one that has files is a text beside them. */
export function testToWire(draft: Draft): RequestBody {
  const connection = toWire(draft);
  const files = filesToWire(draft);
  if (!files) return { json: connection };
  const form = new FormData();
  form.append('connection', JSON.stringify(connection));
  for (const [part, file] of files.form) form.append(part, file);
  return { files: form };
}
