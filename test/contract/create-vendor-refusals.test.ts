// How a vendor's refusal of a create is reported: by the fields of the input,
// with Patchbay's messages.
import { describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../src/sandbox/server.ts';
import { create } from '../support/create-connection.ts';
import type { VendorName } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

const OPTIONS = {
  looker: { looker: { dbTimezone: 'UTC', dialectName: 'postgres' } },
  omni: { omni: { queryTimeoutSeconds: 60 } },
  credible: { credible: { excludeAllTables: true } },
  chartbrew: { chartbrew: { ssh: { enabled: true, host: 'bastion', username: 'hop', password: 'ssh-secret-1' } } },
} as const;

/** Runs a create that the vendor answers in this way, and returns the result. */
async function createAgainst(vendor: VendorName, refusal: SandboxResponse, name = 'orders') {
  const { gateway, close } = await startStubbedGateway(vendor, ({ path }) =>
    path.endsWith('/login') ? { status: 200, body: { access_token: 'token-1', expires_in: 3600 } } : refusal,
  );
  try {
    const postgres = { host: 'db', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
    const input = { instance: vendor, name, config: { postgres }, options: OPTIONS[vendor] };
    const { result, text } = await create(gateway, input);
    expect([text, ...gateway.log].join('\n')).not.toContain('pw-secret-1');
    return result;
  } finally {
    await close();
  }
}

interface Told {
  readonly path: readonly string[];
  readonly code: string;
  readonly vendorCode: string | null;
}

const refusalOf = async (vendor: VendorName, status: number, body: unknown): Promise<string[]> => {
  const result = await createAgainst(vendor, { status, body });
  expect(result).toMatchObject({ __typename: 'ValidationError' });
  expect(result.issues.map(({ source }: { source: string }) => source)).toEqual(result.issues.map(() => 'VENDOR'));
  return result.issues.map(({ path, code, vendorCode }: Told) =>
    [path.join('.'), code, ...(vendorCode === null ? [] : [vendorCode])].join(' '),
  );
};

const lookerErrors = (...errors: readonly (readonly [field: string, code: string])[]) => ({
  message: 'Validation Failed',
  errors: errors.map(([field, code]) => ({ field, code, message: 'pw-secret-1 is wrong.' })),
});
const detail = (text: string) => ({ detail: text, status: 400 });
const invalid = (message: string) => ({ code: 'INVALID_ARGUMENT', message });
const violations = (...paths: readonly string[]) => ({
  name: 'SequelizeValidationError',
  errors: paths.map((path) => ({ path, message: 'string violation', value: 'pw-secret-1' })),
});

describe('A refusal by a vendor that names a field', () => {
  it.each([
    [
      'looker',
      422,
      lookerErrors(
        ['host', 'missing_field'],
        ['port', 'invalid'],
        ['db_timezone', 'invalid'],
        ['dialect_name', 'missing'],
      ),
      [
        'input.config.postgres.host REQUIRED missing_field',
        'input.config.postgres.port INVALID invalid',
        'input.options.looker.dbTimezone INVALID invalid',
        'input.options.looker.dialectName INVALID missing',
      ],
    ],
    ['looker', 422, lookerErrors(['name', 'invalid']), ['input.name INVALID invalid']],
    ['looker', 422, lookerErrors(['can', 'pw-secret-1']), ['input.config.postgres INVALID']],
    ['looker', 422, { message: 'pw-secret-1' }, ['input INVALID']],
    ['looker', 400, { message: 'pw-secret-1' }, ['input INVALID']],
    ['omni', 400, detail('Bad Request: host: Required'), ['input.config.postgres.host REQUIRED']],
    [
      'omni',
      400,
      { error: 'Bad Request', message: 'Bad Request: host: Required' },
      ['input.config.postgres.host REQUIRED'],
    ],
    ['omni', 400, detail('Bad Request: name: Required'), ['input.name REQUIRED']],
    ['omni', 400, detail('Bad Request: defaultSchema: Required'), ['input.config.postgres.schema REQUIRED']],
    [
      'omni',
      400,
      detail('Bad Request: port: Expected number, received string'),
      ['input.config.postgres.port INVALID'],
    ],
    [
      'omni',
      400,
      detail('Bad Request: queryTimeoutSeconds: Number must be less than or equal to 3600'),
      ['input.options.omni.queryTimeoutSeconds OUT_OF_RANGE'],
    ],
    [
      'omni',
      400,
      detail('Bad Request: passwordUnencrypted: pw-secret-1 is weak'),
      ['input.config.postgres.password INVALID'],
    ],
    ['omni', 400, detail('Invalid connection dialect'), ['input.config.postgres INVALID']],
    [
      'omni',
      400,
      detail("Bad Request: formErrors: Unrecognized key(s) in object: 'pw-secret-1'"),
      ['input.config.postgres INVALID'],
    ],
    ['omni', 400, 'pw-secret-1', ['input.config.postgres INVALID']],
    [
      'credible',
      400,
      invalid('postgresConnection.port must be an integer'),
      ['input.config.postgres.port INVALID INVALID_ARGUMENT'],
    ],
    [
      'credible',
      400,
      invalid('postgresConnection.userName pw-secret-1'),
      ['input.config.postgres.username INVALID INVALID_ARGUMENT'],
    ],
    ['credible', 400, invalid('name is required'), ['input.name INVALID INVALID_ARGUMENT']],
    ['credible', 400, invalid('name duckdb is reserved'), ['input.name INVALID INVALID_ARGUMENT']],
    [
      'credible',
      400,
      invalid('password "pw-secret-1" is not for this host'),
      ['input.config.postgres INVALID INVALID_ARGUMENT'],
    ],
    ['credible', 422, { code: 'pw-secret-1', message: 'pw-secret-1' }, ['input.config.postgres INVALID']],
    ['chartbrew', 400, violations('name', 'dbName'), ['input.name INVALID', 'input.config.postgres.database INVALID']],
    ['chartbrew', 400, violations('sshHost'), ['input.options.chartbrew.ssh.host INVALID']],
    ['chartbrew', 400, violations('PRIMARY'), ['input.config.postgres INVALID']],
    ['chartbrew', 400, { code: 'ERR_INVALID_ARG_TYPE' }, ['input.config.postgres INVALID']],
    ['chartbrew', 400, { code: 'constructor' }, ['input.config.postgres INVALID']],
    ['looker', 422, lookerErrors(['host', 'constructor']), ['input.config.postgres.host INVALID']],
    [
      'chartbrew',
      400,
      { code: 'SOURCE_DISABLED', sourceId: 'postgres', message: 'pw-secret-1' },
      ['input.config.postgres INVALID SOURCE_DISABLED'],
    ],
    ['chartbrew', 400, { parent: { sql: 'INSERT', parameters: ['pw-secret-1'] } }, ['input.config.postgres INVALID']],
    ['chartbrew', 400, {}, ['input.config.postgres INVALID']],
    // Values of the wrong kind.
    [
      'looker',
      422,
      { errors: [{ field: 'host', code: 'missing_field', message: 5 }] },
      ['input.config.postgres.host REQUIRED missing_field'],
    ],
    ['looker', 422, { errors: [{ field: 5, code: 'missing_field' }] }, ['input INVALID']],
    ['omni', 400, { detail: 5, message: 'Bad Request: host: Required' }, ['input.config.postgres INVALID']],
    ['credible', 400, { code: {}, message: 'name is required' }, ['input.config.postgres INVALID']],
    ['chartbrew', 400, { errors: [{ path: 'dbName', message: {} }] }, ['input.config.postgres.database INVALID']],
    ['chartbrew', 400, { parent: 'p', errors: [{ path: 'dbName' }] }, ['input.config.postgres.database INVALID']],
    [
      'chartbrew',
      400,
      { parent: { sqlMessage: 5 }, errors: [{ path: 'dbName' }] },
      ['input.config.postgres.database INVALID'],
    ],
    ['chartbrew', 413, '<pre>PayloadTooLargeError: pw-secret-1</pre>', ['input TOO_LONG']],
  ] as const)('the refusal of a create is reported as expected: %s, %i: %j', async (vendor, status, body, issues) => {
    expect(await refusalOf(vendor, status, body)).toEqual(issues);
  });
});

const limited = (retryAfterMs: number | null) => ({ __typename: 'RateLimitedError', retryAfterMs });
describe('A refusal by a vendor that names no field', () => {
  const rejected = { __typename: 'VendorUnavailableError', unavailable: 'CREDENTIALS_REJECTED', retryable: false };
  const permission = { __typename: 'PermissionError' };
  // The create may have been carried out before it failed.
  const failed = { __typename: 'OutcomeUnknownError' };

  it.each([
    ['looker', 401, { message: 'Requires authentication.' }, {}, rejected],
    ['looker', 403, { message: 'Forbidden pw-secret-1' }, {}, permission],
    ['looker', 429, { message: 'pw-secret-1' }, { 'retry-after': '7' }, limited(7000)],
    ['omni', 401, detail('pw-secret-1'), {}, rejected],
    ['omni', 403, detail('Invalid bearer token'), {}, rejected],
    ['omni', 403, detail('Permission denied'), {}, permission],
    ['omni', 429, detail('Too many requests'), {}, limited(null)],
    [
      'credible',
      401,
      { code: 'UNAUTHENTICATED', message: 'pw-secret-1' },
      {},
      { ...rejected, vendorCode: 'UNAUTHENTICATED' },
    ],
    [
      'credible',
      403,
      { code: 'PERMISSION_DENIED', message: 'x' },
      {},
      { ...permission, vendorCode: 'PERMISSION_DENIED' },
    ],
    ['credible', 403, { code: 'pw-secret-1', message: 'x' }, {}, { ...permission, vendorCode: null }],
    ['credible', 500, { code: 500, message: 'pw-secret-1' }, {}, failed],
    ['chartbrew', 401, 'Unauthorized access.', {}, rejected],
    ['chartbrew', 403, { message: 'Access denied' }, {}, permission],
    ['chartbrew', 500, '<pre>pw-secret-1</pre>', {}, failed],
  ] as const)(
    'the refusal of a create is reported as expected: %s, %i: %j',
    async (vendor, status, body, headers, expected) => {
      const result = await createAgainst(vendor, { status, body, headers });
      expect(result).toMatchObject({ ...expected, vendorStatus: status, instance: { key: vendor } });
    },
  );
});

describe('An error code of Credible', () => {
  it.each([
    'INVALID_ARGUMENT',
    'FAILED_PRECONDITION',
    'ALREADY_EXISTS',
    'NOT_FOUND',
    'PERMISSION_DENIED',
    'UNAUTHENTICATED',
  ])('a documented error code of Credible is in the message: %s', async (code) => {
    const issues = await refusalOf('credible', 400, { code, message: 'The port is odd.' });
    expect(issues).toEqual([`input.config.postgres.port INVALID ${code}`]);
  });
});

describe('The vendorMessage of a create that Chartbrew refuses', () => {
  it.each([
    [{ error: { text: 'No.' }, message: 'The name is odd.' }, 'The name is odd.'],
    [{ error: 'The name is odd.', message: 5 }, 'The name is odd.'],
    [{ error: 'The name is odd.', message: 'No.' }, 'The name is odd.'],
    [{ error: 5, message: null }, null],
  ])('the vendorMessage is the text in the answer of Chartbrew: %j', async (body, vendorMessage) => {
    expect(await createAgainst('chartbrew', { status: 400, body })).toMatchObject({ issues: [{ vendorMessage }] });
  });
});
