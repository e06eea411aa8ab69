// The audits of the package graphql-http (GraphQL over HTTP), over a real socket: with each setting that decides who is answered.
import { serverAudits } from 'graphql-http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NO_LIMITS, authOf, tokenOf } from '../authorization/tokens.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import { serve } from './serve.ts';

type Fetch = typeof fetch;

async function audit(url: string, fetchFn: Fetch = fetch) {
  const results = await Promise.all(serverAudits({ url, fetchFn }).map((one) => one.fn()));
  return {
    names: results.map(({ name }) => name),
    failed: results
      .filter((result) => result.status !== 'ok')
      .map(({ id, name, response }) => `${id} ${name}: ${response.status}`),
  };
}

const beginning = (names: readonly string[], word: string): number =>
  names.filter((name) => name.startsWith(`${word} `)).length;

const auth = authOf([{ name: 'auditor', scopes: ['connections:read'] }]);
const withToken: Fetch = async (url, init) => {
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${tokenOf('auditor')}`);
  return fetch(url, { ...init, headers });
};

const environment = { NODE_ENV: 'production' };
/** Leaves GraphiQL to the mode. */
const server = { graphiql: undefined };

/** The audits that send a query by GET. All of them are optional. */
const NEED_GET = [
  '5A70 MAY accept application/x-www-form-urlencoded formatted GET requests: 405',
  'D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json: 405',
  '6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json: 405',
];
/** The audits whose query with variables is `__type(name: $name)`. */
const NEED_INTROSPECTION = [
  '2EA1 SHOULD allow map {variables} parameter when accepting application/graphql-response+json: 400',
  '28B9 MUST allow map {variables} parameter when accepting application/json: 200',
];

interface Row {
  readonly what: string;
  readonly options: TestGatewayOptions;
  readonly fetchFn?: Fetch;
  /** The audits that do not hold, each with the status of the answer. */
  readonly failed: readonly string[];
}

const ROWS: readonly Row[] = [
  { what: 'GraphiQL', options: { server: { graphiql: true } }, failed: [] },
  { what: 'no GraphiQL', options: { server: { graphiql: false } }, failed: [] },
  { what: 'tokens', options: { auth }, fetchFn: withToken, failed: [] },
  { what: 'tokens and GraphiQL', options: { auth, server: { graphiql: true } }, fetchFn: withToken, failed: [] },
  { what: 'GET switched off', options: { server: { get: false } }, failed: NEED_GET },
  { what: 'tokens, GET switched off', options: { auth, server: { get: false } }, fetchFn: withToken, failed: NEED_GET },
  {
    what: 'the defaults of production, without introspection and GET',
    options: { environment, server },
    failed: [...NEED_GET, ...NEED_INTROSPECTION],
  },
  {
    what: 'the defaults of production, and tokens',
    options: { environment, server, auth },
    fetchFn: withToken,
    failed: [...NEED_GET, ...NEED_INTROSPECTION],
  },
  {
    what: 'production with introspection, and tokens',
    options: { environment, server: { ...server, introspection: true }, auth },
    fetchFn: withToken,
    failed: NEED_GET,
  },
  {
    what: 'production with introspection and GET, and tokens',
    options: { environment, server: { ...server, introspection: true, get: true }, auth },
    fetchFn: withToken,
    failed: [],
  },
];

describe('the audits of GraphQL over HTTP', () => {
  it.each(ROWS)('with $what: of 61 audits only the named ones fail', async ({ options, fetchFn, failed }) => {
    const served = await serve(options);
    onTestFinished(() => served.close());
    const { names, failed: found } = await audit(`${served.origin}/graphql`, fetchFn);
    expect(found.toSorted()).toEqual(failed.toSorted());
    expect(['MUST', 'SHOULD', 'MAY'].map((word) => beginning(names, word))).toEqual([13, 23, 25]);
    const events = served.gateway.log.map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect([...new Set(events)]).toEqual(['request refused']);
  });

  it('most audits fail for a caller without a token', async () => {
    const served = await serve({ auth, limits: NO_LIMITS });
    onTestFinished(() => served.close());
    const { failed } = await audit(`${served.origin}/graphql`);
    expect(failed).toHaveLength(53);
    expect(failed.filter((one) => !one.endsWith(': 401'))).toEqual([]);
  });

  it('most audits fail at a server without GraphQL', async () => {
    const served = await serve();
    onTestFinished(() => served.close());
    const { failed } = await audit(`${served.origin}/health`);
    expect(failed.length).toBeGreaterThan(30);
    expect(failed).toContain('4655 MUST accept application/json and match the content-type: 200');
  });
});
