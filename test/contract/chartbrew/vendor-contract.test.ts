// Runs the contract tests of every vendor on Chartbrew.
import { describeVendor, inSandbox } from '../vendor-contract.ts';

describeVendor({
  ...inSandbox('chartbrew'),
  vendor: 'CHARTBREW',
  rows: 16,
  known: { name: 'Shop', vendorId: '16', dialect: 'MYSQL', vendorDialect: 'mysql' },
  strange: { name: 'Engineering tickets', vendorDialect: 'jira' },
  // The connection of another team.
  unknownId: '142',
  malformedIds: ['0', '016', '1abc', '-1', '1.5', 'Shop', '16/files', '99999999999'],
  creates: {
    name: 'Contract',
    config: { postgres: { connectionString: 'postgresql://bi:contract-secret-1@db.acme.example:5432/orders' } },
    secret: 'contract-secret-1',
    secretPath: 'config.postgres.connectionString',
  },
  wrongCredentials: { apiKey: 'wrong-secret-1' },
  wrongCredential: 'wrong-secret-1',
  forbidden: { teamId: 8 },
});
