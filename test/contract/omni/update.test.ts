// What updates and deletes at Omni send: fields that cannot be changed, how refusals are reported, and older servers that
// lack some calls.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSandboxOmni } from '../../../src/sandbox/omni/server.ts';
import type { SandboxResponse, SandboxVendor } from '../../../src/sandbox/server.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { callsTo, journalOf } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { idOf } from '../../support/watched-gateway.ts';
import { runMutation, recordSent } from '../../support/mutations.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const update = async (on: TestGateway, input: Values) =>
  recordSent(on, 'omni', () => runMutation(on, 'updateConnection', input));

const PRODUCTION = idOf('v1:c:omni:c0f12353-4817-4398-bcc0-d501e6dd2f64');
const FINANCE = idOf('v1:c:omni:5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21');
const ARCHIVED = idOf('v1:c:omni:7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d');

describe('A setting that Omni cannot change', () => {
  it.each<[string, Values, string]>([
    ['Omni cannot change the name', { name: 'Orders' }, 'input.name NOT_ALLOWED'],
    [
      'Omni cannot change the database',
      { config: { postgres: { database: 'a' } } },
      'input.config.postgres.database NOT_ALLOWED',
    ],
    [
      'Omni cannot change or clear the schema',
      { config: { postgres: { schema: null } } },
      'input.config.postgres.schema NOT_ALLOWED',
    ],
    [
      'Omni cannot change the username',
      { config: { postgres: { username: 'a' } } },
      'input.config.postgres.username NOT_ALLOWED',
    ],
    [
      'Omni cannot clear the role',
      { options: { omni: { baseRole: null } } },
      'input.options.omni.baseRole NOT_ALLOWED',
    ],
    ['Omni cannot change the dialect', { config: { mysql: { database: 'a' } } }, 'input.config.mysql MISMATCH'],
    [
      'Omni accepts no options of another vendor',
      { options: { credible: { excludeAllTables: true } } },
      'input.options.credible MISMATCH',
    ],
  ])('%s', async (_what, input, problem) => {
    const { result, sent } = await update(gateway, { id: PRODUCTION, ...input });
    expect(issuesOf(result)).toContain(problem);
    expect(sent).toEqual([]);
  });

  it('an update of a connection in the trash is refused', async () => {
    const { result, sent } = await update(gateway, { id: ARCHIVED, options: { omni: { baseRole: 'VIEWER' } } });
    expect(result).toMatchObject({ __typename: 'NotFoundError', id: ARCHIVED });
    expect(sent).toEqual([]);
  });

  it('an environment without a name is refused', async () => {
    const omni = { environmentUserAttribute: { defaultValues: ['eu'] } };
    const { errors } = await gateway.ask(
      'mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) { __typename } }',
      { input: { id: PRODUCTION, options: { omni } } },
    );
    expect(errors?.[0]?.message).toContain('attributeName');
  });
});

