// Creates with answers that the sandbox does not give: partial success, a refusal in the vendor's own form, no answer.
import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxResponse, SandboxVendor } from '../../src/sandbox/server.ts';
import { createManualDeadline } from '../support/manual-deadline.ts';
import { create, issuesOf, storedSecrets } from '../support/create-connection.ts';
import { addressAt, REFUSING_ORIGIN, startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsTo, journalOf } from '../support/journal.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { CERTIFICATE, ENCRYPTED_KEY, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../support/keys.ts';

const isWrite = ({ method }: { readonly method: string }): boolean => method === 'POST';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function startStub(vendor: VendorName, answer: SandboxVendor, settings?: Record<string, unknown>) {
  const stubbed = await startStubbedGateway(vendor, answer, settings);
  closing.push(stubbed.close);
  return stubbed;
}

async function start(options?: Parameters<typeof startTestGateway>[0]): Promise<TestGateway> {
  const gateway = await startTestGateway(options);
  closing.push(gateway.close);
  return gateway;
}

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const orders = (instance: VendorName, more: Record<string, unknown> = {}) => ({
  instance,
  name: 'orders',
  config: { postgres: server },
  ...more,
});

const token = { status: 200, body: { access_token: 'token-1', token_type: 'Bearer', expires_in: 3600 } };
const html = (status: number) => ({ status, body: `<html><pre>Error: pw-secret-1</pre></html>` });

/** Starts a stub vendor that accepts logins and gives the same answer to every create. */
const answering =
  (refusal: SandboxResponse): SandboxVendor =>
  ({ path, method }) => {
    if (path.endsWith('/login')) return token;
    return method === 'POST' ? refusal : { status: 404 };
  };

const ID = '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21';

describe('Answers of Omni to a create', () => {
  const created = { status: 201, body: { success: true, data: ID } };
  const row = { id: ID, name: 'orders', dialect: 'postgres', database: 'orders', defaultSchema: 'public' };
  const omni =
    (one: SandboxResponse, connections: readonly unknown[]): SandboxVendor =>
    ({ method, path }) => {
      if (method === 'POST') return created;
      return path.endsWith(ID) ? one : { status: 200, body: { connections } };
    };

  it.each([404, 403, 500])(
    'a create at Omni is a success with the known values when the connection cannot be read yet (%i)',
    async (status) => {
      const { gateway } = await startStub('omni', omni({ status, body: { detail: 'pw-secret-1', status } }, []));
      const config = { postgres: { ...server, schema: 'sales' } };
      const { result, text } = await create(
        gateway,
        orders('omni', { config, options: { omni: { baseRole: 'VIEWER' } } }),
      );
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess' });
      expect(result.warnings).toMatchObject([{ path: null, code: 'READ_BACK_FAILED' }]);
      expect(result.connection).toMatchObject({
        vendorId: ID,
        name: 'orders',
        dialect: 'POSTGRES',
        completeness: 'PARTIAL',
        config: { database: 'orders', schema: 'sales', host: null, username: null, password: { status: 'SET' } },
        details: { baseRole: 'VIEWER' },
      });
      expect(text).not.toContain('pw-secret-1');
    },
  );

  it.each([404, 405, 400])(
    'a create at an older Omni server, which cannot read one connection (%i), reads the list',
    async (status) => {
      const { gateway, origin } = await startStub(
        'omni',
        omni({ status, body: { detail: 'Invalid method', status } }, [row]),
      );
      const { result } = await create(gateway, orders('omni'));
      expect(result.warnings).toEqual([]);
      const answer = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', {
        id: result.connection.id,
      });
      expect(answer.data).toEqual({ connection: { name: 'orders' } });
      const reading = [`GET /api/v1/connections/${ID}`, 'GET /api/v1/connections?includeDeleted=true'];
      expect(await callsTo(origin)).toEqual(['POST /api/v1/connections', ...reading, ...reading]);
    },
  );

  it('a create at Omni is repeated with an empty password when Omni requires one in addition to a key pair', async () => {
    const { gateway, origin } = await startStub('omni', (request) => {
      if (request.method === 'GET') return { status: 200, body: { connection: { ...row, dialect: 'snowflake' } } };
      return request.body.includes('passwordUnencrypted')
        ? created
        : { status: 400, body: { detail: 'Bad Request: passwordUnencrypted: Required', status: 400 } };
    });
    const snowflake = {
      account: 'acme-fin',
      warehouse: 'WH',
      database: 'FIN',
      username: 'SVC',
      privateKey: PRIVATE_KEY,
    };
    const { result } = await create(gateway, orders('omni', { config: { snowflake } }));
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    const posts = (await journalOf(origin)).filter(({ method }) => method === 'POST');
    const first = {
      name: 'orders',
      dialect: 'snowflake',
      host: 'acme-fin',
      warehouse: 'WH',
      database: 'FIN',
      username: 'SVC',
      authenticationType: 'snowflake-keypair',
      privateKey: PRIVATE_KEY,
    };
    expect(posts.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      first,
      { ...first, passwordUnencrypted: '' },
    ]);
  });
});

