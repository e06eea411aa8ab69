import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { connectionString, databaseFlavor, serverFields } from './shared-fields.ts';

export const mysql = defineDialect('mysql', {
  typeName: 'MySql',
  label: 'MySQL',
  description: 'MySQL or a product with the same protocol.',
  fields: z.object({ ...serverFields(3306), connectionString: connectionString('mysql'), flavor: databaseFlavor }),
});
