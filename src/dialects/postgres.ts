import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { connectionString, databaseFlavor, serverFields } from './shared-fields.ts';

export const postgres = defineDialect('postgres', {
  typeName: 'Postgres',
  label: 'PostgreSQL',
  description: 'PostgreSQL or a product with the same protocol.',
  fields: z.object({
    ...serverFields(5432),
    connectionString: connectionString('postgresql', 'postgres'),
    flavor: databaseFlavor,
  }),
});
