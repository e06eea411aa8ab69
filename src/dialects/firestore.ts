import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serviceAccountKey, text } from '../fields/define-fields.ts';

export const firestore = defineDialect('firestore', {
  typeName: 'Firestore',
  label: 'Cloud Firestore',
  description: 'Google Cloud Firestore, with a service account.',
  fields: z.object({
    projectId: text('The id of the Google Cloud project in the stored key file.', { role: 'database', only: 'output' }),
    serviceAccountKey: serviceAccountKey('The JSON key file of the service account, as text.'),
  }),
});
