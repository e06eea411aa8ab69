// The ways that a request with a secret may go: what the vendor answers, and what the caller or we get wrong. No path quotes the
// secret of itself; the matrix looks whether the gateway does.
import { put, type Tree } from '../inputs.ts';
import { ECHOES, type Answers } from './hostile.ts';
import { MALFORMED, MISTAKES, plain, replaceText, VALUES, withInput, type Asking, type Send } from './mistakes.ts';
import type { Operation } from './operations.ts';

export interface Path {
  readonly name: string;
  /** Instances with these suffixes are asked in turn. */
  readonly casts: readonly string[];
  /** The members or errors that may come of it. */
  readonly expects: RegExp;
  readonly send?: Send;
  /** Nothing of it may reach the vendor. */
  readonly isRefused?: true;
}

const STATUSES = [200, 201, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503];

/** How each cast answers what is written; undefined for doing as it is told. */
export const CASTS: Readonly<Record<string, Answers | undefined>> = {
  well: undefined,
  bug: undefined,
  tls: undefined,
  other: undefined,
  hang: { status: 200, echo: 'raw', form: 'hang' },
  ...Object.fromEntries(
    STATUSES.flatMap((status) => Object.keys(ECHOES).map((echo) => [castOf(status, echo), { status, echo }])),
  ),
  ...Object.fromEntries(
    Object.keys(ECHOES).flatMap((echo) => [
      [castOf(302, echo), { status: 302, echo, form: 'redirect' as const }],
      [castOf(502, `html ${echo}`), { status: 502, echo, form: 'html' as const }],
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

const refused = (name: string, send: Send, expects = /^(refused|\w+Error)$/): Path => ({
  name,
  casts: ['well'],
  expects,
  send,
  isRefused: true,
});

export const PATHS: readonly Path[] = [
  { name: 'success', casts: ['well'], expects: /^(\w+Success|UnsupportedError|ValidationError)$/ },
  ...STATUSES.map((status) => echoing(`status ${status}`, status)),
  echoing('redirect', 302),
  echoing('HTML', 502, 'html '),
  echoing('text', 400, 'text '),
  { name: 'timeout', casts: ['hang'], expects: /^\w+(Error|Success)$/ },
  {
    name: 'TLS failure',
    casts: ['tls'],
    expects: /^(\w+Error|CreateConnectionsSuccess|RotateConnectionSecretSuccess)$/,
  },
  ...Object.entries(MISTAKES).map(([what, send]) => refused(`coercion error: ${what}`, send, /^refused$/)),
  ...Object.entries(VALUES).map(([what, send]) => refused(`validation error: ${what}`, send)),
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
  ...Object.entries(MALFORMED).map(([what, send]) => refused(`malformed JSON: ${what}`, send, /^refused$/)),
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
