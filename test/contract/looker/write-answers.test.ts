// How answers of Looker to updates and deletes are reported: refusals by field, missing connections, an
// override that is not removed, secrets in every text. A stub gives these answers, because the sandbox does not.
import { describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { ok, STUB_ID as id, startLookerStub, type Values } from './stub.ts';

const READ = 'GET /connections/orders';
const PATCH = 'PATCH /connections/orders';
const DELETE = 'DELETE /connections/orders';
const DROP = 'DELETE /connections/orders/connection_override/pdt';

const row = {
  name: 'orders',
  dialect_name: 'postgres',
  host: 'db.acme.example',
  jdbc_additional_params: null,
  after_connect_statements: null,
  has_password: true,
  uses_key_pair_auth: false,
  uses_service_auth: false,
  pdt_context_override: { context: 'pdt', username: 'builder', has_password: false },
};
const plain = { ...row, pdt_context_override: null };

const hostile = (status: number): SandboxResponse => ({
  status,
  body: { message: 'pw-secret-9', errors: [{ field: 'pw-secret-9', code: 'pw-secret-9', message: 'pw-secret-9' }] },
});

/** A row without secrets that an update could redirect. */
const withoutPassword = { config: { postgres: { password: { clear: true } } } };
const CLEARED = Object.fromEntries(
  ['certificate', 'jdbcAdditionalParams', 'afterConnectStatements'].map((secret) => [secret, { clear: true }]),
);
const database = { config: { postgres: { database: 'sales' } } };
const removal = { options: { looker: { pdtOverride: null } } };

describe('An update that Looker refuses', () => {
  const PLACES: readonly (readonly [field: string, input: Values, path: string])[] = [
    ['database', database, 'input.config.postgres.database'],
    ['schema', { config: { postgres: { schema: 'x' } } }, 'input.config.postgres.schema'],
    ['password', { config: { postgres: { password: { replace: 'pw-secret-1' } } } }, 'input.config.postgres.password'],
    ['max_queries', { options: { looker: { maxQueries: 1 } } }, 'input.options.looker.maxQueries'],
    [
      'pdt_context_override.username',
      { options: { looker: { pdtOverride: { username: 'x', ...CLEARED } } }, ...withoutPassword },
      'input.options.looker.pdtOverride.username',
    ],
    ['pw-secret-9', database, 'input.config.postgres'],
  ];

  it.each(PLACES)(
    "Looker's refusal of an update is reported by the path of the field: %s",
    async (field, input, path) => {
      for (const status of [422, 400]) {
        const body = { message: 'pw-secret-9', errors: [{ field, code: 'invalid', message: 'pw-secret-9' }] };
        const { update } = await startLookerStub({ [READ]: ok(row), [PATCH]: { status, body } });
        const result = await update(input);
        expect(issuesOf(result)).toEqual([`${path} INVALID`]);
        expect(result.issues[0]).toMatchObject({ source: 'VENDOR', vendorCode: 'invalid' });
      }
    },
  );

  it.each([
    [403, { __typename: 'PermissionError', vendorStatus: 403 }],
    [409, { __typename: 'VendorUnavailableError', unavailable: 'BAD_RESPONSE', vendorStatus: 409 }],
    [429, { __typename: 'RateLimitedError', vendorStatus: 429 }],
    [504, { __typename: 'OutcomeUnknownError', probe: 'Read the connection again before you try again.' }],
    [404, { __typename: 'NotFoundError' }],
    [410, { __typename: 'NotFoundError' }],
  ])(
    "Looker's refusal of an update is reported by its status %i, without quoting the answer",
    async (status, expected) => {
      const { update, calls } = await startLookerStub({ [READ]: ok(row), [PATCH]: hostile(status) });
      expect(await update(database)).toMatchObject(expected);
      // An update is never repeated.
      expect((await calls()).filter((call) => call === PATCH)).toHaveLength(1);
    },
  );

  it('an update without an answer has an unknown outcome', async () => {
    const { update } = await startLookerStub({ [READ]: ok(row), [PATCH]: ok('pw-secret-9') });
    expect(await update(database)).toMatchObject({
      __typename: 'OutcomeUnknownError',
      probe: 'Read the connection again before you try again.',
    });
  });

  it('an update is not sent when the connection that must be read first does not exist', async () => {
    const athena = { ...plain, dialect_name: 'athena', host: 'athena.eu-west-1.amazonaws.com' };
    const { update, calls } = await startLookerStub({ [READ]: [ok(athena), hostile(404)] });
    const config = { athena: { s3StagingDir: 's3://acme/b/', secretAccessKey: { replace: 'pw-secret-2' } } };
    expect(await update({ config })).toMatchObject({ __typename: 'NotFoundError', id });
    expect(await calls()).toEqual([READ, READ]);
  });

  it('secrets in other fields of a refusal are not quoted', async () => {
    const echo = {
      ...plain,
      password: 'pw-secret-9',
      certificate: 'pw-secret-9',
      jdbc_additional_params: 'k=pw-secret-9',
    };
    const { update } = await startLookerStub({ [READ]: ok(plain), [PATCH]: ok(echo) });
    expect(await update(database)).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
  });
});

describe('Driver parameters of Snowflake', () => {
  const snowflake = { ...plain, dialect_name: 'snowflake', host: 'acme.snowflakecomputing.com' };

  it('driver parameters of Snowflake are joined by the separator that the row already uses', async () => {
    const stored = ok({ ...snowflake, jdbc_additional_params: 'queryTag=jdbc-secret-1;x=1' });
    const { update, sent } = await startLookerStub({ [READ]: stored, [PATCH]: stored });
    await update({ config: { snowflake: { role: 'R', warehouse: 'WH' } } });
    expect(await sent()).toEqual([{ jdbc_additional_params: 'warehouse=WH;role=R;queryTag=jdbc-secret-1;x=1' }]);
  });

  it('the account from the host is added to the driver parameters of Snowflake', async () => {
    const { update, sent } = await startLookerStub({ [READ]: ok(snowflake), [PATCH]: ok(snowflake) });
    const secrets = { password: { clear: true }, privateKey: { clear: true } };
    await update({
      config: { snowflake: { hostOverride: 'acme.privatelink.example', ...secrets } },
      options: { looker: { certificate: { clear: true } } },
    });
    expect(await sent()).toEqual([
      {
        host: 'acme.privatelink.example',
        jdbc_additional_params: 'account=acme',
        password: null,
        certificate: null,
        uses_key_pair_auth: false,
      },
    ]);
  });
});

describe('The removal of an override for derived tables', () => {
  it('an override is removed by a call of its own', async () => {
    const { update, calls } = await startLookerStub({ [READ]: ok(row), [DROP]: { status: 204 } });
    const result = await update(removal);
    expect(result).toMatchObject({ warnings: [], connection: { details: { pdtOverride: null } } });
    expect(await calls()).toEqual([READ, DROP]);
  });

  it('an override is removed after the other changes', async () => {
    const { update, calls } = await startLookerStub({
      [READ]: ok(row),
      [PATCH]: ok({ ...row, database: 'sales' }),
      [DROP]: { status: 204 },
    });
    const result = await update({ ...database, ...removal });
    expect(result).toMatchObject({
      warnings: [],
      connection: { config: { database: 'sales' }, details: { pdtOverride: null } },
    });
    expect(await calls()).toEqual([READ, PATCH, DROP]);
  });

  it('an override that is not removed after other changes is a warning', async () => {
    for (const drop of [hostile(403), hostile(500), hostile(504), hostile(404)]) {
      const { update } = await startLookerStub({
        [READ]: ok(row),
        [PATCH]: ok({ ...row, database: 'sales' }),
        [DROP]: drop,
      });
      expect(await update({ ...database, ...removal })).toMatchObject({
        __typename: 'UpdateConnectionSuccess',
        warnings: [{ code: 'OVERRIDE_NOT_REMOVED', path: ['input', 'options', 'looker', 'pdtOverride'] }],
        connection: { config: { database: 'sales' }, details: { pdtOverride: { username: 'builder' } } },
      });
    }
  });

  it.each([
    [403, { __typename: 'PermissionError' }],
    [500, { __typename: 'OutcomeUnknownError' }],
    [504, { __typename: 'OutcomeUnknownError' }],
    [404, { __typename: 'VendorUnavailableError', vendorStatus: 404 }],
  ])('an override that is not removed is an error when nothing else changes: %i', async (status, expected) => {
    const { update } = await startLookerStub({ [READ]: ok(row), [DROP]: hostile(status) });
    expect(await update(removal)).toMatchObject(expected);
  });

  it('a removal of a missing override succeeds, but not when the connection is missing', async () => {
    const goneAlready = await startLookerStub({ [READ]: [ok(row), ok(plain)], [DROP]: hostile(404) });
    expect(await goneAlready.update(removal)).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    const gone = await startLookerStub({ [READ]: [ok(row), hostile(404)], [DROP]: hostile(404) });
    expect(await gone.update(removal)).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('no call is made to remove an override that does not exist', async () => {
    const { update, calls } = await startLookerStub({ [READ]: ok(plain), [DROP]: { status: 204 } });
    expect(await update(removal)).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(await calls()).toEqual([READ]);
  });
});

describe('A delete at Looker', () => {
  it.each([
    [204, { __typename: 'DeleteConnectionSuccess', archived: false }],
    [404, { __typename: 'NotFoundError' }],
    [403, { __typename: 'PermissionError' }],
    [504, { __typename: 'OutcomeUnknownError', probe: 'Read the connection again before you try again.' }],
  ])('a delete that Looker answers with %i is reported', async (status, expected) => {
    const { remove, calls } = await startLookerStub({
      [READ]: ok(row),
      [DELETE]: status === 204 ? { status } : hostile(status),
    });
    expect(await remove()).toMatchObject(expected);
    expect((await calls()).filter((call) => call === DELETE)).toHaveLength(1);
  });
});
