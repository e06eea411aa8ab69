// Requests with a mistake and a secret: the error names the place of the mistake, and the secret is in no answer or log line.
// graphql-js, Yoga and V8 quote invalid values; these tests try each of their messages.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { documentsOfChanges, variablesOfChanges } from './mistakes-in-changes.ts';
import { literals } from './mistakes-in-literals.ts';
import {
  bodies,
  CANARY,
  CREATE,
  documents,
  LITERAL,
  operations,
  postgres,
  syntax,
  variables,
  type Row,
} from './mistakes.ts';

// GraphQL over HTTP: a request that is well-formed JSON is answered 200 to a client that accepts application/json alone.
const groups = [
  { group: 'variables', rows: [...variables, ...variablesOfChanges], code: 'BAD_USER_INPUT', json: 200 },
  {
    group: 'the document',
    rows: [...documents, ...literals, ...documentsOfChanges],
    code: 'GRAPHQL_VALIDATION_FAILED',
    json: 200,
  },
  { group: 'syntax', rows: syntax, code: 'GRAPHQL_PARSE_FAILED', json: 200 },
  { group: 'the body', rows: bodies, code: 'BAD_REQUEST', json: 400 },
  { group: 'the operation', rows: operations, code: 'OPERATION_RESOLUTION_FAILURE', json: 400 },
];

const SPELLINGS = [/7canary/i, /77177177/, new RegExp(Buffer.from(CANARY).toString('base64url').slice(0, 16))];

describe.each(['production', 'development'])('a mistake in a request with a secret, with NODE_ENV=%s', (mode) => {
  let gateway: TestGateway;

  const send = async (body: Row[1], accept = 'application/graphql-response+json') => {
    const response = await gateway.gateway.fetch(
      new Request('http://127.0.0.1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
    const text = await response.text();
    const everything = [text, ...[...response.headers].flat(), ...gateway.log].join('\n');
    for (const spelling of SPELLINGS) expect(everything).not.toMatch(spelling);
    return { status: response.status, text, answer: JSON.parse(text), id: response.headers.get('x-request-id') };
  };

  beforeAll(async () => {
    vi.stubEnv('NODE_ENV', mode);
    gateway = await startTestGateway();
  });
  beforeEach(() => {
    gateway.log.length = 0;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await gateway.close();
  });

  describe.each(groups)('a mistake in $group', ({ rows, code, json }) => {
    it.each(rows)('%s is reported by its path, without the secret', async (_what, body, message) => {
      const { status, answer, id } = await send(body);
      expect(status).toBe(400);
      const [{ locations: _locations, ...error }, ...others] = answer.errors;
      const { limit: _limit, ...extensions } = error.extensions;
      expect({ ...error, extensions }).toEqual({ message, extensions: { code, requestId: id } });
      expect(others).toEqual([]);
      expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      const { level: _level, time: _time, ...line } = JSON.parse(gateway.log.join('')) as Record<string, unknown>;
      expect(line).toEqual({
        msg: 'request refused',
        requestId: id,
        code,
        ...(_limit && { limit: _limit.name }),
        status: 400,
        caller: 'anonymous',
        address: null,
      });
      expect((await send(body, 'application/json')).status).toBe(json);
    });
  });

  it('all mistakes of one input are reported, each with the id of the request', async () => {
    const { answer, id } = await send(postgres({ port: CANARY, password: 7, flavor: 'NONE', [CANARY]: CANARY }));
    expect(answer.errors.map(({ message }: { message: string }) => message).toSorted()).toEqual([
      'Variable $i.config.postgres.flavor: It is none of the values of enum "DatabaseFlavor".',
      'Variable $i.config.postgres.password: A SecretString must be text.',
      'Variable $i.config.postgres.port: It is not of type Int.',
      'Variable $i.config.postgres: It has a field that type "PostgresInput" does not know.',
    ]);
    for (const { extensions } of answer.errors) expect(extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: id });
  });

  it('an unknown field that is null is not repeated in the error of a one-of input', async () => {
    const query = '{ connections(filter: {name: {zqx_7Canary: null}}) { totalCount } }';
    const { answer } = await send({ query });
    expect(answer.errors.map(({ message }: { message: string }) => message).toSorted()).toEqual([
      'Argument filter.name on Query.connections: Exactly one key must be specified for OneOf type "StringFilter".',
      'Argument filter.name on Query.connections: It has a field that type "StringFilter" does not know.',
    ]);
  });

  it('all invalid literals are reported, each with its place', async () => {
    const { answer } = await send({
      query: `mutation { createConnection(input: {instance: "a", zqx_7Canary: 1, config: {postgres: {
        port: ${LITERAL}, flavor: NONES, tls: {enabled: "true"}}}}) { __typename } }`,
    });
    const at = 'on Mutation.createConnection:';
    expect(answer.errors.map(({ message }: { message: string }) => message).toSorted()).toEqual([
      `Argument input ${at} Field "name" of required type "String!" was not provided.`,
      `Argument input ${at} It has a field that type "CreateConnectionInput" does not know.`,
      `Argument input.config.postgres.flavor ${at} It is none of the values of enum "DatabaseFlavor".`,
      `Argument input.config.postgres.port ${at} It is not of type Int.`,
      `Argument input.config.postgres.tls.enabled ${at} It is not of type Boolean. Write it without quotes.`,
    ]);
  });

  it('an argument that fails only during execution is not quoted', async () => {
    const { status, answer, id } = await send({
      query: `mutation($n: String = "d", $c: ConnectionConfigInput!) {
        createConnection(input: {instance: ${LITERAL}, name: $n, config: $c}) { __typename } }`,
      variables: { n: null, c: { postgres: { password: CANARY } } },
    });
    expect(status).toBe(200);
    expect(answer.data).toBeNull();
    expect(answer.errors).toEqual([
      {
        message: 'Argument "input" is not valid. A variable in it is null or missing where a value is required.',
        locations: [{ line: 2, column: 33 }],
        path: ['createConnection'],
        extensions: { code: 'BAD_USER_INPUT', requestId: id },
      },
    ]);
  });

  it('`clear: false` is an issue with its path, not an error', async () => {
    const { status, answer } = await send({
      query: `mutation($i: UpdateConnectionInput!) { updateConnection(input: $i) {
        ... on ValidationError { issues { path code message } } } }`,
      variables: {
        i: { id: 'x', config: { postgres: { connectionString: { replace: CANARY }, password: { clear: false } } } },
      },
    });
    expect(status).toBe(200);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.updateConnection.issues).toContainEqual({
      path: ['input', 'config', 'postgres', 'password', 'clear'],
      code: 'INVALID',
      message: 'Must be true. To keep the stored value, leave the field out.',
    });
  });

  it('a port out of range is an issue with its path, not an error', async () => {
    const { answer } = await send({
      ...postgres({ host: 'h', port: 70_000, password: CANARY }),
      query: CREATE.replace('__typename', '... on ValidationError { issues { path code } }'),
    });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.createConnection.issues).toContainEqual({
      path: ['input', 'config', 'postgres', 'port'],
      code: 'OUT_OF_RANGE',
    });
  });

  it.each(['variables', 'extensions'])(
    '%s in the URL that are not JSON are refused without quoting them',
    async (name) => {
      const address = `http://127.0.0.1/graphql?query={__typename}&${name}=%7B7Canary`;
      const response = await gateway.gateway.fetch(new Request(address));
      const text = await response.text();
      expect(response.status).toBe(400);
      expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_REQUEST');
      expect(text + gateway.log.join('')).not.toMatch(/7canary/i);
    },
  );
});
