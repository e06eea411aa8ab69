import * as z from 'zod';
import { defineDialect } from '../domain/dialect.ts';
import { secret, text } from '../domain/fields.ts';

export const customerIo = defineDialect('customerIo', {
  typeName: 'CustomerIo',
  label: 'Customer.io',
  description: 'Customer.io, by an App API key.',
  fields: z.object({
    region: text('Region of the account: us or eu.', { destination: true, example: 'eu' }),
    apiKey: secret('App API key.'),
  }),
});
