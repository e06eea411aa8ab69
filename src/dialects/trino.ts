import * as z from 'zod';
import { defineDialect } from '../domain/dialect.ts';
import { hostName, portNumber, secret, text } from '../domain/fields.ts';
import { tlsSettings } from './groups.ts';

export const trino = defineDialect('trino', {
  typeName: 'Trino',
  label: 'Trino',
  description: 'Trino, or Starburst. Encrypted unless tls.enabled is false.',
  fields: z.object({
    host: hostName(
      "Host name or address of the coordinator, without scheme (Credible's `server` is this and tls.enabled).",
    ),
    port: portNumber(8080),
    catalog: text('Catalog to connect to.', { role: 'database', example: 'hive' }),
    schema: text('Schema that unqualified table names mean.', { example: 'public' }),
    username: text('Trino user to sign in as.', { example: 'bi_reader' }),
    password: secret('Password of that user; sent over an encrypted line alone.'),
    peakaKey: secret('API key of Peaka, which speaks the same protocol (Credible).'),
    tls: tlsSettings,
  }),
});
