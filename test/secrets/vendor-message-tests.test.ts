// vendorMessage in the results of connection tests: shown for a test of settings when it contains no part of a secret, and never for
// a test of a saved connection.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROTATE } from '../rotation/rotate.ts';
import type { VendorName } from '../support/gateway.ts';
import { TEST, TEST_CONFIG } from './matrix/operations.ts';
import {
  globalId,
  refusal,
  rowOf,
  settingsFor,
  startMessageGateways,
  WORDS,
  type MessageGateways,
  type Values,
} from './vendor-message-gateways.ts';

let gateways: MessageGateways;
beforeAll(async () => {
  gateways = await startMessageGateways();
});
afterAll(() => gateways.close());

const checks = async (vendor: VendorName, body: unknown, status = 200) => {
  gateways.answer = () => ({ status, body });
  const result = await gateways.run(vendor, TEST_CONFIG, settingsFor(vendor));
  return result.test.checks.map(({ outcome, vendorMessage }: Values) => [outcome, vendorMessage]);
};

describe('the vendorMessage of a test', () => {
  it('a test of settings at Looker quotes the message of each check', async () => {
    expect(
      await checks('looker', [
        { name: 'connect', status: 'success', message: 'Can connect' },
        { name: 'query', status: 'error', message: 'the database is out of reach' },
        { name: 'kill', status: 'error', message: 'no pw-secret-1 here', connection_string: 'jdbc:x' },
        { name: 'tmp_table', status: 'error', message: 'made-token-43' },
        { name: 'cdt', status: 'odd' },
      ]),
    ).toEqual([
      ['PASSED', 'Can connect'],
      ['FAILED', 'the database is out of reach'],
      ['FAILED', null],
      ['FAILED', null],
      ['WARNED', null],
    ]);
  });

  it('a test of settings at Credible quotes the message in each form of its answer', async () => {
    expect(await checks('credible', { status: 'failed', errorMessage: 'getaddrinfo ENOTFOUND db' })).toEqual([
      ['FAILED', 'getaddrinfo ENOTFOUND db'],
    ]);
    expect(await checks('credible', { code: 424, message: 'connection refused by db' }, 424)).toEqual([
      ['FAILED', 'connection refused by db'],
    ]);
    expect(await checks('credible', { status: 'failed', errorMessage: 'ENOTFOUND w-secret' })).toEqual([
      ['FAILED', null],
    ]);
    expect(await checks('credible', { status: 'ok' })).toEqual([['PASSED', null]]);
  });

  it.each([
    ['a text', 'connect ECONNREFUSED 10.0.0.1:5432'],
    ['an error of its driver', { name: 'SequelizeConnectionError', message: 'is down', parent: { code: '28P01' } }],
    ['a block by its SSRF policy', { error: 'Blocked', code: 'SSRF_BLOCKED', reason: 'private_network' }],
    ['an error field with plain words', { error: 'the database is down' }],
  ])('a test of settings at Chartbrew quotes no message: %s', async (_what, body) => {
    expect(await checks('chartbrew', body, 400)).toEqual([['FAILED', null]]);
  });

  it.each(['looker', 'credible', 'chartbrew'] as const)(
    'the message of %s is quoted when it refuses a test of settings',
    async (vendor) => {
      gateways.answer = () => refusal(vendor, WORDS, 403);
      const quoted = await gateways.run(vendor, TEST_CONFIG, settingsFor(vendor));
      expect(quoted).toMatchObject({ __typename: 'PermissionError', vendorMessage: WORDS });
      gateways.answer = () => refusal(vendor, 'It is own-credential-42.', 403);
      const redacted = await gateways.run(vendor, TEST_CONFIG, settingsFor(vendor));
      expect(redacted).toMatchObject({ __typename: 'PermissionError', vendorMessage: null });
    },
  );

  it('a test of a saved connection quotes no message, because the vendor tests with stored secrets', async () => {
    const rows = [{ name: 'connect', status: 'error', message: 'the database is out of reach' }];
    gateways.answer = ({ method }) => (method === 'GET' ? rowOf('looker') : { status: 200, body: rows });
    const { test } = await gateways.run('looker', TEST, { id: globalId('looker') });
    expect(test.checks).toMatchObject([{ outcome: 'FAILED', vendorMessage: null }]);
    gateways.answer = ({ path }) =>
      path.endsWith('/test') ? { status: 400, body: { error: 'down' } } : rowOf('chartbrew');
    const saved = await gateways.run('chartbrew', TEST, { id: globalId('chartbrew') });
    expect(saved.test.checks).toMatchObject([{ outcome: 'FAILED', vendorMessage: null }]);
    gateways.answer = ({ method }) => (method === 'GET' ? rowOf('looker') : refusal('looker', WORDS, 403));
    expect(await gateways.run('looker', TEST, { id: globalId('looker') })).toMatchObject({ vendorMessage: null });
  });
});

describe('the verification of a rotation', () => {
  it('the verification of a rotation quotes no message, because it sends settings that the vendor reported', async () => {
    gateways.answer = ({ method }) =>
      method === 'GET' ? rowOf('credible') : { status: 200, body: { status: 'failed', errorMessage: WORDS } };
    const asked = { connections: { ids: [globalId('credible')] }, field: 'PASSWORD', secret: 'pw-secret-2' };
    const { rotation } = await gateways.run('credible', ROTATE, { ...asked, verifyFirst: true });
    expect(rotation.outcomes).toMatchObject([
      { status: 'VERIFICATION_FAILED', verification: { checks: [{ outcome: 'FAILED', vendorMessage: null }] } },
    ]);
  });
});
