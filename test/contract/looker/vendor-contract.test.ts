// Runs the contract tests of every vendor on Looker.
import { describeVendor, inSandbox } from '../vendor-contract.ts';

describeVendor({
  ...inSandbox('looker'),
  vendor: 'LOOKER',
  rows: 15,
  known: { name: 'crm_replica', vendorId: 'crm_replica', dialect: 'MYSQL', vendorDialect: 'mysql_8' },
  strange: { name: 'catalogue', vendorDialect: 'mongobi' },
  unknownId: 'nobody',
  malformedIds: ['Billing', 'two words', 'a/b', '..', 'a?b', 'a%2fb'],
  creates: {
    name: 'contract',
    config: { postgres: { host: 'db.acme.example', username: 'bi', password: 'contract-secret-1' } },
    secret: 'contract-secret-1',
    secretPath: 'config.postgres.password',
  },
  wrongCredentials: { clientSecret: 'wrong-secret-1' },
  wrongCredential: 'wrong-secret-1',
});
