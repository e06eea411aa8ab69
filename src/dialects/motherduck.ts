import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, nameInside } from '../fields/define-fields.ts';

export const motherduck = defineDialect('motherduck', {
  typeName: 'MotherDuck',
  label: 'MotherDuck',
  description: 'MotherDuck, a cloud service for DuckDB, with an access token.',
  fields: z.object({
    database: nameInside('The name of the database to connect to.', { role: 'database', example: 'analytics' }),
    schema: nameInside('The default schema, which is used for table names without a schema.', { example: 'main' }),
    accessToken: credentialSecret('The access token of the MotherDuck account.'),
  }),
});