describe('An update with values that Omni has already', () => {
  it.each<[string, string, Values]>([
    ['a role', PRODUCTION, { baseRole: 'QUERIER' }],
    // Older servers return it as one text.
    [
      'an environment',
      PRODUCTION,
      { environmentUserAttribute: { attributeName: 'environment', defaultValues: ['prod'] } },
    ],
    [
      'an environment with two values',
      FINANCE,
      { environmentUserAttribute: { attributeName: 'region', defaultValues: ['us-east', 'us-west'] } },
    ],
  ])('a stored value is not sent: %s', async (_what, id, omni) => {
    await gateway.reset('omni');
    const { result, sent } = await update(gateway, { id, options: { omni } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(sent).toEqual([]);
  });

  it('nothing is sent to remove an environment that does not exist', async () => {
    await gateway.reset('omni');
    const id = idOf('v1:c:omni:789e0123-e45b-47d8-a456-426614174000');
    const { sent } = await update(gateway, { id, options: { omni: { environmentUserAttribute: null } } });
    expect(sent).toEqual([]);
  });

  it('an empty list removes the stored values', async () => {
    await gateway.reset('omni');
    const omni = { environmentUserAttribute: { attributeName: 'region', defaultValues: [] } };
    const { sent } = await update(gateway, { id: FINANCE, options: { omni } });
    expect(sent).toEqual([
      [
        'PATCH /api/v1/connections/5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
        { environmentUserAttribute: { attributeName: 'region', defaultValues: null } },
      ],
    ]);
  });
});

const ROW = {
  id: 'c0f12353-4817-4398-bcc0-d501e6dd2f64',
  name: 'Orders',
  dialect: 'postgres',
  database: 'orders',
  baseRole: 'QUERIER',
  updatedAt: '2026-05-30T17:44:12.301Z',
  // No vendor should return this. The gateway must not report it.
  passwordUnencrypted: 'echo-secret-1',
};

/** Starts a stub Omni with one connection that gives this answer to updates and deletes. Later reads may get another answer. */
async function startStub(answer: SandboxResponse, afterwards?: SandboxResponse, row: Values = ROW) {
  let isWritten = false;
  const vendor: SandboxVendor = ({ method, path }) => {
    if (method !== 'GET') {
      isWritten = true;
      return answer;
    }
    if (isWritten && afterwards) return afterwards;
    return path.endsWith('/connections')
      ? { status: 200, body: { connections: [row] } }
      : { status: 200, body: { connection: row } };
  };
  const stubbed = await startStubbedGateway('omni', vendor);
  onTestFinished(() => stubbed.close());
  return stubbed;
}

const refused = (detail: string, status = 400): SandboxResponse => ({ status, body: { detail, status } });
const done: SandboxResponse = { status: 200, body: { success: true, message: 'Updated: echo-secret-1' } };
const PASSWORD = { config: { postgres: { password: { replace: 'pw-secret-9' } } } };
const ROLE = { options: { omni: { baseRole: 'Analyst' } } };
const ENVIRONMENT = {
  options: { omni: { environmentUserAttribute: { attributeName: 'region', defaultValues: ['eu'] } } },
};

describe('An update that Omni refuses', () => {
  it.each<[string, Values, string, string]>([
    [
      'Bad Request: baseRole: Invalid enum value',
      ROLE,
      'input.options.omni.baseRole INVALID',
      'not one of the values that Omni accepts',
    ],
    [
      'Bad Request: passwordUnencrypted: pw-secret-9 is weak',
      PASSWORD,
      'input.config.postgres.password INVALID',
      'does not accept this value',
    ],
    [
      'Bad Request: environmentUserAttribute.attributeName: Required',
      ENVIRONMENT,
      'input.options.omni.environmentUserAttribute.attributeName REQUIRED',
      'requires it',
    ],
    [
      'Bad Request: environmentUserAttribute: echo-secret-1',
      ENVIRONMENT,
      'input.options.omni.environmentUserAttribute INVALID',
      'does not accept this value',
    ],
    [
      'User attribute value "echo-secret-1" is already in use',
      ENVIRONMENT,
      'input.options.omni.environmentUserAttribute.defaultValues INVALID',
      'Another connection has one of these values',
    ],
    [
      'Bad Request: Invalid JSON echo-secret-1',
      PASSWORD,
      'input.config.postgres INVALID',
      'does not accept this change',
    ],
    ['Bad Request: Empty request body', ROLE, 'input.options.omni INVALID', 'does not accept this change'],
    [
      "Bad Request: formErrors: Unrecognized key(s) in object: 'passwordUnencrypted'",
      PASSWORD,
      'input.config.postgres.password NOT_ALLOWED',
      'A newer version can',
    ],
  ])('a refused update is reported by the fields of the input: %s', async (detail, input, problem, words) => {
    for (const status of [400, 422]) {
      const { gateway: on } = await startStub(status === 400 ? refused(detail) : refused('echo-secret-1', 422));
      const { result } = await update(on, { id: PRODUCTION, ...input });
      expect(result).toMatchObject({ __typename: 'ValidationError', issues: [{ source: 'VENDOR' }] });
      if (status === 422) continue;
      expect(issuesOf(result)).toEqual([problem]);
      expect(result.issues[0].message).toContain(words);
    }
  });

  it.each<[SandboxResponse, Values]>([
    [refused('Connection not found', 404), { __typename: 'NotFoundError', id: PRODUCTION }],
    [refused('The connection has already been archived.', 410), { __typename: 'NotFoundError', id: PRODUCTION }],
    [refused('Permission denied', 403), { __typename: 'PermissionError', vendorStatus: 403 }],
    [refused('Invalid bearer token', 403), { unavailable: 'CREDENTIALS_REJECTED' }],
    [refused('no', 401), { unavailable: 'CREDENTIALS_REJECTED' }],
    [refused('Too many requests', 429), { __typename: 'RateLimitedError' }],
    [refused('echo-secret-1', 502), { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: '<html>echo-secret-1</html>' }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: {} }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: { success: 'true' } }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: { success: false } }, { __typename: 'OutcomeUnknownError' }],
  ])('another answer to an update is reported by its error type: %j', async (answer, expected) => {
    const { gateway: on, origin } = await startStub(answer);
    const result = await runMutation(on, 'updateConnection', { id: PRODUCTION, ...PASSWORD });
    expect(result).toMatchObject(expected);
    expect((await callsTo(origin)).filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
    const isUnknown = result.__typename === 'OutcomeUnknownError';
    expect(result.probe).toBe(isUnknown ? 'Read the connection again before you try again.' : undefined);
  });
});

