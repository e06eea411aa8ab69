// Answers with a successful status that are failures: a sign-in page, an empty body, another form. For every operation and
// vendor, they are never treated as a success.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxResponse } from '../../src/sandbox/server.ts';
import { create } from '../support/create-connection.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const satisfies readonly VendorName[];

const page = '<!DOCTYPE html><html><body>Sign in</body></html>';

const FALSE: readonly (readonly [what: string, answer: SandboxResponse])[] = [
  ['a page to sign in', { status: 200, body: page }],
  ['an empty body', { status: 200, body: '' }],
  ['no body', { status: 200 }],
  ['no content', { status: 204 }],
  ['null', { status: 200, body: 'null' }],
  ['a number', { status: 200, body: '7' }],
  ['a text', { status: 200, body: '"ok"' }],
  ['an object that says nothing', { status: 200, body: {} }],
  ['a failure that calls itself 200', { status: 200, body: { success: false, connections: [] } }],
  ['a success alone', { status: 200, body: { success: true } }],
  ['a list of other things', { status: 200, body: [7] }],
  ['a list of objects that name nothing', { status: 200, body: [{}] }],
];

const HEALTH = `{ vendors { vendor instances {
  health { status error { __typename ... on VendorUnavailableError { unavailable } } }
} } }`;
const LIST = `query ($vendor: [Vendor!]) { connections(filter: { vendor: $vendor }) {
  sources { error { __typename ... on VendorUnavailableError { unavailable } } }
} }`;

/** Starts a stub vendor that accepts logins and gives this answer to everything else. */
async function startStub(vendor: VendorName, answer: SandboxResponse) {
  const stubbed = await startStubbedGateway(vendor, ({ path }) =>
    path.endsWith('/login') ? { status: 200, body: { access_token: 'token-1', expires_in: 3600 } } : answer,
  );
  onTestFinished(() => stubbed.close());
  return stubbed.gateway;
}

async function healthOf({ ask }: TestGateway, vendor: VendorName) {
  const { data } = await ask(HEALTH);
  const its = data.vendors.find((one: { vendor: string }) => one.vendor === vendor.toUpperCase());
  return its.instances[0].health;
}

describe.each(VENDORS)('%s', (vendor) => {
  const BAD = { __typename: 'VendorUnavailableError', unavailable: 'BAD_RESPONSE' };

  it.each(FALSE)('a vendor is not up and has no list when it answers with %s', async (_what, answer) => {
    const gateway = await startStub(vendor, answer);
    const health = await healthOf(gateway, vendor);
    expect(health).toEqual({ status: 'DOWN', error: BAD });
    const { data } = await gateway.ask(LIST, { vendor: [vendor.toUpperCase()] });
    expect(data.connections.sources).toEqual([{ error: BAD }]);
  });

  it('a vendor is up when it answers with its list', async () => {
    const gateway = await startStub(vendor, { status: 200, body: vendor === 'omni' ? { connections: [] } : [] });
    const health = await healthOf(gateway, vendor);
    expect(health).toEqual({ status: 'UP', error: null });
  });
});

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const OUTCOME_UNKNOWN = { __typename: 'OutcomeUnknownError' };

describe('A create with an answer that only looks like a success', () => {
  it.each<[VendorName, unknown]>([
    ['omni', { success: true, data: 'soon' }],
    ['omni', { success: true, data: '' }],
    ['omni', { data: '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21' }],
    ['omni', { success: 'true', data: '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21' }],
    ['omni', { success: false, data: '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21' }],
    ['chartbrew', { id: 31, success: false }],
    ['credible', { name: 'orders', success: false }],
    ['looker', { name: 'orders', success: false }],
  ])('a create at %s has an unknown outcome after the answer %j', async (vendor, body) => {
    const gateway = await startStub(vendor, { status: 200, body });
    const { result } = await create(gateway, { instance: vendor, name: 'orders', config: { postgres: server } });
    expect(result).toMatchObject(OUTCOME_UNKNOWN);
  });
});
