import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const mariadb = defineDialect('mariadb', {
  typeName: 'MariaDb',
  label: 'MariaDB',
  description: 'MariaDB, with the MariaDB driver.',
  fields: z.object(serverFields(3306)),
});
