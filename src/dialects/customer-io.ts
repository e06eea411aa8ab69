import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, text } from '../fields/define-fields.ts';

export const customerIo = defineDialect('customerIo', {
  typeName: 'CustomerIo',
  label: 'Customer.io',
  description: 'Customer.io, by an App API key.',
  fields: z.object({
    region: text('Region of the account: us or eu.', { example: 'eu' }),
    apiKey: credentialSecret('App API key.'),
  }),
});
