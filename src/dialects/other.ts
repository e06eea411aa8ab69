import * as z from 'zod';
import { defineDialect, OTHER_DIALECT } from '../fields/dialect.ts';
import { credentialSecret, hostName, integer, plainName, text } from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

export const other = defineDialect(OTHER_DIALECT, {
  typeName: 'Other',
  label: 'another dialect',
  description: "A word of the vendor's outside this schema's list; see vendorDialect.",
  fields: z.object({
    dialectName: text("The dialect by the vendor's own name; Looker alone takes it. Reads back as vendorDialect.", {
      only: 'input',
      example: 'vertica',
    }),
    host: hostName('Host name or address of the database server.'),
    port: integer('TCP port of the database server.', { min: 1, max: 65_535, example: 5433 }),
    // Nobody knows what the driver of such a dialect makes of these two.
    database: plainName('Database, project or catalog.', { role: 'database', example: 'analytics' }),
    schema: plainName('Schema that unqualified table names mean.', { example: 'public' }),
    username: text('Database user to sign in as.', { role: 'username', example: 'bi_reader' }),
    password: credentialSecret('Password of that user. A key file goes into options.looker.certificate.'),
    tls: tlsSettings,
  }),
});
