import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, text } from '../fields/define-fields.ts';

export const customerIo = defineDialect('customerIo', {
  typeName: 'CustomerIo',
  label: 'Customer.io',
  description: 'Customer.io, with an App API key.',
  fields: z.object({
    region: text('The region of the Customer.io account: us or eu.', { example: 'eu' }),
    apiKey: credentialSecret('The App API key of the Customer.io account.'),
  }),
});
