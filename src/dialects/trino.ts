import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, hostName, nameInside, portNumber, text } from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

export const trino = defineDialect('trino', {
  typeName: 'Trino',
  label: 'Trino',
  description: 'Trino, or Starburst. Encrypted unless tls.enabled is false.',
  fields: z.object({
    host: hostName(
      "Host name or address of the coordinator, without scheme (Credible's `server` is this and tls.enabled).",
    ),
    port: portNumber(8080),
    catalog: nameInside('Catalog to connect to.', { role: 'database', example: 'hive' }),
    schema: nameInside('Schema that unqualified table names mean.', { example: 'public' }),
    username: text('Trino user to sign in as.', { role: 'username', example: 'bi_reader' }),
    password: credentialSecret('Password of that user; sent over an encrypted line alone.'),
    peakaKey: credentialSecret('API key of Peaka, which speaks the same protocol (Credible).'),
    tls: tlsSettings,
  }),
});
