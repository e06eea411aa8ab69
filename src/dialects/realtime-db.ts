import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serviceAccountKey, text, url } from '../fields/define-fields.ts';

export const realtimeDb = defineDialect('realtimeDb', {
  typeName: 'RealtimeDb',
  label: 'Firebase Realtime Database',
  description: 'Firebase Realtime Database, by a service account.',
  fields: z.object({
    databaseUrl: url("Address of the database, where it is not the project's default one.", {
      role: 'host',
      example: 'https://acme-default-rtdb.firebaseio.com',
    }),
    authOverrideUid: text("User id to act as under the database's rules.", { example: 'reporting' }),
    serviceAccountKey: serviceAccountKey('Key file of the service account: the whole JSON document as text.'),
  }),
});
