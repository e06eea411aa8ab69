import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const sapHana = defineDialect('sapHana', {
  typeName: 'SapHana',
  label: 'SAP HANA',
  description: 'SAP HANA, over the port of its SQL interface.',
  fields: z.object(serverFields(30015)),
});
