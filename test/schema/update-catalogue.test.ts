// The fields of a stored connection that the catalogue says can be changed, and cleared (*). By the vendors' documents Looker accepts
// null except for its TLS flags, Omni changes only secrets, Credible replaces a block, and Chartbrew clears few fields.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const LOOKER_SERVER = 'database* host password* port* schema* tls.enabled tls.verify username*';
const CHARTBREW_TLS = 'tls.ca tls.certificate tls.enabled tls.key tls.mode tls.verify';
const CHARTBREW_SQL = `connectionString* database flavor host password port ${CHARTBREW_TLS} username`;

const CHANGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  LOOKER: {
    athena: 'accessKeyId* catalog* region s3StagingDir schema* secretAccessKey* tls.enabled tls.verify',
    bigquery: 'dataset projectId serviceAccountEmail* serviceAccountKey*',
    clickhouse: LOOKER_SERVER,
    databricks: 'accessToken* host httpPath schema* tls.enabled tls.verify',
    exasol: LOOKER_SERVER,
    mariadb: LOOKER_SERVER,
    mssql: LOOKER_SERVER,
    mysql: LOOKER_SERVER,
    oracle: 'database* host* password* port* schema* serviceName* tls.enabled tls.verify username* usesTns*',
    other: LOOKER_SERVER,
    postgres: LOOKER_SERVER,
    redshift: LOOKER_SERVER,
    sapHana: LOOKER_SERVER,
    snowflake:
      'account* database hostOverride* password* privateKey* privateKeyPassphrase* role* schema* tls.enabled tls.verify username* warehouse*',
    trino: 'catalog* host password* port* schema* tls.enabled username*',
  },
  OMNI: {
    athena: 'secretAccessKey',
    bigquery: 'serviceAccountKey',
    clickhouse: 'password',
    databricks: 'accessToken',
    databricksLakebase: 'password',
    exasol: 'password',
    mariadb: 'password',
    motherduck: 'accessToken',
    mssql: 'password',
    mysql: 'password',
    oracle: 'password',
    postgres: 'password',
    redshift: 'password',
    sapHana: 'password',
    snowflake: 'password privateKey',
    starrocks: 'password',
    trino: 'password',
  },
  CREDIBLE: {
    bigquery: 'billingProjectId* location* maximumBytesBilled* projectId* queryTimeoutMs* serviceAccountKey*',
    duckdb: 'attached',
    motherduck: 'accessToken database*',
    mysql: 'database* host password* port* username*',
    postgres: 'connectionString* database* host* password* port* username*',
    snowflake:
      'account database* password* privateKey* privateKeyPassphrase* queryTimeoutMs* role* schema* username warehouse',
    trino: 'catalog* host password* peakaKey* port schema* tls.enabled* username*',
  },
  CHARTBREW: {
    api: 'authentication* baseUrl headers*',
    clickhouse: 'database host password port tls.enabled tls.verify username',
    customerIo: 'apiKey region',
    firestore: 'serviceAccountKey',
    googleAnalytics: 'oauthId',
    mongodb: 'connectionString* database host options* password port srv username',
    mysql: CHARTBREW_SQL,
    postgres: CHARTBREW_SQL,
    realtimeDb: 'authOverrideUid databaseUrl* serviceAccountKey',
  },
};

const OPTIONS: Readonly<Record<string, readonly [dialect: string, fields: string]>> = {
  OMNI: [
    'postgres',
    'baseRole environmentUserAttribute* environmentUserAttribute.attributeName environmentUserAttribute.defaultValues',
  ],
  CREDIBLE: ['postgres', 'excludeAllTables* excludeTables* includeTables*'],
  CHARTBREW: [
    'postgres',
    'active projectIds* ssh.enabled ssh.host ssh.jumpHost ssh.jumpPort ssh.passphrase ssh.password ssh.port ssh.privateKey ssh.username',
  ],
};

interface Schema {
  readonly properties?: Readonly<
    Record<string, Schema & { readonly 'x-clearable'?: boolean; readonly 'x-keeps-secrets'?: boolean }>
  >;
}

