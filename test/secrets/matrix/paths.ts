// The ways that a request with a secret may go: what the vendor answers, and what the caller or we get wrong. No path quotes the
// secret of itself; the matrix looks whether the gateway does.
import { put, type Tree } from '../inputs.ts';
import type { Operation } from './operations.ts';
import type { Position } from '../positions.ts';
import { ECHOES, type Answers } from './hostile.ts';

/** What is sent to the gateway. */
export interface Sent {
  readonly body: string;
  /** Milliseconds after which the caller leaves. */
  readonly leavesAfter?: number;
}

interface Asking {
  readonly operation: Operation;
  readonly position: Position;
  readonly input: Tree;
  readonly secret: string;
  readonly turn: number;
}

export interface Path {
  readonly name: string;
  /** Instances with these suffixes are asked in turn. */
  readonly casts: readonly string[];
  /** The members or errors that may come of it. */
  readonly expects: RegExp;
  readonly send?: (asking: Asking) => Sent;
}

export const plain = ({ operation: { document }, input }: Asking): Sent => ({
  body: JSON.stringify({ query: document, variables: { input } }),
});

/** How each cast answers what is written; undefined for doing as it is told. */
export const CASTS: Readonly<Record<string, Answers | undefined>> = {
  well: undefined,
  bug: undefined,
  tls: undefined,
  other: undefined,
  hang: { status: 200, echo: 'raw', form: 'hang' },
  ...Object.fromEntries(
    [200, 201, 400, 401, 403, 404, 409, 422, 429, 500].flatMap((status) =>
      Object.keys(ECHOES).map((echo) => [castOf(status, echo), { status, echo }]),
    ),
  ),
  ...Object.fromEntries(
    Object.keys(ECHOES).flatMap((echo) => [
      [castOf(302, echo), { status: 302, echo, form: 'redirect' as const }],
      [castOf(502, echo), { status: 502, echo, form: 'html' as const }],
      [castOf(400, `text ${echo}`), { status: 400, echo, form: 'text' as const }],
    ]),
  ),
};

function castOf(status: number, echo: string): string {
  return `${status}-${echo.replaceAll(/\W/g, '').toLowerCase()}`;
}

const echoing = (name: string, status: number, prefix = ''): Path => ({
  name,
  casts: Object.keys(ECHOES).map((echo) => castOf(status, prefix + echo)),
  expects: /^(\w+Error|\w+Success)$/,
});

/** The group that the secret stands in, as far down as it is one of the input's own. */
const groupOf = (position: Position, { name }: Operation): string => {
  if (name === 'rotate') return 'connections';
  const steps = position.field.split('.');
  return name === 'fanOutToOne' || name === 'fanOutToSeveral' ? 'config' : `${steps[0]}.${steps[1]}`;
};

/** A request with something else in its input. */
const withInput =
  (change: (input: Tree, asking: Asking) => void): NonNullable<Path['send']> =>
  (asking) => {
    const input = structuredClone(asking.input);
    change(input, asking);
    return plain({ ...asking, input });
  };

/** Puts something in place of the secret, wherever it stands. */
function replaceText(tree: unknown, text: string, value: unknown): void {
  if (tree === null || typeof tree !== 'object') return;
  for (const [key, one] of Object.entries(tree)) {
    if (one === text) (tree as Tree)[key] = structuredClone(value);
    else replaceText(one, text, value);
  }
}

const MISTAKES: Readonly<Record<string, NonNullable<Path['send']>>> = {
  'a typo beside it': withInput((input, { position, operation }) =>
    put(input, `${groupOf(position, operation)}.nope`, 1),
  ),
  'a typo at the top': withInput((input) => put(input, 'nope', 1)),
  'a list in its place': withInput((input, { secret }) => replaceText(input, secret, [secret])),
  'an object in its place': withInput((input, { secret }) => replaceText(input, secret, { value: secret })),
  'itself in place of its group': withInput((input, { position, operation, secret }) =>
    put(input, groupOf(position, operation), secret),
  ),
  'two of what may be one': withInput((input, { position, operation, secret }) => {
    const group = groupOf(position, operation).split('.')[0] ?? '';
    put(input, `${group}.${position.dialect === 'trino' ? 'mysql' : 'trino'}`, { password: secret, host: secret });
  }),
};

const VALUES: Readonly<Record<string, (input: Tree) => void>> = {
  'no such instance, or connection': (input) => {
    if (input['id'] !== undefined) input['id'] = 'nope';
    else if (input['targets']) put(input, 'targets', [{ instance: 'nope' }]);
    else if (input['connections']) put(input, 'connections', { ids: ['nope'] });
    else input['instance'] = 'nope';
  },
  'two things that are wrong': (input) => {
    if (input['connections']) Object.assign(input, { connections: { ids: [] }, privateKeyPassphrase: input['secret'] });
    else Object.assign(input, { name: '\u0000', idempotencyKey: '\u0000' });
  },
};

