// The scenarios of the canary matrix: what the vendor answers, and what is wrong with the request or with the gateway. The tests search
// what the gateway returns, logs and stores in each scenario.
import { put, type Tree } from '../inputs.ts';
import { ECHOES, type EchoAnswer } from './hostile-vendors.ts';
import {
  MALFORMED_BODIES,
  COERCION_MISTAKES,
  correctRequest,
  replaceText,
  VALIDATION_MISTAKES,
  withInput,
  type MistakeContext,
  type BuildRequest,
} from './mistakes.ts';
import type { Operation } from './operations.ts';

export interface Scenario {
  readonly name: string;
  /** The behaviors of the vendor. Successive cells use them in turn. */
  readonly behaviors: readonly string[];
  /** The allowed results: members of the result union, or errors. */
  readonly expects: RegExp;
  readonly send?: BuildRequest;
  /** The request is refused before any vendor call, so nothing of it may reach the vendor. */
  readonly isRefused?: true;
}

const STATUSES = [200, 201, 400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503];

/** How a vendor of each behavior answers a write; undefined for a vendor that carries it out. */
export const BEHAVIORS: Readonly<Record<string, EchoAnswer | undefined>> = {
  normal: undefined,
  bug: undefined,
  tls: undefined,
  other: undefined,
  hang: { status: 200, echo: 'raw', form: 'hang' },
  ...Object.fromEntries(
    STATUSES.flatMap((status) => Object.keys(ECHOES).map((echo) => [behaviorName(status, echo), { status, echo }])),
  ),
  ...Object.fromEntries(
    Object.keys(ECHOES).flatMap((echo) => [
      [behaviorName(302, echo), { status: 302, echo, form: 'redirect' as const }],
      [behaviorName(502, `html ${echo}`), { status: 502, echo, form: 'html' as const }],
      [behaviorName(400, `text ${echo}`), { status: 400, echo, form: 'text' as const }],
    ]),
  ),
};

function behaviorName(status: number, echo: string): string {
  return `${status}-${echo.replaceAll(/\W/g, '').toLowerCase()}`;
}

const echoScenario = (name: string, status: number, prefix = ''): Scenario => ({
  name,
  behaviors: Object.keys(ECHOES).map((echo) => behaviorName(status, prefix + echo)),
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

/** Returns a value as a GraphQL literal. */
function graphqlLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(graphqlLiteral).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  return `{ ${Object.entries(value)
    .map(([key, entry]) => `${key}: ${graphqlLiteral(entry)}`)
    .join(', ')} }`;
}

const inlineDocument = ({ operation, input }: MistakeContext): string =>
  operation.document
    .replace(/mutation \([^)]*\)/, 'mutation')
    .replace('$input', () => graphqlLiteral(input).replaceAll(/\b(KEEP|COMPENSATE)\b|"([A-Z_]+)"/g, '$1$2'));

const refusedScenario = (name: string, send: BuildRequest, expects = /^(refused|\w+Error)$/): Scenario => ({
  name,
  behaviors: ['normal'],
  expects,
  send,
  isRefused: true,
});

export const SCENARIOS: readonly Scenario[] = [
  { name: 'success', behaviors: ['normal'], expects: /^(\w+Success|UnsupportedError|ValidationError)$/ },
  ...STATUSES.map((status) => echoScenario(`status ${status}`, status)),
  echoScenario('redirect', 302),
  echoScenario('HTML', 502, 'html '),
  echoScenario('text', 400, 'text '),
  { name: 'timeout', behaviors: ['hang'], expects: /^\w+(Error|Success)$/ },
  {
    name: 'TLS failure',
    behaviors: ['tls'],
    expects: /^(\w+Error|CreateConnectionsSuccess|RotateConnectionSecretSuccess)$/,
  },
  ...Object.entries(COERCION_MISTAKES).map(([what, send]) =>
    refusedScenario(`coercion error: ${what}`, send, /^refused$/),
  ),
  ...Object.entries(VALIDATION_MISTAKES).map(([what, send]) => refusedScenario(`validation error: ${what}`, send)),
  refusedScenario(
    'limit error',
    withInput((input, { operation, secret }) => LIMITS[limitOf(operation)]?.(input, secret)),
  ),
  refusedScenario(
    'limit of first',
    (asking: MistakeContext) => ({
      body: JSON.stringify({
        query: `${asking.operation.document.replace(/^mutation/, 'mutation M')} query Q { connections(first: 100000) { totalCount } }`,
        operationName: asking.turn % 2 === 0 ? 'Q' : 'nope',
        variables: { input: asking.input },
      }),
    }),
    /^refused$/,
  ),
  refusedScenario(
    'secret in the document',
    (asking) => ({ body: JSON.stringify({ query: inlineDocument(asking) }) }),
    /^refused$/,
  ),
  refusedScenario(
    'syntax error',
    (asking: MistakeContext) => ({
      body: JSON.stringify({
        query: `${inlineDocument(asking)} ${asking.secret} }`,
        variables: { input: asking.input },
      }),
    }),
    /^refused$/,
  ),
  ...Object.entries(MALFORMED_BODIES).map(([what, send]) =>
    refusedScenario(`malformed JSON: ${what}`, send, /^refused$/),
  ),
  {
    name: 'bug in a resolver',
    behaviors: ['normal'],
    expects: /^refused$/,
    send: (asking: MistakeContext) => ({
      body: JSON.stringify({
        query: asking.operation.document.replace(/^mutation/, 'mutation ResolverBug'),
        variables: { input: asking.input },
      }),
    }),
  },
  { name: 'bug in an adapter', behaviors: ['bug'], expects: /^(refused|\w+Error|\w+Success)$/ },
  {
    name: 'client abort',
    behaviors: ['hang'],
    expects: /^(left|refused|\w+Error|\w+Success)$/,
    send: (asking: MistakeContext) => ({ ...correctRequest(asking), leavesAfter: asking.turn % 30 }),
  },
];
