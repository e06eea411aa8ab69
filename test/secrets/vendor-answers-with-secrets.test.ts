// Vendors that answer with secrets: each answer to a list, a read, a test, a delete and a refused write holds a canary in every
// secret field and in undocumented fields. The gateway returns and logs none of them.
import { describe, expect, it } from 'vitest';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import { everyNth } from '../support/exhaustive.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { vendorIdOf, vendorWithRows, type WireRow } from '../support/stub-rows.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { wholeConnection } from '../support/whole-connection.ts';
import { findAny, makeCanary } from './canary.ts';
import { DELETE, TEST } from './matrix/operations.ts';

type Tree = { [key: string]: unknown };

const canary = (): string => makeCanary().core;
const KEY = () => JSON.stringify({ project_id: 'acme', client_email: 'bi@acme.example', private_key: canary() });

/** Returns fields that no document names, at the top and nested. */
const undocumented = (): Tree => ({
  secret: canary(),
  token: canary(),
  note: { [canary()]: canary(), list: [canary(), { deep: canary() }] },
  [canary()]: canary(),
});

const looker = (dialect: string): WireRow => ({
  name: `row_${dialect}`,
  dialect_name: dialect,
  host: 'db.example.com',
  database: 'app',
  username: 'bi',
  password: canary(),
  certificate: Buffer.from(canary()).toString('base64'),
  file_type: '.p8',
  jdbc_additional_params: `token=${canary()}`,
  after_connect_statements: `SET k = '${canary()}'`,
  pdt_context_override: {
    context: 'pdt',
    host: 'db.example.com',
    password: canary(),
    certificate: canary(),
    jdbc_additional_params: `password=${canary()}`,
    after_connect_statements: canary(),
    ...undocumented(),
  },
  dialect: {
    name: 'postgres',
    label: 'PostgreSQL',
    ...undocumented(),
  },
  ...undocumented(),
});

const omni = (dialect: string, at: number): WireRow => ({
  id: `00000000-0000-4000-8000-00000000000${at}`,
  name: `row_${dialect}`,
  dialect,
  database: 'app',
  baseRole: 'QUERIER',
  passwordUnencrypted: canary(),
  password: canary(),
  privateKey: canary(),
  privateKeyPassphrase: canary(),
  oauthClientSecretUnencrypted: canary(),
  oauthClientSecret: canary(),
  ...undocumented(),
});

const BLOCKS: Readonly<Record<string, () => Tree>> = {
  postgres: () => ({ host: 'db', password: canary(), connectionString: `postgres://bi:${canary()}@db/app` }),
  mysql: () => ({ host: 'db', password: canary() }),
  bigquery: () => ({ serviceAccountKeyJson: KEY() }),
  snowflake: () => ({ account: 'xy', password: canary(), privateKey: canary(), privateKeyPass: canary() }),
  trino: () => ({ server: 'https://trino.example.com', password: canary(), peakaKey: canary() }),
  motherduck: () => ({ accessToken: canary(), database: 'app' }),
  duckdb: () => ({
    attachedDatabases: [
      ...['postgres', 'bigquery', 'snowflake'].map((type) => ({
        name: type,
        type,
        [`${type}Connection`]: {
          ...BLOCKS[type]?.(),
          ...undocumented(),
        },
        ...undocumented(),
      })),
      { name: 'gcs', type: 'gcs', gcsConnection: { keyId: 'GOOG', secret: canary(), ...undocumented() } },
      { name: 's3', type: 's3', s3Connection: { secretAccessKey: canary(), sessionToken: canary() } },
    ],
  }),
};

const credible = (type: string): WireRow => ({
  name: `row_${type}`,
  type,
  [`${type}Connection`]: {
    ...BLOCKS[type]?.(),
    ...undocumented(),
  },
  attributes: undocumented(),
  ...undocumented(),
});

const chartbrew = (type: string, at: number): WireRow => ({
  id: at + 1,
  name: `row_${type}`,
  type,
  subType: type,
  host: ['api', 'strapi'].includes(type) ? 'https://api.example.com' : 'db.example.com',
  dbName: 'app',
  username: 'bi',
  password: canary(),
  connectionString: `${type}://bi:${canary()}@db/app`,
  options: [{ 'X-Key': canary() }],
  authentication: {
    type: 'bearer_token',
    token: canary(),
    pass: canary(),
  },
  firebaseServiceAccount: {
    project_id: 'acme',
    private_key: canary(),
    ...undocumented(),
  },
  sslCa: canary(),
  sslCert: canary(),
  sslKey: canary(),
  apiKey: canary(),
  ...undocumented(),
  sshHost: 'bastion',
  sshPassword: canary(),
  sshPassphrase: canary(),
  sshPrivateKey: canary(),
  OAuth: {
    email: 'bi@acme.example',
    refreshToken: canary(),
    ...undocumented(),
  },
});

