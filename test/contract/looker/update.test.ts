// What can and cannot be updated at Looker: options, driver parameters that config and options share, and ports with
// two fields. The requests are typed from the vendor's notes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';
import { optionChanges } from './option-cases.ts';
import { KEY_FILE } from '../create-case.ts';
import { KEY_FILE_BASE64 } from './create-cases/files.ts';
import { repeatedSecret, updateHelpers, patched, type Values } from './updates.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.reset('looker'));
afterAll(() => gateway.close());

const { prepare, change, refused } = updateHelpers(() => gateway);

/** Changes that redirect the connection, so that no stored password may be kept. */
const beside = (leads: true | undefined) =>
  leads ? { input: { config: repeatedSecret }, body: { password: 'pw-secret-2' } } : { input: {}, body: {} };

/** The body that a BigQuery key file results in. */
const SENT_KEY_FILE = {
  certificate: KEY_FILE_BASE64,
  file_type: '.json',
  username: 'bi@acme-web.iam.gserviceaccount.com',
};

const reads = (received: readonly { method: string }[]) => received.map(({ method }) => method);
const toPort = (port: number) => ({ postgres: { ...repeatedSecret.postgres, port } });

describe('An option of Looker in an update', () => {
  it.each(optionChanges)('the option $option is set', async ({ option, value, sends, leads }) => {
    const id = await prepare('postgres');
    const { input, body } = beside(leads);
    const { result, sent } = await change(id, { ...input, options: { [option]: value } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    expect(sent).toEqual(patched({ ...body, ...sends }));
  });

  it.each(optionChanges.filter(({ clears }) => clears))('the option $option is cleared', async (one) => {
    const { option, value, clears, leads } = one;
    const id = await prepare('postgres');
    const { input, body } = beside(leads);
    await change(id, { ...input, options: { [option]: value } });
    const isSecret = Object.hasOwn(Object(value), 'replace');
    const { sent } = await change(id, { ...input, options: { [option]: isSecret ? { clear: true } : null } });
    expect(sent).toEqual(patched({ ...body, ...clears }));
  });

  it.each(optionChanges.filter(({ clears }) => clears === null))(
    'the option $option cannot be cleared',
    async (one) => {
      const id = await prepare('postgres');
      await change(id, { ...beside(one.leads).input, options: { [one.option]: one.value } });
      expect(await refused(id, { options: { [one.option]: null } })).toEqual([
        `input.options.looker.${one.option} NOT_ALLOWED`,
      ]);
    },
  );

  it.each([
    ['maxBillingGigabytes', 'max_billing_gigabytes', '10'],
    ['maxBillingGigabytes', 'max_billing_gigabytes', 'gigabytes_of_user'],
    ['rolesVerified', 'bq_roles_verified', true],
  ])('an option of BigQuery is set and cleared: %s', async (option, wire, value) => {
    const id = await prepare('bigquery');
    expect((await change(id, { options: { [option]: value } })).sent).toEqual(patched({ [wire]: value }));
    expect((await change(id, { options: { [option]: null } })).sent).toEqual(patched({ [wire]: null }));
  });

  it.each([
    ['storageProjectId', 'bq_storage_project_id', 'acme-storage'],
    ['usesApplicationDefaultCredentials', 'uses_application_default_credentials', true],
    ['impersonatedServiceAccount', 'impersonated_service_account', 'bi@acme.example'],
  ])('an option of BigQuery is set and cleared together with the key: %s', async (option, wire, value) => {
    const id = await prepare('bigquery');
    const config = { bigquery: { serviceAccountKey: { replace: KEY_FILE } } };
    expect((await change(id, { config, options: { [option]: value } })).sent).toEqual(
      patched({ [wire]: value, ...SENT_KEY_FILE }),
    );
    expect((await change(id, { config, options: { [option]: null } })).sent).toEqual(
      patched({ [wire]: null, ...SENT_KEY_FILE }),
    );
  });

  it.each([
    ['dbTimezone', "UTC'; DROP TABLE t"],
    ['dbTimezone', 'UTC&user=sa'],
    ['queryTimezone', 'Europe/Paris;user=sa'],
    ['queryTimezone', 'Europe/Paris?x=1'],
    ['queryTimezone', 'Pacific Time'],
    ['maxBillingGigabytes', '10;user=sa'],
    ['maxBillingGigabytes', '10 GB'],
  ])('an option with a restricted form refuses another one: %s, %s', async (option, value) => {
    const id = await prepare('bigquery');
    expect(await refused(id, { options: { [option]: value } })).toEqual([`input.options.looker.${option} INVALID`]);
  });

  it.each(['UTC', 'Etc/GMT+5', 'America/Port-au-Prince', '+05:30'])(
    'an option accepts the time zone %s',
    async (zone) => {
      const id = await prepare('postgres');
      expect((await change(id, { options: { dbTimezone: zone, queryTimezone: zone } })).sent).toEqual(
        patched({ db_timezone: zone, query_timezone: zone }),
      );
    },
  );

  it('an option with its stored value is not sent', async () => {
    const id = await prepare('postgres', {
      dialectName: 'azure_postgres',
      maxQueries: 3,
      userAttributeFields: ['username'],
    });
    const same = { dialectName: 'azure_postgres', maxQueries: 3, userAttributeFields: ['username'], tunnelId: null };
    const { result, sent } = await change(id, { options: same, config: { postgres: { host: 'db.acme.example' } } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(sent).toEqual([]);
  });
});

describe('The Looker dialect name in an update', () => {
  it('the Looker dialect name can change within the dialect only', async () => {
    const id = await prepare('postgres');
    expect(await refused(id, { config: repeatedSecret, options: { dialectName: 'mysql_8' } })).toEqual([
      'input.options.looker.dialectName INVALID',
    ]);
    expect(await refused(id, { config: repeatedSecret, options: { dialectName: null } })).toEqual([
      'input.options.looker.dialectName NOT_ALLOWED',
    ]);
    expect(await refused(id, { options: { dialectName: 'azure_postgres' } })).toEqual([
      'input.config.postgres.password SECRET_NEEDED',
    ]);
  });

  it('an unknown Looker dialect name cannot change', async () => {
    const id = await prepare('other');
    const password = { replace: 'pw-secret-2' };
    expect(await refused(id, { config: { other: { dialectName: 'exasol_7', password } } })).toEqual([
      'input.config.other.dialectName NOT_ALLOWED',
    ]);
    expect(await refused(id, { config: { other: { password } }, options: { dialectName: 'vertica' } })).toEqual([
      'input.options.looker.dialectName EXCLUSIVE',
    ]);
    expect((await change(id, { config: { other: { dialectName: 'vertica', password } } })).sent).toEqual(
      patched({ password: 'pw-secret-2' }),
    );
  });
});

describe('An update at Looker', () => {
  it('an update keeps the name, the dialect and the flags', async () => {
    const id = await prepare('postgres', undefined, { tls: { enabled: true, verify: true } });
    const input = { id, name: 'other', config: { postgres: { tls: { enabled: null, verify: null } } } };
    const { result, sent } = await recordSent(gateway, 'looker', () => runMutation(gateway, 'updateConnection', input));
    expect(issuesOf(result)).toEqual([
      'input.config.postgres.tls.enabled NOT_ALLOWED',
      'input.config.postgres.tls.verify NOT_ALLOWED',
      'input.name NOT_ALLOWED',
    ]);
    expect(sent).toEqual([]);
    expect(await refused(id, { config: { mysql: { host: 'x.example' } } })).toEqual(['input.config.mysql MISMATCH']);
  });

  it('a field that the dialect requires cannot be cleared', async () => {
    const id = await prepare('postgres');
    expect(await refused(id, { config: { postgres: { host: null, password: { clear: true } } } })).toEqual([
      'input.config.postgres.host REQUIRED',
    ]);
  });
});

describe('Driver parameters that config and options share', () => {
  const token = { accessToken: { replace: 'pw-secret-2' } };
  const secretKey = { secretAccessKey: { replace: 'pw-secret-2' } };
  const own = { jdbcAdditionalParams: 'EnableArrow=0;UID=jdbc-secret-1' };

  it('the driver parameters in the options are required when the config changes its parameters in a way that may redirect the connection', async () => {
    const id = await prepare('athena', { jdbcAdditionalParams: 'Workgroup=bi;UID=jdbc-secret-1' });
    const athena = { s3StagingDir: 's3://acme/b c/', ...secretKey };
    expect(await refused(id, { config: { athena } })).toEqual([
      'input.options.looker.jdbcAdditionalParams SECRET_NEEDED',
    ]);
    const options = { jdbcAdditionalParams: { replace: 'Workgroup=bi;UID=jdbc-secret-2' } };
    const { sent, received } = await change(id, { config: { athena }, options });
    expect(sent).toEqual(
      patched({
        password: 'pw-secret-2',
        jdbc_additional_params: 's3_staging_dir=s3://acme/b%20c/&Workgroup=bi;UID=jdbc-secret-2',
      }),
    );
    expect(reads(received)).toEqual(['GET', 'GET', 'PATCH']);
  });

  it('driver parameters are kept unchanged when a change does not redirect the connection', async () => {
    const id = await prepare('snowflake', { jdbcAdditionalParams: 'queryTag=bi;UID=jdbc-secret-1' });
    const { sent, received } = await change(id, { config: { snowflake: { warehouse: 'A B' } } });
    expect(sent).toEqual(
      patched({ jdbc_additional_params: 'account=acme&warehouse=A%20B&queryTag=bi;UID=jdbc-secret-1' }),
    );
    expect(reads(received)).toEqual(['GET', 'GET', 'PATCH']);
  });

  it('stored driver parameters are not sent to another server', async () => {
    const id = await prepare('databricks', own);
    expect(await refused(id, { config: { databricks: { httpPath: '/sql/2', ...token } } })).toEqual([
      'input.options.looker.jdbcAdditionalParams SECRET_NEEDED',
    ]);
  });

  it('the parameters of the config are kept when the driver parameters in the options are replaced or cleared', async () => {
    const id = await prepare('databricks', own);
    const theirs = (jdbcAdditionalParams: Values) =>
      change(id, { config: { databricks: token }, options: { jdbcAdditionalParams } });
    expect((await theirs({ replace: 'UID=jdbc-secret-2' })).sent).toEqual(
      patched({ password: 'pw-secret-2', jdbc_additional_params: 'httpPath=/sql/1&UID=jdbc-secret-2' }),
    );
    const cleared = await theirs({ clear: true });
    expect(cleared.sent).toEqual(patched({ password: 'pw-secret-2', jdbc_additional_params: 'httpPath=/sql/1' }));
    expect(reads(cleared.received)).toEqual(['GET', 'GET', 'PATCH']);
    expect(cleared.result.connection).toMatchObject({
      config: { httpPath: '/sql/1' },
      details: { jdbcAdditionalParams: { status: 'NOT_SET' } },
    });
  });

  it('config and options may change their driver parameters together', async () => {
    const id = await prepare('snowflake', { jdbcAdditionalParams: 'queryTag=jdbc-secret-1' });
    const { sent } = await change(id, {
      config: {
        snowflake: { warehouse: 'A&B', role: 'R', password: { replace: 'pw-secret-2' }, privateKey: { clear: true } },
      },
      options: { jdbcAdditionalParams: { replace: 'queryTag=jdbc-secret-2' }, certificate: { clear: true } },
    });
    expect(sent).toEqual(
      patched({
        password: 'pw-secret-2',
        certificate: null,
        uses_key_pair_auth: false,
        jdbc_additional_params: 'role=R&account=acme&warehouse=A%26B&queryTag=jdbc-secret-2',
      }),
    );
  });

  it('a driver parameter is refused in the options when the config sets it', async () => {
    const id = await prepare('databricks', own);
    const options = { jdbcAdditionalParams: { replace: 'HTTPPATH=/jdbc-secret-1' } };
    expect(await refused(id, { config: { databricks: token }, options })).toEqual([
      'input.options.looker.jdbcAdditionalParams EXCLUSIVE',
    ]);
  });

  it('the options own all driver parameters when the config of the dialect has none', async () => {
    const id = await prepare('postgres');
    const options = { jdbcAdditionalParams: { replace: 'httpPath=/jdbc-secret-1' } };
    const { sent, received } = await change(id, { config: repeatedSecret, options });
    expect(sent).toEqual(patched({ password: 'pw-secret-2', jdbc_additional_params: 'httpPath=/jdbc-secret-1' }));
    expect(reads(received)).toEqual(['GET', 'PATCH']);
  });
});

describe('The port in an update at Looker', () => {
  const attribute = { portUserAttribute: 'db_port', userAttributeFields: ['port'] };

  it('a port can change from a number to a user attribute and back', async () => {
    const id = await prepare('postgres', undefined, { port: 5432 });
    expect((await change(id, { config: repeatedSecret, options: attribute })).sent).toEqual(
      patched({ password: 'pw-secret-2', port: 'db_port', user_attribute_fields: ['port'] }),
    );
    expect((await change(id, { config: toPort(5433) })).sent).toEqual(
      patched({ password: 'pw-secret-2', port: '5433' }),
    );
    expect((await change(id, { config: repeatedSecret, options: { portUserAttribute: 'db_port' } })).sent).toEqual(
      patched({ password: 'pw-secret-2', port: 'db_port' }),
    );
    expect((await change(id, { config: repeatedSecret, options: { portUserAttribute: null } })).sent).toEqual(
      patched({ password: 'pw-secret-2', port: null }),
    );
  });

  it('a cleared port is the usual one when the config of the dialect has no port', async () => {
    const id = await prepare('databricks', attribute);
    const config = { databricks: { accessToken: { replace: 'pw-secret-2' } } };
    expect((await change(id, { config, options: { portUserAttribute: null } })).sent).toEqual(
      patched({ password: 'pw-secret-2', port: '443' }),
    );
  });
});

describe('Per-user credentials in an update at Looker', () => {
  it('per-user credentials remove shared ones that are stored or provided', async () => {
    const id = await prepare('postgres');
    const options = { usesUserCredentials: true };
    expect(await refused(id, { options })).toEqual(['input.config.postgres.password SECRET_NEEDED']);
    const config = { postgres: { password: { clear: true } } };
    const { result, sent } = await change(id, { config, options });
    expect(sent).toEqual(patched({ user_db_credentials: true, password: null }));
    expect(result.warnings).toEqual([
      {
        code: 'USER_CREDENTIALS_ERASED',
        path: ['input', 'options', 'looker', 'usesUserCredentials'],
        message:
          'Looker erases the stored user name and password, since each user signs in with their own credentials.',
      },
    ]);
    expect(result.connection.config).toMatchObject({ username: null, password: { status: 'NOT_SET' } });

    const given = await change(id, { config: repeatedSecret });
    expect(given.result.warnings).toEqual([
      {
        code: 'USER_CREDENTIALS_ERASED',
        path: ['input', 'config', 'postgres'],
        message:
          'Looker erases the provided user name and password, since each user signs in with their own credentials.',
      },
    ]);
    expect(given.result.connection.config.password).toMatchObject({ status: 'NOT_SET' });
  });

  it.each([
    [false, true, [{ code: 'USER_CREDENTIALS_ERASED', path: ['input', 'config', 'postgres'] }]],
    [true, false, []],
  ])(
    'per-user credentials erase a password of the same update only when the update turns them on: %j becomes %j',
    async (before, after, warnings) => {
      const id = await prepare('postgres', { usesUserCredentials: before });
      const { result } = await change(id, { config: repeatedSecret, options: { usesUserCredentials: after } });
      expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings });
      expect(result.warnings).toHaveLength(warnings.length);
    },
  );

  it('per-user credentials get no warning when no shared ones are stored', async () => {
    const id = await prepare('postgres', undefined, { username: null, password: null });
    const { result } = await change(id, { options: { usesUserCredentials: true } });
    expect(result.warnings).toEqual([]);
  });

  it('per-user credentials are not sent to Trino without encryption', async () => {
    const trino = { host: 't.acme.example', username: 'bi', password: 'pw-secret-1', tls: { enabled: false } };
    const { id } = await createForUpdate(gateway, { instance: 'looker', name: 'cell', config: { trino } });
    const { result } = await change(id, { config: { trino: { password: { replace: 'pw-secret-2' } } } });
    expect(result.warnings).toMatchObject([{ code: 'FIELD_IGNORED', path: ['input', 'config', 'trino', 'password'] }]);
  });
});
