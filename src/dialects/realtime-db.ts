import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serviceAccountKey, text, url } from '../fields/define-fields.ts';

export const realtimeDb = defineDialect('realtimeDb', {
  typeName: 'RealtimeDb',
  label: 'Firebase Realtime Database',
  description: 'Firebase Realtime Database, with a service account.',
  fields: z.object({
    databaseUrl: url("The URL of the database, if it is not the project's default database.", {
      role: 'host',
      example: 'https://acme-default-rtdb.firebaseio.com',
    }),
    authOverrideUid: text("The user id under which the database's security rules are evaluated.", {
      example: 'reporting',
    }),
    serviceAccountKey: serviceAccountKey('The JSON key file of the service account, as text.'),
  }),
});
