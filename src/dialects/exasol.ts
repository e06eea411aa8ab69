import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const exasol = defineDialect('exasol', {
  typeName: 'Exasol',
  label: 'Exasol',
  description: 'Exasol, an in-memory database for analytics.',
  fields: z.object(serverFields(8563)),
});
