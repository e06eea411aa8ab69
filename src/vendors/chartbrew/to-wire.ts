// Builds the bodies of Chartbrew's requests: the JSON of a connection, and the multipart form of its files. Secrets are revealed here.
import { FormData } from 'undici';
import type { Draft, Patch } from '../../domain/connection.ts';
import { readCheckedConnectionString } from '../../formats/connection-string.ts';
import type { FieldMeta } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import type { RequestBody } from '../../http/request.ts';
import { writeFields } from '../write-fields.ts';
import { subTypes } from './dialects.ts';
import { chartbrewOptions, chartbrewOptionsWire } from './fields.ts';
import { modeOf, tlsOf } from './tls/tls-modes.ts';
import { hostToWire } from './hosts/hosts.ts';

/**
 * Returns a connection string as Chartbrew expects it. Chartbrew percent-encodes the password itself: the text between the first
 * `:` after `//` and the last `@` of the whole string. So the password is written without encoding.
 */
function connectionStringToWire(text: string): string {
  const url = readCheckedConnectionString(text);
  if (url.problem !== null) throw new Error('An invalid connection string passed the checks of the input.');
  const { scheme, user, password, hostsPathAndOptions } = url;
  return `${scheme}://${encodeURIComponent(user ?? '')}:${password ?? ''}@${hostsPathAndOptions}`;
}

const reveal = (secret: Secret, meta?: FieldMeta): string =>
  meta?.format === 'connectionString' ? connectionStringToWire(secret.reveal()) : secret.reveal();

interface Entry {
  readonly name: string;
  readonly value: Secret;
}

/** Returns named values as Chartbrew stores them: a list of objects with one key each. */
const entriesToWire = (entries: readonly Entry[], encode = (value: string): string => value) =>
  entries.map(({ name, value }) => ({ [name]: encode(reveal(value)) }));

/** Returns the headers of an API. Without a list of headers, Chartbrew sends no token, so null becomes an empty list. */
const headersToWire = ({ headers }: Values): Values =>
  headers === undefined ? {} : { options: entriesToWire((headers ?? []) as readonly Entry[]) };

/** Returns the options of a MongoDB URL, percent-encoded because Chartbrew puts them into the URL unchanged. Null clears them. */
function optionsToWire({ options }: Values): Values {
  if (options === undefined) return {};
  return { options: options && entriesToWire(options as readonly Entry[], encodeURIComponent) };
}

/**
 * Returns Chartbrew's object for the sign-in to an API, with its type.
 * @param body the fields that the table has written: user and password, or the token.
 */
const authenticationToWire = ({ bearer }: Values, { authentication }: Values): Values => ({
  type: bearer ? 'bearer_token' : 'basic_auth',
  ...(authentication as Values),
});

/**
 * Returns the fields that the table cannot copy one by one.
 * @param body the fields that the table has written. They are replaced by those that are returned here.
 */
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

/** Returns the config and the options of a draft, without those that are not set. */
function settingsToWire(draft: Draft): Record<string, unknown> {
  const { support, config, options } = draft;
  const configFields = writeFields(support.dialect.fields, support.fields, config, reveal);
  const optionFields = writeFields(chartbrewOptions, chartbrewOptionsWire, options, reveal);
  const { sshHost } = optionFields;
  return {
    ...configFields,
    ...derivedFields(draft, configFields),
    ...optionFields,
    ...(typeof sshHost === 'string' ? { sshHost: hostToWire('ssh', sshHost) } : {}),
  };
}

/** Returns the draft with the settings that a new connection needs so that the provided settings have an effect. */
function withImpliedSettings(draft: Draft): Draft {
  const { support, config } = draft;
  const mode = 'tls.mode' in support.fields ? modeOf(tlsOf(config)) : undefined;
  const tls = mode === undefined ? {} : { tls: { ...tlsOf(config), mode } };
  const headers = config['authentication'] === undefined ? {} : { headers: [] };
  return { ...draft, config: { ...headers, ...config, ...tls } };
}

/** Returns the JSON of a create, without files. */
export function toWire(draft: Draft): Record<string, unknown> {
  const { name, support } = draft;
  return {
    name,
    type: support.vendorDialect,
    subType: support.vendorDialect,
    ...settingsToWire(withImpliedSettings(draft)),
  };
}

/** Returns the changes of a patch as a draft. Settings that do not change are missing in it. */
export const patchToDraft = ({ name, current, support, config, options }: Patch): Draft => ({
  name: name ?? current.name,
  dialect: current.dialect,
  support,
  config,
  options,
});

/** Returns the JSON of an update, without files; empty when only files change. */
export function patchToWire(patch: Patch): Record<string, unknown> {
  const { name } = patch;
  return { ...(name === undefined ? {} : { name }), ...settingsToWire(patchToDraft(patch)) };
}

/** The part of the multipart form for each field that is a file. */
const FORM_PARTS: Readonly<Record<FieldKey, string>> = {
  'tls.ca': 'sslCa',
  'tls.certificate': 'sslCert',
  'tls.key': 'sslKey',
};

/** The files of one connection. */
export interface Files {
  readonly form: FormData;
  /** The input path of each file. */
  readonly paths: readonly (readonly string[])[];
}

/** Returns the files of a draft, which Chartbrew accepts in a separate request; null when there are none. */
export function filesToWire({ dialect, config, options }: Draft): Files | null {
  const form = new FormData();
  const paths: string[][] = [];
  const add = (value: unknown, part: string, path: string[]) => {
    if (!(value instanceof Secret)) return;
    form.append(part, new Blob([reveal(value)]), `${part}.pem`);
    paths.push(path);
  };
  for (const [key, part] of Object.entries(FORM_PARTS)) add(valueAt(config, key), part, configPath(dialect, key));
  add(valueAt(options, 'ssh.privateKey'), 'sshPrivateKey', optionPath('chartbrew', 'ssh.privateKey'));
  return paths.length === 0 ? null : { form, paths };
}

/** Returns the body of a test of an unsaved connection: JSON, or a form with that JSON and the files. */
export function testToWire(draft: Draft): RequestBody {
  const connection = toWire(draft);
  const files = filesToWire(draft);
  if (!files) return { json: connection };
  const form = new FormData();
  form.append('connection', JSON.stringify(connection));
  for (const [part, file] of files.form) form.append(part, file);
  return { files: form };
}
