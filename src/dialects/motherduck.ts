import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, nameInside } from '../fields/define-fields.ts';

export const motherduck = defineDialect('motherduck', {
  typeName: 'MotherDuck',
  label: 'MotherDuck',
  description: 'MotherDuck: DuckDB in the cloud, by an access token.',
  fields: z.object({
    database: nameInside('Database to connect to.', { role: 'database', example: 'analytics' }),
    schema: nameInside('Schema that unqualified table names mean.', { example: 'main' }),
    accessToken: credentialSecret('Access token of the MotherDuck account.'),
  }),
});
