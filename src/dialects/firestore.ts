import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serviceAccountKey, text } from '../fields/define-fields.ts';

export const firestore = defineDialect('firestore', {
  typeName: 'Firestore',
  label: 'Cloud Firestore',
  description: 'Google Cloud Firestore, by a service account.',
  fields: z.object({
    projectId: text('Google Cloud project that the stored key names.', { role: 'database', only: 'output' }),
    serviceAccountKey: serviceAccountKey('Key file of the service account: the whole JSON document as text.'),
  }),
});
