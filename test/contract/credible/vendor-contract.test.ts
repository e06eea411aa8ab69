// Runs the contract tests of every vendor on Credible.
import { createSandboxCredible } from '../../../src/sandbox/credible/server.ts';
import type { SandboxVendor } from '../../../src/sandbox/server.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { describeVendor } from '../vendor-contract.ts';

/** A connection of a type that only the newest documentation has. */
const strange = { name: 'lakehouse', type: 'databricks', databricksConnection: { host: 'dbc-1.example' } };

/** The sandbox with this connection added. */
function withStrange(): SandboxVendor {
  const sandbox = createSandboxCredible();
  return async (request) => {
    const answer = await sandbox(request);
    if (request.method !== 'GET' || answer.status === 401) return answer;
    if (request.path.endsWith('/connections')) return { ...answer, body: [...(answer.body as unknown[]), strange] };
    return request.path.endsWith(`/connections/${strange.name}`) ? { status: 200, body: strange } : answer;
  };
}

describeVendor({
  instance: 'credible',
  start: async (settings) => {
    const { gateway, origin, close } = await startStubbedGateway('credible', withStrange(), settings);
    return { ...gateway, origin, close };
  },
  vendor: 'CREDIBLE',
  rows: 13,
  known: {
    name: 'marketing_bigquery',
    vendorId: 'marketing_bigquery',
    dialect: 'BIGQUERY',
    vendorDialect: 'bigquery',
  },
  strange: { name: 'lakehouse', vendorDialect: 'databricks' },
  unknownId: 'nobody',
  malformedIds: ['two words', 'a/b', '..', 'a.b', 'a?b', 'ärger'],
  creates: {
    name: 'contract',
    config: { mysql: { host: 'db.acme.example', username: 'bi', password: 'contract-secret-1' } },
    secret: 'contract-secret-1',
    secretPath: 'config.mysql.password',
  },
  wrongCredentials: { token: 'wrong-secret-1' },
  wrongCredential: 'wrong-secret-1',
});
