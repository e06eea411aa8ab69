import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const redshift = defineDialect('redshift', {
  typeName: 'Redshift',
  label: 'Amazon Redshift',
  description: 'Amazon Redshift, with a user name and a password.',
  fields: z.object(serverFields(5439)),
});
