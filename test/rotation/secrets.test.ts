// The secret of a connection that a rotation replaces, its wire form at each vendor, and the connections that a rotation refuses.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VendorName } from '../support/gateway.ts';
import { ENCRYPTED_KEY } from '../support/keys.ts';
import { idOf, idsOf, placesOf, rotate, rotateOrNot, statuses, type RotateInput } from './rotate.ts';
import { startScriptedGateway, type ScriptedGateway } from './scripted-vendors.ts';

const PEM = '-----BEGIN PRIVATE KEY-----\npw-secret-4\n-----END PRIVATE KEY-----\n';
const KEY_FILE = JSON.stringify({
  type: 'service_account',
  client_email: 'new@acme.example',
  private_key: PEM,
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const BLOCK = '/api/v0/organizations/acme/projects/analytics/connections';

interface Replaced {
  readonly field: string;
  readonly vendor: VendorName;
  readonly id: string;
  readonly secret: string;
  readonly passphrase?: string;
  readonly call: string;
  /** The expected part of the written body. */
  readonly sends: Readonly<Record<string, unknown>>;
}

const REPLACED: readonly Replaced[] = [
  {
    field: 'PRIVATE_KEY',
    vendor: 'looker',
    id: 'finance_warehouse',
    secret: PEM,
    call: 'PATCH /api/4.0/connections/finance_warehouse',
    sends: { certificate: base64(PEM), file_type: '.p8', uses_key_pair_auth: true },
  },
  {
    field: 'PRIVATE_KEY',
    vendor: 'omni',
    id: '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    secret: PEM,
    call: 'PATCH /api/v1/connections/5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    sends: { privateKey: PEM },
  },
  {
    field: 'PRIVATE_KEY',
    vendor: 'credible',
    id: 'finance_snowflake',
    secret: PEM,
    passphrase: 'pass-secret-6',
    call: `PATCH ${BLOCK}/finance_snowflake`,
    sends: {
      name: 'finance_snowflake',
      type: 'snowflake',
      snowflakeConnection: {
        account: 'acme-eu_west_1',
        username: 'FINANCE_SVC',
        privateKey: PEM,
        privateKeyPass: 'pass-secret-6',
        warehouse: 'FINANCE_WH',
        database: 'FINANCE',
      },
    },
  },
  {
    // Looker stores the passphrase of a key in the field of the password.
    field: 'PRIVATE_KEY',
    vendor: 'looker',
    id: 'finance_warehouse',
    secret: PEM,
    passphrase: 'pass-secret-6',
    call: 'PATCH /api/4.0/connections/finance_warehouse',
    sends: { certificate: base64(PEM), file_type: '.p8', uses_key_pair_auth: true, password: 'pass-secret-6' },
  },
  {
    field: 'SERVICE_ACCOUNT_KEY',
    vendor: 'looker',
    id: 'thelook',
    secret: KEY_FILE,
    call: 'PATCH /api/4.0/connections/thelook',
    sends: { certificate: base64(KEY_FILE), file_type: '.json' },
  },
  {
    field: 'SERVICE_ACCOUNT_KEY',
    vendor: 'credible',
    id: 'public_datasets',
    secret: KEY_FILE,
    call: `PATCH ${BLOCK}/public_datasets`,
    sends: {
      name: 'public_datasets',
      type: 'bigquery',
      bigqueryConnection: {
        defaultProjectId: 'bigquery-public-data',
        billingProjectId: 'acme-billing',
        serviceAccountKeyJson: KEY_FILE,
      },
    },
  },
  {
    field: 'SERVICE_ACCOUNT_KEY',
    vendor: 'chartbrew',
    id: '23',
    secret: KEY_FILE,
    call: 'PUT /team/7/connections/23',
    sends: {
      firebaseServiceAccount: { type: 'service_account', client_email: 'new@acme.example', private_key: PEM },
    },
  },
  {
    field: 'ACCESS_TOKEN',
    vendor: 'looker',
    id: 'lakehouse',
    secret: 'token-secret-7',
    call: 'PATCH /api/4.0/connections/lakehouse',
    sends: { password: 'token-secret-7' },
  },
  {
    field: 'ACCESS_TOKEN',
    vendor: 'credible',
    id: 'scratch_motherduck',
    secret: 'token-secret-7',
    call: `PATCH ${BLOCK}/scratch_motherduck`,
    sends: {
      name: 'scratch_motherduck',
      type: 'motherduck',
      motherduckConnection: { accessToken: 'token-secret-7', database: 'scratch' },
    },
  },
  {
    field: 'API_KEY',
    vendor: 'chartbrew',
    id: '26',
    secret: 'key-secret-8',
    call: 'PUT /team/7/connections/26',
    sends: { password: 'key-secret-8' },
  },
  {
    field: 'PASSWORD',
    vendor: 'looker',
    id: 'catalogue',
    secret: 'pw-secret-1',
    call: 'PATCH /api/4.0/connections/catalogue',
    sends: { password: 'pw-secret-1' },
  },
];

let scripted: ScriptedGateway;
beforeAll(async () => {
  scripted = await startScriptedGateway(
    (['looker', 'omni', 'credible', 'chartbrew'] as const).map((one) => ({ key: one, vendor: one })),
  );
});
afterAll(() => scripted.close());

const writesTo = (vendor: string) => scripted.receivedBy(vendor).filter(({ kind }) => kind === 'write');

const withPassphrase = { field: 'PRIVATE_KEY', secret: PEM, privateKeyPassphrase: 'pass-secret-6' };

describe('the secret that a rotation replaces', () => {
  it.each(REPLACED.map((one) => [`${one.field} of ${one.id} at ${one.vendor}`, one] as const))(
    'a rotation replaces %s',
    async (_name, one) => {
      const { field, vendor, id, secret, passphrase, call, sends } = one;
      const rotation = await rotate(scripted, {
        connections: { ids: [idOf(vendor, id)] },
        field,
        secret,
        privateKeyPassphrase: passphrase,
        // Omni cannot test, so a secret is written untested or not at all.
        ...(vendor === 'omni' && { verification: 'NONE' }),
      });
      expect(statuses(rotation)).toEqual(['DONE']);
      const written = writesTo(vendor).at(-1);
      expect(written?.call).toBe(call);
      expect(JSON.parse(written?.body ?? '')).toMatchObject(sends);
      expect(rotation.outcomes[0]?.connection?.secrets.map(({ status }) => status)).toContain('SET');
    },
  );

  it('a new key without a passphrase clears the old passphrase', async () => {
    const ids = [idOf('credible', 'finance_snowflake')];
    const rotation = await rotate(scripted, { connections: { ids }, field: 'PRIVATE_KEY', secret: PEM });
    expect(statuses(rotation)).toEqual(['DONE']);
    const stored = await scripted.stored({ key: 'credible', vendor: 'credible' }, 'finance_snowflake');
    expect(Object.keys(stored['snowflakeConnection'] as object)).not.toContain('privateKeyPass');
  });

  it('a rotation at Looker leaves no old passphrase that would apply to the new key', async () => {
    const ids = [idOf('looker', 'finance_warehouse')];
    const connections = { ids };
    const rotation = await rotate(scripted, { connections, field: 'PRIVATE_KEY', secret: PEM, verification: 'NONE' });
    expect(statuses(rotation)).toEqual(['DONE']);
    expect(JSON.parse(writesTo('looker').at(-1)?.body ?? '')).toEqual({
      certificate: base64(PEM),
      file_type: '.p8',
      uses_key_pair_auth: true,
      password: null,
    });
  });

  it('an encrypted private key requires its passphrase', async () => {
    const ids = [idOf('looker', 'finance_warehouse')];
    const { outcomes } = await rotate(scripted, { connections: { ids }, field: 'PRIVATE_KEY', secret: ENCRYPTED_KEY });
    const message = 'It is encrypted: send its passphrase in `privateKeyPassphrase`, or the key without one.';
    const issues = [{ path: ['input', 'secret'], code: 'INVALID', message }];
    expect(outcomes).toMatchObject([{ status: 'REFUSED', result: { __typename: 'ValidationError', issues } }]);
  });

  it('a password is not replaced when the connection signs in by key pair', async () => {
    const ids = [idOf('looker', 'finance_warehouse')];
    await rotate(scripted, { ...withPassphrase, connections: { ids } });
    const { outcomes } = await rotate(scripted, { connections: { ids }, field: 'PASSWORD', secret: 'pw-secret-1' });
    expect(placesOf(outcomes[0]?.result ?? {})).toEqual(['connections.ids.0 NOT_ALLOWED']);
  });
});

describe('a connection on which the secret cannot be replaced', () => {
  const unsupported: readonly [string, VendorName, string, string][] = [
    ['a dialect that signs in otherwise', 'looker', 'clickstream', 'Connections to Amazon Athena have no `password`'],
    [
      'a dialect that is only read',
      'omni',
      'f9e8d7c6-b5a4-4392-8170-6f5e4d3c2b1a',
      'only reads the settings of Omni connections',
    ],
    ['one that signs in by a grant', 'chartbrew', '24', 'Connections to Google Analytics have no `password`'],
  ];
  it.each(unsupported)('a rotation is refused for %s', async (_what, vendor, id, message) => {
    const ids = [idOf(vendor, id)];
    const before = writesTo(vendor).length;
    const { outcomes, remaining } = await rotate(scripted, { connections: { ids }, secret: 'pw-secret-1' });
    expect(outcomes).toMatchObject([{ status: 'REFUSED', result: { __typename: 'UnsupportedError' }, error: null }]);
    expect(outcomes[0]?.result?.message).toContain(message);
    expect(idsOf(remaining)).toEqual(ids);
    expect(writesTo(vendor)).toHaveLength(before);
  });

  const invalid: readonly [string, VendorName, string, RotateInput, string, string][] = [
    ['nothing is stored', 'looker', 'events', {}, 'connections.ids.0 NOT_ALLOWED', 'there is none to replace'],
    ['a connection string signs in', 'chartbrew', '20', {}, 'connections.ids.0 NOT_ALLOWED', 'none to replace'],
    [
      'a connection string may',
      'credible',
      'support-postgres',
      {},
      'connections.ids.0 NOT_ALLOWED',
      '`connectionString` is stored',
    ],
    ['a key signs in', 'credible', 'finance_snowflake', {}, 'connections.ids.0 NOT_ALLOWED', '`privateKey` is stored'],
    [
      'another secret would be lost',
      'credible',
      'lakehouse_trino',
      {},
      'connections.ids.0 SECRET_NEEDED',
      'config.trino.peakaKey',
    ],
    [
      'no passphrase is taken',
      'omni',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
      withPassphrase,
      'privateKeyPassphrase NOT_ALLOWED',
      'without a passphrase',
    ],
  ];
  it.each(invalid)('a rotation is refused when %s: %s, %s', async (_why, vendor, id, input, place, message) => {
    const ids = [idOf(vendor, id)];
    const before = writesTo(vendor).length;
    const { outcomes, remaining } = await rotate(scripted, { connections: { ids }, secret: 'pw-secret-1', ...input });
    expect(outcomes).toMatchObject([
      { status: 'REFUSED', result: { __typename: 'ValidationError' }, verification: null },
    ]);
    expect(placesOf(outcomes[0]?.result ?? {})).toEqual([place]);
    expect(outcomes[0]?.result?.issues?.[0]?.message).toContain(message);
    expect(idsOf(remaining)).toEqual(ids);
    expect(writesTo(vendor)).toHaveLength(before);
  });

  it("a vendor's refusal of a rotation is reported by the fields of the rotation", async () => {
    const ids = [idOf('omni', '0f7d2f55-93a1-4f0c-8a6e-2a7f9b1c4d10')];
    const secret = '{"project_id":"acme-web","note":"no-key-secret-1"}';
    const input = { connections: { ids }, field: 'SERVICE_ACCOUNT_KEY', secret, verification: 'NONE' };
    const { outcomes } = await rotate(scripted, input);
    expect(outcomes).toMatchObject([{ status: 'REFUSED', result: { __typename: 'ValidationError' } }]);
    expect(outcomes[0]?.result?.issues).toMatchObject([{ path: ['input', 'secret'], source: 'VENDOR' }]);
  });

  it('a secret that is not a valid key is refused before any call', async () => {
    const ids = [idOf('omni', '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21')];
    const input = { connections: { ids }, field: 'PRIVATE_KEY', secret: 'no-pem-secret-1', verification: 'NONE' };
    const before = writesTo('omni').length;
    expect(placesOf(await rotateOrNot(scripted, input))).toEqual(['secret INVALID']);
    expect(writesTo('omni')).toHaveLength(before);
  });

  it('the path of an issue has the index in the provided list of ids', async () => {
    const ids = ['billing', 'billing', 'events'].map((id) => idOf('looker', id));
    const { outcomes } = await rotate(scripted, { connections: { ids }, secret: 'pw-secret-1', dryRun: true });
    expect(outcomes.map(({ status }) => status)).toEqual(['PLANNED', 'REFUSED']);
    expect(placesOf(outcomes[1]?.result ?? {})).toEqual(['connections.ids.2 NOT_ALLOWED']);
  });
});
