// Credible, held to what every vendor must do.
import { describeVendor, inSandbox } from './contract-suite.ts';

describeVendor({
  ...inSandbox('credible'),
  vendor: 'CREDIBLE',
  rows: 12,
  known: {
    name: 'marketing_bigquery',
    vendorId: 'marketing_bigquery',
    dialect: 'BIGQUERY',
    vendorDialect: 'bigquery',
  },
  strange: { name: 'lake_duckdb', vendorDialect: 'duckdb' },
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
