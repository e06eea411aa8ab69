// Builds the inputs of every operation with a secret in one write-only position, and spells a canary in the form that the position requires.
import { makeCanary, makeNumber, type Canary } from './canary.ts';
import { BASES, PLAIN_PEM, type Position } from './positions.ts';

export type Tree = Record<string, unknown>;

export function put(tree: Tree, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place = tree;
  for (const step of steps) place = (place[step] ??= {}) as Tree;
  place[last] = value;
}

export const get = (tree: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (value as Tree | undefined)?.[step], tree);

export const SPELLINGS: Readonly<Record<string, (core: string) => string>> = {
  plain: (core) => core,
  quotes: (core) => `a"${core}'b\\`,
  newline: (core) => `a\n${core}\r\nb`,
  'percent and plus': (core) => `%2F+ ${core}%00&=`,
  Unicode: (core) => `é🔑\u2028${core}ß`,
  PEM: (core) => `-----BEGIN PRIVATE KEY-----\nMII${core}\n-----END PRIVATE KEY-----\n`,
  JSON: (core) => `{"type":"service_account","private_key":"${core}"}`,
  'looks like base64': (core) => `${core}aGVsbG8=`,
  'digits only': (core) => core,
};
export type Spelling = keyof typeof SPELLINGS;

export const canaryFor = (spelling: Spelling): Canary => (spelling === 'digits only' ? makeNumber() : makeCanary());

/** Returns the secret in the form that its position requires. */
export function secretOf({ shape = 'CANARY' }: Position, { core }: Canary, spelling: Spelling = 'plain'): string {
  const spelled = SPELLINGS[spelling]?.(core) ?? core;
  // A PEM text inside a PEM text is not valid.
  if (shape.startsWith('-----') && spelling === 'PEM') return shape.replace('CANARY', core);
  const fitting = shape.startsWith('{')
    ? JSON.stringify(spelled).slice(1, -1)
    : shape.includes('://')
      ? encodeURIComponent(spelled)
      : spelled;
  return shape.replace('CANARY', () => fitting);
}

/** Returns the secret as it appears in the vendor's JSON. */
export function asWritten({ as }: Position, secret: string): unknown {
  if (as === 'base64') return Buffer.from(secret).toString('base64');
  return as === 'json' ? (JSON.parse(secret) as unknown) : secret;
}

/** Returns the input of a create, or of a test of unsaved settings. */
export function inputWith(
  position: Position,
  secret: string,
  instance: string = position.vendor,
  name = 'canary_cage',
) {
  const { dialect, field, without = [], beside = {} } = position;
  const base = structuredClone(BASES[`${position.vendor} ${dialect}`] ?? {}) as Tree;
  for (const key of without) delete base[key];
  const input: Tree = { instance, name, config: { [dialect]: base } };
  for (const [path, value] of Object.entries(structuredClone(beside))) put(input, path, value);
  put(input, field, secret);
  return input;
}

/** Matches fields in a list or in a sign-in method, which an update provides as a whole. */
const GIVEN_WHOLE = /^config\.(api\.(authentication|headers)|mongodb\.options|duckdb\.attached)\b/;
const SECRET_FIELDS = ['password', 'accessToken', 'secretAccessKey'];

/** Omni's PATCH has only passwordUnencrypted and privateKey. */
export const isChangeable = ({ vendor, field }: Position): boolean => vendor !== 'omni' || !field.includes('.oauth.');

/** Clears values that Credible would lose with its block, and values that would be sent to another server. */
const BESIDE_PATCH: Readonly<Record<string, Tree>> = {
  'credible config.trino.password': { 'config.trino.peakaKey': { clear: true } },
  'credible config.trino.peakaKey': { 'config.trino.password': { clear: true } },
  'credible config.snowflake.privateKeyPassphrase': { 'config.snowflake.privateKey': { replace: PLAIN_PEM } },
  // Options of the URL may name another server.
  'chartbrew config.mongodb.options.0.value': { 'config.mongodb.password': { replace: 'needed' } },
  'looker options.looker.pdtOverride.jdbcAdditionalParams': {
    'options.looker.pdtOverride.certificate': { clear: true },
  },
  'looker options.looker.pdtOverride.afterConnectStatements': {
    'options.looker.pdtOverride.certificate': { clear: true },
  },
};

/** Returns the input of an update that replaces the secret. Credible replaces the whole block, so its other secrets are provided too. */
export function patchWith(position: Position, secret: string, id: string): Tree {
  const { vendor, dialect, field, without = [], beside = {} } = position;
  const input: Tree = { id };
  if (GIVEN_WHOLE.test(field)) {
    const whole = inputWith(position, secret);
    const [, key = ''] = /^config\.\w+\.(\w+)/.exec(field) ?? [];
    put(input, `config.${dialect}.${key}`, get(whole, `config.${dialect}.${key}`));
    for (const [path, value] of Object.entries(BESIDE_PATCH[`${vendor} ${field}`] ?? {})) put(input, path, value);
    return input;
  }
  if (field.endsWith('certificate.body')) {
    const certificate = field.replace(/\.body$/, '');
    put(input, `${certificate}.replace`, { body: secret, fileType: beside[`${certificate}.fileType`] });
    return input;
  }
  const base = vendor === 'credible' ? (BASES[`${vendor} ${dialect}`] ?? {}) : {};
  for (const key of SECRET_FIELDS.filter((one) => one in base && !without.includes(one))) {
    put(input, `config.${dialect}.${key}.replace`, base[key]);
  }
  for (const [path, value] of Object.entries(BESIDE_PATCH[`${vendor} ${field}`] ?? {})) put(input, path, value);
  put(input, field, { replace: secret });
  return input;
}

const ROTATABLE: Readonly<Record<string, string>> = {
  password: 'PASSWORD',
  privateKey: 'PRIVATE_KEY',
  privateKeyPassphrase: 'PRIVATE_KEY',
  serviceAccountKey: 'SERVICE_ACCOUNT_KEY',
  accessToken: 'ACCESS_TOKEN',
  apiKey: 'API_KEY',
};

/** Returns the name of the position in a rotation, or undefined when a rotation cannot replace it. */
export const rotatable = ({ field }: Position): string | undefined => {
  const [, key = ''] = /^config\.\w+\.(\w+)$/.exec(field) ?? [];
  return ROTATABLE[key];
};

/** Returns the secret fields of a rotation. A passphrase has its own field and is sent with a key. */
export const rotationOf = (position: Position, secret: string): Tree => ({
  field: rotatable(position),
  ...(position.field.endsWith('.privateKeyPassphrase')
    ? { secret: PLAIN_PEM, privateKeyPassphrase: secret }
    : { secret }),
});
