// testConnectionConfig uses nothing that is stored: a secret that is missing is asked for, and no call is made.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const TEST = `mutation ($input: TestConnectionConfigInput!) { testConnectionConfig(input: $input) {
  __typename
  ... on ValidationError { issues { path code } }
  ... on TestConnectionSuccess { test { outcome } }
} }`;

const server = { host: 'db.example.com', port: 5432, database: 'shop' };

it.each([
  ['looker', { postgres: { ...server, username: 'bi' } }, 'config.postgres.password'],
  ['chartbrew', { mysql: { ...server, username: 'bi' } }, 'config.mysql.password'],
  ['credible', { motherduck: { database: 'sales' } }, 'config.motherduck.accessToken'],
  ['credible', { snowflake: { account: 'xy1', username: 'BI', warehouse: 'WH' } }, 'config.snowflake.password'],
  ['chartbrew', { firestore: {} }, 'config.firestore.serviceAccountKey'],
])('at %s %j needs %s', async (instance, config, path) => {
  const { data } = await gateway.ask(TEST, { input: { instance, config } });
  expect(data.testConnectionConfig).toEqual({
    __typename: 'ValidationError',
    issues: [{ path: ['input', ...path.split('.')], code: 'SECRET_NEEDED' }],
  });
});

it.each([
  ['looker', { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } }],
  ['credible', { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } }],
  ['chartbrew', { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } }],
  ['chartbrew', { api: { baseUrl: 'https://api.example.com' } }],
])('at %s %j is tested, without a name', async (instance, config) => {
  const { data } = await gateway.ask(TEST, { input: { instance, config } });
  expect(data.testConnectionConfig).toEqual({ __typename: 'TestConnectionSuccess', test: { outcome: 'PASSED' } });
});