describe('The answer of Omni to an update', () => {
  it('secrets that Omni returns after an update are not reported', async () => {
    const result = await runMutation((await startStub(done)).gateway, 'updateConnection', {
      id: PRODUCTION,
      ...PASSWORD,
    });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
  });

  it.each<[string, Values, Values]>([
    ['role', ROLE, { baseRole: 'Analyst', environmentUserAttribute: null }],
    [
      'environment',
      ENVIRONMENT,
      { baseRole: 'QUERIER', environmentUserAttribute: { attributeName: 'region', defaultValues: ['eu'] } },
    ],
    ['secret', PASSWORD, { baseRole: 'QUERIER', environmentUserAttribute: null }],
  ])('an update of the %s that cannot be read back reports the known values', async (_what, input, details) => {
    const { gateway: on } = await startStub(done, refused('Connection not found', 404));
    const { result } = await update(on, { id: PRODUCTION, ...input });
    expect(result).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
      connection: { name: 'Orders', config: { database: 'orders' }, details },
      warnings: [{ path: null, code: 'READ_BACK_FAILED' }],
    });
  });

  it('an update that removes the environment reports none, even if it cannot be read back', async () => {
    const row = { ...ROW, userAttributeNameForConnectionEnvironments: 'region' };
    const { gateway: on } = await startStub(done, refused('Connection not found', 404), row);
    const { result } = await update(on, {
      id: PRODUCTION,
      options: { omni: { environmentUserAttribute: null } },
    });
    expect(result.connection.details).toMatchObject({ environmentUserAttribute: null });
  });
});

describe('A delete at Omni', () => {
  it.each<[SandboxResponse, Values]>([
    [refused('Connection not found', 404), { __typename: 'NotFoundError', id: PRODUCTION }],
    [refused('The connection has already been archived.', 410), { __typename: 'NotFoundError', id: PRODUCTION }],
    [refused('Permission denied', 403), { __typename: 'PermissionError', vendorStatus: 403 }],
    [refused('Invalid bearer token', 403), { unavailable: 'CREDENTIALS_REJECTED' }],
    [refused('Too many requests', 429), { __typename: 'RateLimitedError' }],
    [refused('echo-secret-1', 504), { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: '<html>echo-secret-1</html>' }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: {} }, { __typename: 'OutcomeUnknownError' }],
    [{ status: 200, body: { success: 'true' } }, { __typename: 'OutcomeUnknownError' }],
  ])('another answer to a delete is reported by its error type: %j', async (answer, expected) => {
    const { gateway: on, origin } = await startStub(answer);
    expect(await runMutation(on, 'deleteConnection', { id: PRODUCTION })).toMatchObject(expected);
    const writes = (await callsTo(origin)).filter((call) => !call.startsWith('GET'));
    expect(writes).toEqual(['DELETE /api/v1/connections/c0f12353-4817-4398-bcc0-d501e6dd2f64']);
  });

  it('a delete without an answer has no warning about the trash when the connection cannot be found afterwards', async () => {
    let isDeleted = false;
    const { gateway: on, close } = await startStubbedGateway('omni', ({ method, path }) => {
      if (method === 'DELETE') {
        isDeleted = true;
        return refused('Gateway Timeout', 504);
      }
      if (!isDeleted) return { status: 200, body: { connection: ROW } };
      return path.endsWith('/connections')
        ? { status: 200, body: { connections: [] } }
        : refused('Connection not found', 404);
    });
    onTestFinished(() => close());
    expect(await runMutation(on, 'deleteConnection', { id: PRODUCTION })).toEqual({
      __typename: 'DeleteConnectionSuccess',
      deletedId: PRODUCTION,
      archived: false,
      warnings: [],
    });
  });
});

describe.each([400, 405] as const)(
  'An Omni server older than 2026-07, which answers %d to unknown methods',
  (older) => {
    const startOlderServer = async () => {
      const stubbed = await startStubbedGateway('omni', createSandboxOmni({ older }));
      onTestFinished(() => stubbed.close());
      return stubbed;
    };

    it('an older server updates the role, and the connection is read from the list', async () => {
      const { gateway: on, origin } = await startOlderServer();
      const result = await runMutation(on, 'updateConnection', { id: PRODUCTION, ...ROLE });
      expect(result).toMatchObject({ connection: { details: { baseRole: 'Analyst' } }, warnings: [] });
      const writes = (await journalOf(origin)).filter(({ method }) => method === 'PATCH');
      expect(writes.map(({ body }) => body)).toEqual(['{"baseRole":"Analyst"}']);
    });

    it('an older server cannot update a secret, and the error says so', async () => {
      const { gateway: on } = await startOlderServer();
      const result = await runMutation(on, 'updateConnection', { id: PRODUCTION, ...PASSWORD });
      expect(issuesOf(result)).toEqual(['input.config.postgres.password NOT_ALLOWED']);
      expect(result.issues[0].source).toBe('VENDOR');
    });

    it('an older server cannot delete a connection', async () => {
      const { gateway: on } = await startOlderServer();
      const result = await runMutation(on, 'deleteConnection', { id: PRODUCTION });
      expect(result).toMatchObject({ __typename: 'UnsupportedError', vendor: 'OMNI', capability: 'DELETE' });
      expect(result.message).toContain("in Omni's web page");
    });
  },
);