const ROWS: Readonly<Record<VendorName, readonly WireRow[]>> = {
  looker: ['postgres', 'bigquery_standard_sql', 'snowflake', 'athena', 'databricks', 'oracle', 'vertica'].map(looker),
  omni: ['postgres', 'bigquery', 'snowflake', 'databricks', 'athena', 'motherduck'].map(omni),
  credible: Object.keys(BLOCKS).map(credible),
  chartbrew: [
    'postgres',
    'mysql',
    'mongodb',
    'clickhouse',
    'api',
    'strapi',
    'realtimedb',
    'firestore',
    'customerio',
    'googleAnalytics',
    'nobodyKnows',
  ].map(chartbrew),
};

const words = (): string => `Error: could not use ${canary()} of postgres://bi:${canary()}@db/app`;

/** Returns the answer to a test, in the form of Looker. */
const tested = (): unknown => [
  { name: 'connect', status: 'error', message: words(), help_url: canary(), [canary()]: canary() },
];
const failure = (): Tree => ({
  message: words(),
  detail: words(),
  error: {
    code: 'ECONNREFUSED',
    address: canary(),
    sqlMessage: words(),
  },
  options: {
    auth: { pass: canary() },
    headers: { 'X-Key': canary() },
  },
  status: 'failed',
  errorMessage: words(),
  errors: [
    {
      field: canary(),
      message: words(),
    },
  ],
  documentation_url: canary(),
  ...undocumented(),
});

const NAMES = Object.keys(ROWS) as VendorName[];

/** Answers reads with the rows, and every other request with a failure of this status. */
const answering =
  (vendor: VendorName, status: number): SandboxVendor =>
  (request) => {
    const isTest = request.path.endsWith('/test');
    if (request.path.endsWith('/login') || (request.method === 'GET' && !isTest)) {
      return vendorWithRows(vendor, ROWS[vendor])(request);
    }
    const body = vendor === 'looker' && isTest && status < 300 ? tested() : failure();
    return { status, headers: { 'x-secret': canary() }, body };
  };

const leakIn = (gateway: TestGateway, text: string): string | null => findAny([text, ...gateway.log].join('\n'));

describe.each(NAMES)('%s answers with secrets', (vendor) => {
  const ids = ROWS[vendor].map((row) => Buffer.from(`v1:c:${vendor}:${vendorIdOf(row)}`).toString('base64url'));

  it(`secrets in rows of ${vendor} are not returned by a list or a read`, async () => {
    const { gateway, close } = await startStubbedGateway(vendor, answering(vendor, 200));
    const whole = wholeConnection(gateway);
    const listed = await gateway.ask(
      `query ($on: [ID!]) { connections(first: 200, filter: { instance: $on }) { nodes ${whole} } }`,
      { on: [vendor] },
    );
    expect(listed.data.connections.nodes).toHaveLength(ROWS[vendor].length);
    expect(leakIn(gateway, listed.text)).toBeNull();
    for (const id of ids) {
      const read = await gateway.ask(`query ($id: ID!) { connection(id: $id) ${whole} }`, { id });
      expect(read.data?.connection?.name, read.text).toMatch(/^row_/);
      expect(leakIn(gateway, read.text)).toBeNull();
    }
    await close();
  });

  it.each(everyNth([200, 204, 400, 401, 403, 404, 409, 422, 429, 500], 3, NAMES.indexOf(vendor)))(
    `secrets in an answer of ${vendor} to a test or a delete with %i are not returned`,
    async (status) => {
      const { gateway, close } = await startStubbedGateway(vendor, answering(vendor, status));
      for (const id of ids) {
        for (const document of [TEST, DELETE]) {
          const answer = await gateway.ask(document, { input: { id } });
          expect(Object.values(answer.data as Tree)[0]).toMatchObject({ __typename: expect.stringMatching(/^\w+$/) });
          expect(leakIn(gateway, answer.text)).toBeNull();
        }
      }
      await close();
    },
  );
});

it('the search finds the secrets in what these vendors answer', () => {
  for (const vendor of NAMES) for (const row of ROWS[vendor]) expect(findAny(JSON.stringify(row))).not.toBeNull();
  for (const said of [tested(), failure(), words()]) expect(findAny(JSON.stringify(said))).not.toBeNull();
});
