import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { flag, plainName } from '../fields/define-fields.ts';
import { secretEntries } from './entries.ts';
import { connectionString, serverFields } from './groups.ts';

const { schema: _schema, tls, ...server } = serverFields(27017);

export const mongodb = defineDialect('mongodb', {
  typeName: 'MongoDb',
  label: 'MongoDB',
  description: 'MongoDB, or a service that speaks its protocol.',
  fields: z.object({
    ...server,
    // Chartbrew joins it into the URL, where it also names the database that checks the password.
    database: plainName('Database to connect to.', { role: 'database', example: 'analytics' }),
    connectionString: connectionString('mongodb', 'mongodb+srv'),
    srv: flag('Whether the servers are found by a DNS SRV record (mongodb+srv).'),
    options: secretEntries(
      'Options that are appended to the URL: replicaSet, authSource, tls, … Write each value as it is, not percent-encoded.',
    ),
    tls,
  }),
});