describe('Answers of Chartbrew to a create', () => {
  it.each([
    ['fails', (): SandboxResponse => html(500)],
    [
      'cuts the line',
      (): SandboxResponse => {
        throw new Error('cut');
      },
    ],
  ])(
    'a create at Chartbrew is a success that names each missing file when the upload gets %s',
    async (_what, upload) => {
      const made = { id: 501, name: 'orders', type: 'postgres', subType: 'postgres', password: 'pw-secret-1' };
      const { gateway } = await startStub('chartbrew', ({ path }) =>
        path.endsWith('/files') ? upload() : { status: 200, body: made },
      );
      const tls = { enabled: true, ca: CERTIFICATE, certificate: OTHER_CERTIFICATE, key: OTHER_PRIVATE_KEY };
      const { result, text } = await create(
        gateway,
        orders('chartbrew', {
          config: { postgres: { ...server, tls } },
          options: {
            chartbrew: {
              ssh: {
                enabled: true,
                host: 'b',
                username: 'hop',
                privateKey: ENCRYPTED_KEY,
                passphrase: 'pass-secret-1',
              },
            },
          },
        }),
      );
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { vendorId: '501' } });
      expect(
        result.warnings.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`),
      ).toEqual([
        'CERTIFICATES_NOT_UPLOADED input.config.postgres.tls.ca',
        'CERTIFICATES_NOT_UPLOADED input.config.postgres.tls.certificate',
        'CERTIFICATES_NOT_UPLOADED input.config.postgres.tls.key',
        'CERTIFICATES_NOT_UPLOADED input.options.chartbrew.ssh.privateKey',
      ]);
      expect(storedSecrets(result.connection.secrets)).toEqual([
        'config.postgres.password',
        'options.chartbrew.ssh.passphrase',
      ]);
      expect(text).not.toMatch(/secret-\d/);
    },
  );
});

describe('Warnings of a create at Looker', () => {
  it('a warning says that Looker stores the name in lower case', async () => {
    const gateway = await start();
    const { result } = await create(gateway, orders('looker', { name: 'Orders_EU' }));
    expect(result.connection).toMatchObject({ name: 'orders_eu', vendorId: 'orders_eu' });
    expect(result.warnings).toMatchObject([{ code: 'NAME_NORMALIZED', path: ['input', 'name'] }]);
  });

  it('a warning says that Looker drops user and password with per-user credentials', async () => {
    const gateway = await start();
    const { result } = await create(gateway, orders('looker', { options: { looker: { usesUserCredentials: true } } }));
    expect(result.warnings).toMatchObject([{ code: 'USER_CREDENTIALS_ERASED', path: ['input', 'config', 'postgres'] }]);
    expect(result.connection.config).toMatchObject({ username: null, password: { status: 'NOT_SET' } });
  });
});

describe('A create with a name that is in use', () => {
  it.each([
    ['looker', 'Billing', { id: 'djE6Yzpsb29rZXI6YmlsbGluZw', name: 'billing', vendorDialect: 'mysql' }],
    ['credible', 'shop_mysql', { id: 'djE6YzpjcmVkaWJsZTpzaG9wX215c3Fs', name: 'shop_mysql', vendorDialect: 'mysql' }],
  ] as const)(
    'a name that is in use is a conflict that returns the existing connection: %s',
    async (vendor, name, existing) => {
      const { result } = await create(await start(), orders(vendor, { name }));
      expect(result).toMatchObject({ __typename: 'ConflictError', conflict: 'NAME_TAKEN', existing });
    },
  );

  it.each([
    ['looker', 409, { message: 'Resource Already Exists' }],
    ['credible', 500, { code: 500, message: 'Connection "orders" already exists' }],
  ] as const)(
    'a name that is in use is a conflict even if the existing connection cannot be read: %s, %i',
    async (vendor, status, body) => {
      const { gateway } = await startStub(vendor, answering({ status, body }));
      const { result } = await create(gateway, orders(vendor));
      expect(result).toMatchObject({ __typename: 'ConflictError', existing: null });
    },
  );
});

describe('A create without a usable answer', () => {
  const CREATED_NOTHING = { __typename: 'VendorUnavailableError', unavailable: 'CONNECT', retryable: true };

  it.each(['looker', 'omni', 'credible', 'chartbrew'] as const)(
    'a create at %s without an answer has an unknown outcome, and the error says how to check it',
    async (vendor) => {
      const deadline = createManualDeadline();
      const timeouts = { writeMs: deadline.durationMs };
      const gateway = await start({ instances: (all) => all.map((instance) => ({ ...instance, timeouts })) });
      // The login is made before.
      await gateway.ask('{ connections { totalCount } }');
      await gateway.outage(vendor, 'hang');
      const creating = create(gateway, orders(vendor));
      await expect.poll(async () => (await gateway.received(vendor)).filter(isWrite)).toHaveLength(1);
      deadline.end();
      const { result } = await creating;
      expect(result).toMatchObject({
        __typename: 'OutcomeUnknownError',
        instance: { key: vendor },
        vendorStatus: null,
      });
      expect(result.probe).toMatch(/^Look for a (new )?connection named orders before you try again\.$/);
    },
  );

  it.each(['looker', 'omni', 'credible', 'chartbrew'] as const)(
    'a create at %s that refuses connections was not carried out',
    async (vendor) => {
      const gateway = await start({
        instances: (all) => all.map((instance) => ({ ...instance, baseUrl: addressAt(REFUSING_ORIGIN, instance) })),
      });
      expect((await create(gateway, orders(vendor))).result).toMatchObject(CREATED_NOTHING);
    },
  );

  it('a create without an answer to the login at Looker was not carried out', async () => {
    const gateway = await start();
    await gateway.outage('looker', 'reset');
    expect((await create(gateway, orders('looker'))).result).toMatchObject(CREATED_NOTHING);
  });

  it.each([
    ['omni', { status: 504, body: 'upstream' }],
    ['credible', { status: 201, body: 'not JSON' }],
    ['chartbrew', { status: 200, body: { id: 'no number' } }],
    ['looker', { status: 200, body: {} }],
  ] as const)(
    'a create at %s with an answer that does not report the result has an unknown outcome: %j',
    async (vendor, answer) => {
      const { gateway } = await startStub(vendor, answering(answer));
      const { result } = await create(gateway, orders(vendor));
      expect(result).toMatchObject({ __typename: 'OutcomeUnknownError', vendorStatus: answer.status });
    },
  );

  it('a create with an unknown outcome is sent only once', async () => {
    const { gateway, origin } = await startStub('omni', answering({ status: 502 }));
    expect(issuesOf((await create(gateway, orders('omni'))).result)).toEqual([]);
    expect(await callsTo(origin)).toEqual(['POST /api/v1/connections']);
  });
});
