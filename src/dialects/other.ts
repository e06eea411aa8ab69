import * as z from 'zod';
import { defineDialect, OTHER_DIALECT } from '../domain/dialect.ts';
import { hostName, integer, secret, text } from '../domain/fields.ts';
import { tlsSettings } from './groups.ts';

export const other = defineDialect(OTHER_DIALECT, {
  typeName: 'Other',
  label: 'another dialect',
  description: "A word of the vendor's outside this schema's list; see vendorDialect.",
  readOnly: true,
  fields: z.object({
    host: hostName('Host name or address, as the vendor tells it.'),
    port: integer('TCP port, as the vendor tells it.', { max: 65_535 }),
    database: text('Database, project or catalog, as the vendor tells it.', { role: 'database' }),
    schema: text('Default schema, as the vendor tells it.'),
    username: text('User name, as the vendor tells it.'),
    password: secret('Password of that user.'),
    tls: tlsSettings,
  }),
});
