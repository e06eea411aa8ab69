import * as z from 'zod';
import { defineDialect, OTHER_DIALECT } from '../fields/dialect.ts';
import { credentialSecret, hostName, integer, plainName, text } from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

export const other = defineDialect(OTHER_DIALECT, {
  typeName: 'Other',
  label: 'another dialect',
  description: "A dialect that this schema does not list. `vendorDialect` has the vendor's name for it.",
  fields: z.object({
    dialectName: text("The vendor's name of the dialect. Only Looker accepts it. Reads return it as `vendorDialect`.", {
      only: 'input',
      example: 'vertica',
    }),
    host: hostName('The host name or IP address of the database server.'),
    port: integer('The TCP port of the database server.', { min: 1, max: 65_535, example: 5433 }),
    // The driver of an unknown dialect may use these names in a URL, so they are not safe to change.
    database: plainName('The name of the database, project or catalog.', { role: 'database', example: 'analytics' }),
    schema: plainName('The default schema, which is used for table names without a schema.', { example: 'public' }),
    username: text('The name of the database user that signs in.', { role: 'username', example: 'bi_reader' }),
    password: credentialSecret('The password of the database user. Send a key file in options.looker.certificate.'),
    tls: tlsSettings,
  }),
});