const LIMITS: Readonly<Record<string, (input: Tree, secret: string) => void>> = {
  targets: (input) =>
    put(
      input,
      'targets',
      Array.from({ length: 11 }, (_, at) => ({ instance: `nope${at}` })),
    ),
  ids: (input) => put(input, 'connections', { ids: Array.from({ length: 101 }, (_, at) => `nope${at}`) }),
  // A key file may have 1 MiB.
  text: (input, secret) => replaceText(input, secret, secret + 'x'.repeat(1_048_577)),
};

const limitOf = ({ name }: Operation): keyof typeof LIMITS =>
  name === 'rotate' ? 'ids' : name.startsWith('fanOut') ? 'targets' : 'text';

const pick = <T>(from: Readonly<Record<string, T>>, turn: number): T =>
  Object.values(from)[turn % Object.keys(from).length] as T;

/** GraphQL of a value, as one would write it in the document. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`;
}

const inline = ({ operation, input }: Asking): string =>
  operation.document
    .replace(/mutation \([^)]*\)/, 'mutation')
    .replace('$input', () => literal(input).replaceAll(/\b(KEEP|COMPENSATE)\b|"([A-Z_]+)"/g, '$1$2'));

const refused = (name: string, send: NonNullable<Path['send']>, expects = /^(refused|\w+Error)$/): Path => ({
  name,
  casts: ['well'],
  expects,
  send,
});

export const PATHS: readonly Path[] = [
  { name: 'success', casts: ['well'], expects: /^(\w+Success|UnsupportedError|ValidationError)$/ },
  ...[200, 201, 400, 401, 403, 404, 409, 422, 429, 500].map((status) => echoing(`status ${status}`, status)),
  echoing('redirect', 302),
  echoing('HTML', 502),
  echoing('text', 400, 'text '),
  { name: 'timeout', casts: ['hang'], expects: /^\w+(Error|Success)$/ },
  {
    name: 'TLS failure',
    casts: ['tls'],
    expects: /^(\w+Error|CreateConnectionsSuccess|RotateConnectionSecretSuccess)$/,
  },
  refused('coercion error', (asking) => pick(MISTAKES, asking.turn)(asking), /^refused$/),
  refused(
    'validation error',
    withInput((input, { turn }) => pick(VALUES, turn)(input)),
  ),
  refused(
    'limit error',
    withInput((input, { operation, secret }) => LIMITS[limitOf(operation)]?.(input, secret)),
  ),
  refused(
    'limit of first',
    (asking: Asking) => ({
      body: JSON.stringify({
        query: `${asking.operation.document.replace(/^mutation/, 'mutation M')} query Q { connections(first: 100000) { totalCount } }`,
        operationName: asking.turn % 2 === 0 ? 'Q' : 'nope',
        variables: { input: asking.input },
      }),
    }),
    /^refused$/,
  ),
  refused('secret in the document', (asking) => ({ body: JSON.stringify({ query: inline(asking) }) }), /^refused$/),
  refused(
    'syntax error',
    (asking: Asking) => ({
      body: JSON.stringify({ query: `${inline(asking)} ${asking.secret} }`, variables: { input: asking.input } }),
    }),
    /^refused$/,
  ),
  refused(
    'malformed JSON',
    (asking) => {
      const { body } = plain(asking);
      const at = body.indexOf(JSON.stringify(asking.secret).slice(1, 9));
      // In the middle of the secret, or with its end glued to something.
      return { body: asking.turn % 2 === 0 ? body.slice(0, at + 12 + (asking.turn % 7)) : `${body}${asking.secret}` };
    },
    /^refused$/,
  ),
  {
    name: 'bug in a resolver',
    casts: ['well'],
    expects: /^refused$/,
    send: (asking: Asking) => ({
      body: JSON.stringify({
        query: asking.operation.document.replace(/^mutation/, 'mutation ResolverBug'),
        variables: { input: asking.input },
      }),
    }),
  },
  { name: 'bug in an adapter', casts: ['bug'], expects: /^(refused|\w+Error|\w+Success)$/ },
  {
    name: 'client abort',
    casts: ['hang'],
    expects: /^(left|refused|\w+Error|\w+Success)$/,
    send: (asking: Asking) => ({ ...plain(asking), leavesAfter: asking.turn % 30 }),
  },
];
