// How answers of Chartbrew to updates and deletes are reported: refusals by the fields of the input,
// failed uploads, a missing connection, an unreadable answer. No text of the vendor is quoted.
import { describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { issuesOf, storedSecrets } from '../../support/create-connection.ts';
import { callsTo, journalOf } from '../../support/journal.ts';
import { runMutation } from '../../support/mutations.ts';
import { STUB_ID as id, STUB_ROW, startChartbrewStub } from './stub.ts';
import { createManualDeadline } from '../../support/manual-deadline.ts';
import { CERTIFICATE, PRIVATE_KEY } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

const page = (text: string) => `<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>${text}</pre>\n</body>\n</html>\n`;
const violations = (...paths: readonly string[]) => ({
  name: 'SequelizeValidationError',
  errors: paths.map((path) => ({ path, message: 'string violation: pw-secret-1', value: 'pw-secret-1' })),
});
const storage = {
  name: 'SequelizeDatabaseError',
  parent: { code: 'ER_DATA_TOO_LONG', sqlMessage: 'pw-secret-1', sql: 'UPDATE', parameters: ['pw-secret-1'] },
};

const everything = {
  name: 'other',
  config: {
    postgres: {
      port: 5433,
      username: 'bi2',
      flavor: 'RDS',
      password: { replace: 'pw-secret-1' },
      tls: { verify: false, ca: { replace: CERTIFICATE } },
    },
  },
  options: { chartbrew: { ssh: { password: { replace: 'ssh-secret-1' } } } },
};

describe('An update that Chartbrew refuses', () => {
  it.each<[number, unknown, Values, readonly string[]]>([
    [
      400,
      violations('name', 'port', 'username', 'subType', 'sslMode', 'sshPassword'),
      everything,
      [
        'input.config.postgres.flavor INVALID',
        'input.config.postgres.port INVALID',
        'input.config.postgres.tls.verify INVALID',
        'input.config.postgres.username INVALID',
        'input.name INVALID',
        'input.options.chartbrew.ssh.password INVALID',
      ],
    ],
    [400, violations('team_id'), everything, ['input.config.postgres INVALID']],
    [400, storage, everything, ['input.config.postgres INVALID']],
    [400, {}, { name: 'other' }, ['input INVALID']],
    [400, page('SyntaxError: pw-secret-1'), { options: { chartbrew: { active: false } } }, ['input INVALID']],
    [400, { code: 'SOURCE_DISABLED', message: 'pw-secret-1' }, everything, ['input.config.postgres INVALID']],
    [413, page('PayloadTooLargeError: pw-secret-1'), everything, ['input TOO_LONG']],
  ])('a refused update (%i %j) is reported by the fields of the input', async (status, body, change, issues) => {
    const { gateway, origin } = await startChartbrewStub({ PUT: { status, body } });
    const result = await runMutation(gateway, 'updateConnection', { id, ...change });
    expect(result).toMatchObject({ __typename: 'ValidationError' });
    expect(issuesOf(result)).toEqual(issues);
    expect(result.issues.every(({ source }: { source: string }) => source === 'VENDOR')).toBe(true);
    expect(await callsTo(origin)).toEqual(['GET /team/7/connections/31', 'PUT /team/7/connections/31']);
  });

  it('a refusal by a policy is reported with the code of the policy only', async () => {
    const { gateway } = await startChartbrewStub({ PUT: { status: 400, body: { code: 'SOURCE_DISABLED' } } });
    const { issues } = await runMutation(gateway, 'updateConnection', { id, ...everything });
    expect(issues).toMatchObject([{ vendorCode: 'SOURCE_DISABLED', message: expect.stringContaining('disabled') }]);
  });

  it.each<[number, unknown, Values]>([
    [
      401,
      'Unauthorized access. pw-secret-1',
      { __typename: 'VendorUnavailableError', unavailable: 'CREDENTIALS_REJECTED' },
    ],
    [403, { message: 'Access denied pw-secret-1' }, { __typename: 'PermissionError', vendorStatus: 403 }],
    [404, { error: 'Not Found pw-secret-1' }, { __typename: 'NotFoundError', id }],
    [429, 'pw-secret-1', { __typename: 'RateLimitedError', vendorStatus: 429 }],
  ])('a refused update with the status %i is reported by its error type', async (status, body, reported) => {
    const { gateway } = await startChartbrewStub({ PUT: { status, body } });
    expect(await runMutation(gateway, 'updateConnection', { id, ...everything })).toMatchObject(reported);
  });

  it.each<[string, number, unknown]>([
    ['a page', 200, page('pw-secret-1')],
    ['a list', 200, [STUB_ROW]],
    ['a row without an id', 200, { name: 'pw-secret-1' }],
    ['a timeout of the proxy', 504, page('pw-secret-1')],
  ])('the outcome of an update is unknown after %s', async (_what, status, body) => {
    const { gateway } = await startChartbrewStub({ PUT: { status, body } });
    const result = await runMutation(gateway, 'updateConnection', { id, ...everything });
    expect(result).toMatchObject({
      __typename: 'OutcomeUnknownError',
      probe: 'Read the connection again before you try again.',
      instance: { key: 'chartbrew' },
    });
  });
});

describe('The upload of files after an update at Chartbrew', () => {
  // A new certificate authority may trust another server, so the update must provide the other secrets.
  const both = {
    config: { postgres: { password: { replace: 'pw-secret-1' }, tls: { ca: { replace: CERTIFICATE } } } },
    options: everything.options,
  };
  const alone = { config: { postgres: { tls: { certificate: { replace: CERTIFICATE } } } } };
  const PUT = { status: 200, body: { ...STUB_ROW, sslCa: null } };

  it.each<[number, unknown, RegExp]>([
    [
      500,
      page('MulterError: pem-secret-1'),
      /^Chartbrew changed the connection, but did not confirm that it stored this file\.$/,
    ],
    [404, page('Cannot POST pem-secret-1'), /could not be uploaded/],
    [403, { error: 'Not authorized' }, /^Chartbrew changed the connection, but this file could not be uploaded\.$/],
    [200, page('pem-secret-1'), /did not confirm that it stored this file/],
  ])('a failed upload after an update is a warning, and the update stays: %i %j', async (status, body, message) => {
    const { gateway, origin } = await startChartbrewStub({ PUT, 'POST files': { status, body } });
    const result = await runMutation(gateway, 'updateConnection', { id, ...both });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(result.warnings).toEqual([
      {
        path: ['input', 'config', 'postgres', 'tls', 'ca'],
        code: 'CERTIFICATES_NOT_UPLOADED',
        message: expect.stringMatching(message),
      },
    ]);
    expect(storedSecrets(result.connection.secrets)).toEqual([
      'config.postgres.password',
      'options.chartbrew.ssh.password',
    ]);
    expect(await callsTo(origin)).toEqual([
      'GET /team/7/connections/31',
      'PUT /team/7/connections/31',
      'POST /team/7/connections/31/files',
    ]);
  });

  it.each<[number, unknown, Values]>([
    [404, { error: 'Not Found' }, { __typename: 'NotFoundError', id }],
    [403, { error: 'Not authorized' }, { __typename: 'PermissionError' }],
    [400, {}, { __typename: 'VendorUnavailableError', unavailable: 'BAD_RESPONSE', vendorStatus: 400 }],
    [200, page('pem-secret-1'), { __typename: 'OutcomeUnknownError' }],
  ])('a failed upload without an update is an error: %i', async (status, body, reported) => {
    const { gateway, origin } = await startChartbrewStub({ 'POST files': { status, body } });
    expect(await runMutation(gateway, 'updateConnection', { id, ...alone })).toMatchObject(reported);
    expect(await callsTo(origin)).toEqual(['GET /team/7/connections/31', 'POST /team/7/connections/31/files']);
  });

  it('files are not uploaded after a refused update', async () => {
    const { gateway, origin } = await startChartbrewStub({ PUT: { status: 400, body: {} } });
    expect(await runMutation(gateway, 'updateConnection', { id, ...both })).toMatchObject({
      __typename: 'ValidationError',
    });
    expect(await callsTo(origin)).toEqual(['GET /team/7/connections/31', 'PUT /team/7/connections/31']);
  });
});

describe('An update that Chartbrew answers with every secret in clear', () => {
  it('an update that Chartbrew answers with all secrets in clear returns none of them', async () => {
    const hostile = {
      ...STUB_ROW,
      name: 'one',
      password: 'pw-secret-1',
      connectionString: 'postgresql://bi:url-secret-1@db.acme.example/orders',
      host: 'https://bi:url-secret-2@db.acme.example/?token=url-secret-3',
      options: [{ 'X-Api-Key': 'entry-secret-1' }],
      authentication: { type: 'basic_auth', user: 'bi', pass: 'pw-secret-2' },
      sshPassword: 'ssh-secret-1',
      sshPassphrase: 'ssh-secret-2',
      firebaseServiceAccount: { private_key_id: 'key-secret-1', private_key: PRIVATE_KEY },
    };
    const { gateway } = await startChartbrewStub({ PUT: { status: 200, body: hostile } });
    const { connection } = await runMutation(gateway, 'updateConnection', { id, name: 'one more' });
    expect(connection.config).toMatchObject({ host: 'db.acme.example', connectionString: { status: 'SET' } });
  });
});

describe('A delete at Chartbrew', () => {
  it.each<[string, number, unknown, Values]>([
    ['the connection does not exist', 404, { error: 'Not Found' }, { __typename: 'NotFoundError', id }],
    ['the gateway has no permission', 403, { error: 'Not authorized pw-secret-1' }, { __typename: 'PermissionError' }],
    [
      'the key of the gateway is refused',
      401,
      'Unauthorized access.',
      { __typename: 'VendorUnavailableError', unavailable: 'CREDENTIALS_REJECTED' },
    ],
    [
      'Chartbrew answers with a page',
      200,
      page('pw-secret-1'),
      { __typename: 'OutcomeUnknownError', probe: 'Read the connection again before you try again.' },
    ],
    ['the answer does not confirm the delete', 200, { removed: false }, { __typename: 'OutcomeUnknownError' }],
    ['the answer lacks `removed`', 200, {}, { __typename: 'OutcomeUnknownError' }],
    ['the answer has `removed` as a text', 200, { removed: 'true' }, { __typename: 'OutcomeUnknownError' }],
    ['a proxy reports a timeout', 504, page('pw-secret-1'), { __typename: 'OutcomeUnknownError' }],
  ])('the result of a delete is reported: %s', async (_what, status, body, reported) => {
    const { gateway, origin } = await startChartbrewStub({ DELETE: { status, body } });
    expect(await runMutation(gateway, 'deleteConnection', { id })).toMatchObject(reported);
    expect((await callsTo(origin)).filter((call) => !call.startsWith('GET'))).toEqual([
      'DELETE /team/7/connections/31',
    ]);
  });
});

const never = () => new Promise<SandboxResponse>(() => {});

describe('A write by id that Chartbrew does not answer in time', () => {
  const password = { config: { postgres: { password: { replace: 'pw-secret-1' } } } };
  const file = { config: { postgres: { tls: { key: { replace: PRIVATE_KEY } } } } };

  it.each<[string, 'updateConnection' | 'deleteConnection', Values]>([
    ['PUT', 'updateConnection', password],
    ['POST files', 'updateConnection', file],
    ['DELETE', 'deleteConnection', {}],
  ])(
    'a write by id that times out has an unknown outcome and is not aborted, because that may crash the server (%s)',
    async (call, mutation, change) => {
      const deadline = createManualDeadline();
      const unanswered = () => {
        deadline.end();
        return never();
      };
      const timeouts = { writeMs: deadline.durationMs };
      const { gateway, origin } = await startChartbrewStub({ [call]: unanswered }, { timeouts });
      const result = await runMutation(gateway, mutation, { id, ...change });
      expect(result).toMatchObject({
        __typename: 'OutcomeUnknownError',
        probe: 'Read the connection again before you try again.',
      });
      // The journal would have noted an aborted call by now.
      expect(await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id })).toMatchObject({
        status: 200,
      });
      const writes = (await journalOf(origin)).filter(({ method }) => method !== 'GET');
      expect(writes).toHaveLength(1);
      expect(writes[0]).not.toHaveProperty('hungUp');
    },
  );
});
