import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { flag, plainName } from '../fields/define-fields.ts';
import { secretEntries } from './entries.ts';
import { connectionString, serverFields } from './shared-fields.ts';

const { schema: _schema, tls, ...server } = serverFields(27017);

export const mongodb = defineDialect('mongodb', {
  typeName: 'MongoDb',
  label: 'MongoDB',
  description: 'MongoDB or a service with the same protocol.',
  fields: z.object({
    ...server,
    // Chartbrew puts the name into the URL, where it also names the database that authenticates the user. A change of it may therefore
    // send the password to another server, so it is not safe to change.
    database: plainName('The name of the database to connect to.', { role: 'database', example: 'analytics' }),
    connectionString: connectionString('mongodb', 'mongodb+srv'),
    srv: flag('Whether the servers are looked up in a DNS SRV record (mongodb+srv).'),
    options: secretEntries(
      'The options that are appended to the URL, such as replicaSet, authSource and tls. Write each value without percent-encoding.',
    ),
    tls,
  }),
});
