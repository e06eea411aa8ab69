// What updates and deletes at Credible send: fields that cannot be changed, and how refusals are reported, including those of the
// database.
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { callsTo } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { idOf } from '../../support/watched-gateway.ts';
import { again, NEW_URL } from './secret-cases.ts';
import { runMutation, recordSent } from '../../support/mutations.ts';
import { PRIVATE_KEY } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.reset('credible'));
afterAll(() => gateway.close());

const PATH = '/api/v0/organizations/acme/projects/analytics/connections';

const update = (id: string, rest: Values) =>
  recordSent(gateway, 'credible', () => runMutation(gateway, 'updateConnection', { id, ...rest }));

const ORDERS = idOf('v1:c:credible:orders_postgres');

describe('Credible', () => {
  it.each<[string, Values, string]>([
    ['an update at Credible cannot rename a connection', { name: 'orders' }, 'input.name NOT_ALLOWED'],
    [
      'an update at Credible refuses a malformed table name',
      { options: { credible: { includeTables: ['orders'] } } },
      'input.options.credible.includeTables INVALID',
    ],
    [
      'an update at Credible cannot change the dialect',
      { config: { mysql: { host: 'a' } } },
      'input.config.mysql MISMATCH',
    ],
    [
      'an update at Credible refuses a setting that Credible does not have',
      { config: { postgres: { schema: 'a' } } },
      'input.config.postgres.schema NOT_ALLOWED',
    ],
    [
      'an update at Credible refuses a secret that Credible does not have',
      { config: { postgres: { tls: { key: again(PRIVATE_KEY) } } } },
      'input.config.postgres.tls.key NOT_ALLOWED',
    ],
  ])('%s', async (_what, input, problem) => {
    const { result, sent } = await update(ORDERS, input);
    expect(issuesOf(result)).toContain(problem);
    expect(sent).toEqual([]);
  });

  it('an update at Credible does not send values that are already stored', async () => {
    const config = { postgres: { host: 'orders-db.acme.example', port: 5432, database: 'orders', password: null } };
    const credible = { includeTables: ['sales.orders', 'sales.order_lines', 'finance.*'], excludeAllTables: false };
    const { result, sent } = await update(ORDERS, { config, options: { credible } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(sent).toEqual([]);
  });

  it('a connection string at Credible replaces separate fields, and separate fields replace a connection string', async () => {
    const toText = await update(ORDERS, { config: { postgres: { connectionString: again(NEW_URL) } } });
    expect(toText.sent).toEqual([
      [
        `PATCH ${PATH}/orders_postgres`,
        { name: 'orders_postgres', type: 'postgres', postgresConnection: { connectionString: NEW_URL } },
      ],
    ]);
    const parts = { host: 'pg.acme.example', password: again('pw-secret-9') };
    const toParts = await update(ORDERS, { config: { postgres: parts } });
    expect(toParts.sent).toEqual([
      [
        `PATCH ${PATH}/orders_postgres`,
        {
          name: 'orders_postgres',
          type: 'postgres',
          postgresConnection: { host: 'pg.acme.example', password: 'pw-secret-9' },
        },
      ],
    ]);
  });
});

/** Starts a stub Credible with one connection that gives this answer to updates and deletes. */
async function startStub(answer: SandboxResponse) {
  const row = {
    name: 'orders',
    type: 'postgres',
    postgresConnection: { host: 'pg.acme.example', password: 'echo-secret-1' },
  };
  const stubbed = await startStubbedGateway('credible', ({ method }) =>
    method === 'GET' ? { status: 200, body: row } : answer,
  );
  onTestFinished(() => stubbed.close());
  return stubbed;
}

const PLAYED = idOf('v1:c:credible:orders');
const PASSWORD = { config: { postgres: { password: again('pw-secret-9') } } };
const TABLES = { options: { credible: { includeTables: ['sales.*'] } } };
const refused = (status: number, message: string, code: unknown = 'INVALID_ARGUMENT'): SandboxResponse => ({
  status,
  body: { code, message },
});

describe('An update that Credible refuses', () => {
  it.each<[SandboxResponse, Values, string, string, string | null]>([
    [
      refused(400, 'password authentication failed for user "pw-secret-9"', 'FAILED_PRECONDITION'),
      PASSWORD,
      'input.config.postgres INVALID',
      'Nothing was changed. Credible tests a connection before it saves it, and could not connect. The database refuses this user or password.',
      'FAILED_PRECONDITION',
    ],
    [
      refused(422, 'getaddrinfo ENOTFOUND ss-secret-9@pg.acme.example', 422),
      PASSWORD,
      'input.config.postgres INVALID',
      'Nothing was changed. Credible tests a connection before it saves it, and could not connect. No server has this host name, as the vendor sees it.',
      null,
    ],
    // Also a field outside the settings.
    [
      refused(424, 'connect ETIMEDOUT echo-secret-1', 'FAILED_PRECONDITION'),
      TABLES,
      'input INVALID',
      'Nothing was changed. Credible tests a connection before it saves it, and could not connect. The server did not answer in time; often a firewall is in the way.',
      'FAILED_PRECONDITION',
    ],
    [
      refused(400, 'postgresConnection.password pw-secret-9 is too short'),
      PASSWORD,
      'input.config.postgres.password INVALID',
      'Credible does not accept this value.',
      'INVALID_ARGUMENT',
    ],
    [
      refused(400, 'includeTables must be a list of schema.table or schema.*'),
      TABLES,
      'input.options.credible.includeTables INVALID',
      'Credible does not accept this value.',
      'INVALID_ARGUMENT',
    ],
    [
      refused(400, 'no, pw-secret-9'),
      PASSWORD,
      'input.config.postgres INVALID',
      'Credible does not accept this value.',
      'INVALID_ARGUMENT',
    ],
    [
      refused(400, 'no, pw-secret-9', 'pw-secret-9'),
      PASSWORD,
      'input.config.postgres INVALID',
      'Credible does not accept this value. It tests the connection before it saves the change.',
      null,
    ],
  ])(
    'a refused update is reported by the fields of the input: %j',
    async (answer, input, problem, message, vendorCode) => {
      const { gateway: on } = await startStub(answer);
      const result = await runMutation(on, 'updateConnection', { id: PLAYED, ...input });
      expect(issuesOf(result)).toEqual([problem]);
      expect(result.issues).toMatchObject([{ message, source: 'VENDOR', vendorCode }]);
    },
  );

  it('a refusal by the database is reported as such', async () => {
    const { result } = await update(ORDERS, {
      config: { postgres: { host: 'db.invalid', password: again('pw-secret-9') } },
    });
    expect(issuesOf(result)).toEqual(['input.config.postgres INVALID']);
    expect(result.issues[0].message).toContain('No server has this host name');
  });

  it.each<[SandboxResponse, Values]>([
    [refused(404, 'gone', 'NOT_FOUND'), { __typename: 'NotFoundError', id: PLAYED }],
    [refused(401, 'no', 'UNAUTHENTICATED'), { unavailable: 'CREDENTIALS_REJECTED', vendorCode: 'UNAUTHENTICATED' }],
    [refused(403, 'no', 'PERMISSION_DENIED'), { __typename: 'PermissionError', vendorStatus: 403 }],
    [refused(429, 'no', 429), { __typename: 'RateLimitedError' }],
    [refused(502, 'echo-secret-1', 502), { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: '<html>echo-secret-1</html>' }, { __typename: 'OutcomeUnknownError' }],
  ])('another answer to an update is reported by its error type: %j', async (answer, expected) => {
    const { gateway: on, origin } = await startStub(answer);
    const result = await runMutation(on, 'updateConnection', { id: PLAYED, ...PASSWORD });
    expect(result).toMatchObject(expected);
    expect((await callsTo(origin)).filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
    const isUnknown = result.__typename === 'OutcomeUnknownError';
    expect(result.probe).toBe(isUnknown ? 'Read the connection again before you try again.' : undefined);
  });
});

describe('A delete at Credible', () => {
  it.each<[SandboxResponse, Values]>([
    [{ status: 204 }, { __typename: 'DeleteConnectionSuccess', archived: false }],
    [{ status: 200, body: { code: 'OK', message: 'echo-secret-1' } }, { __typename: 'DeleteConnectionSuccess' }],
    [
      { status: 200, body: { message: 'Connection "orders" deleted successfully' } },
      { __typename: 'DeleteConnectionSuccess' },
    ],
    // A successful answer that does not confirm the delete. A read afterwards shows that the connection still exists.
    [{ status: 200, body: { message: 'echo-secret-1' } }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: { code: 'UNAUTHENTICATED', message: 'deleted' } }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: { success: false, message: 'deleted' } }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: '<html>deleted</html>' }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200 }, { __typename: 'OutcomeUnknownError' }],
    [refused(404, 'gone', 'NOT_FOUND'), { __typename: 'NotFoundError', id: PLAYED }],
    [refused(401, 'no', 'UNAUTHENTICATED'), { unavailable: 'CREDENTIALS_REJECTED' }],
    [refused(403, 'no', 'PERMISSION_DENIED'), { __typename: 'PermissionError' }],
    [refused(429, 'no', 429), { __typename: 'RateLimitedError' }],
    [refused(504, 'echo-secret-1', 504), { __typename: 'OutcomeUnknownError' }],
  ])('the result of a delete is reported: %j', async (answer, expected) => {
    const { gateway: on, origin } = await startStub(answer);
    expect(await runMutation(on, 'deleteConnection', { id: PLAYED })).toMatchObject(expected);
    const writes = (await callsTo(origin)).filter((call) => !call.startsWith('GET'));
    expect(writes).toEqual([`DELETE ${PATH}/orders`]);
  });
});