/** The fields of a schema by name, groups opened, those that can be cleared with a star; a group with one of its own. */
function fieldsOf({ properties = {} }: Schema, prefix = ''): string[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const key = prefix + name + (property['x-clearable'] ? '*' : '');
    if (!property.properties) return [key];
    return [...(key.endsWith('*') ? [key] : []), ...fieldsOf(property, `${prefix}${name}.`)];
  });
}

interface Support {
  readonly vendor: string;
  readonly updateSchema: Schema | null;
  readonly updateNeedsSecrets: boolean;
  readonly updateOptionsSchema: Schema | null;
}

let gateway: TestGateway;
let dialects: readonly { readonly inputField: string; readonly support: readonly Support[] }[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const { data } = await gateway.ask(
    '{ dialects { inputField support { vendor updateSchema updateNeedsSecrets updateOptionsSchema } } }',
  );
  dialects = data.dialects;
});
afterAll(() => gateway.close());

const supportOf = (vendor: string, dialect: string): Support | undefined =>
  dialects.find(({ inputField }) => inputField === dialect)?.support.find((entry) => entry.vendor === vendor);

describe.each(Object.entries(CHANGES))('the changeable fields of %s in the catalogue', (vendor, changes) => {
  it(`the catalogue has the changeable fields of each dialect of ${vendor}`, () => {
    const told = dialects.flatMap(({ inputField }) => {
      const schema = supportOf(vendor, inputField)?.updateSchema;
      return schema ? [[inputField, fieldsOf(schema).toSorted().join(' ')] as const] : [];
    });
    expect(Object.fromEntries(told)).toEqual(changes);
  });

  it(`the catalogue says whether a change at ${vendor} needs every secret`, () => {
    const needing = dialects.filter(({ inputField }) => supportOf(vendor, inputField)?.updateNeedsSecrets === true);
    expect(needing.map(({ inputField }) => inputField).toSorted()).toEqual(
      vendor === 'CREDIBLE' ? Object.keys(changes).toSorted() : [],
    );
  });
});

it.each(Object.entries(OPTIONS))('the catalogue has the changeable options of %s', (vendor, [dialect, fields]) => {
  expect(
    fieldsOf(supportOf(vendor, dialect)?.updateOptionsSchema ?? {})
      .toSorted()
      .join(' '),
  ).toBe(fields);
});

it('Looker accepts null for options, except for the flags that its write type keeps', () => {
  const told = fieldsOf(supportOf('LOOKER', 'postgres')?.updateOptionsSchema ?? {});
  const kept = [
    'connectionPooling',
    'dialectName',
    'infoSchemaForSqlWriting',
    'precacheTables',
    'queryHoldingDisabled',
  ];
  const top = told.filter((name) => !name.includes('.') && !name.endsWith('*')).toSorted();
  expect(top).toEqual([...kept, 'usesKeyPairAuth'].toSorted());
  expect(told).toEqual(expect.arrayContaining(['pdtOverride*', 'pdtOverride.host*', 'tunnelId*', 'certificate*']));
});

it('the fields that can be changed without the stored secrets are marked', () => {
  /** The marked fields of a schema by name, groups opened. */
  const marked = ({ properties = {} }: Schema, prefix = ''): string[] =>
    Object.entries(properties).flatMap(([name, property]) => [
      ...(property['x-keeps-secrets'] ? [prefix + name] : []),
      ...marked(property, `${prefix}${name}.`),
    ]);
  const configOf = (vendor: string) => marked(supportOf(vendor, 'postgres')?.updateSchema ?? {});
  expect(configOf('LOOKER')).toEqual(['database', 'schema', 'password']);
  expect(configOf('CHARTBREW')).toEqual(['database', 'password', 'tls.certificate', 'tls.key']);
  // Credible replaces all settings at once and never returns secrets.
  expect(configOf('CREDIBLE')).toEqual([]);
  const options = marked(supportOf('LOOKER', 'postgres')?.updateOptionsSchema ?? {});
  expect(options).toEqual(expect.arrayContaining(['maxConnections', 'pdtOverride.database', 'dbTimezone']));
  expect(options).not.toContain('pdtOverride');
  expect(options).not.toContain('jdbcAdditionalParams');
});
