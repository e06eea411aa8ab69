// Runs the contract tests of every vendor on Omni.
import { describeVendor, inSandbox } from '../vendor-contract.ts';

describeVendor({
  ...inSandbox('omni'),
  vendor: 'OMNI',
  rows: 11,
  known: {
    name: 'Finance Warehouse',
    vendorId: '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    dialect: 'SNOWFLAKE',
    vendorDialect: 'snowflake',
  },
  strange: { name: 'Event Stream', vendorDialect: 'singlestore' },
  unknownId: '00000000-0000-4000-8000-000000000000',
  malformedIds: ['5b0c6f0e', 'Finance Warehouse', '../connections', '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21?a=b'],
  creates: {
    name: 'Contract',
    config: {
      bigquery: {
        location: 'us',
        serviceAccountKey:
          '{"type":"service_account","project_id":"p","private_key":"contract-secret-1","client_email":"bi@p.example"}',
      },
    },
    secret: 'contract-secret-1',
    secretPath: 'config.bigquery.serviceAccountKey',
  },
  wrongCredentials: { apiKey: 'wrong-secret-1' },
  wrongCredential: 'wrong-secret-1',
});
