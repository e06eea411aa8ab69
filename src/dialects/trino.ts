import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, hostName, nameInside, portNumber, text } from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

export const trino = defineDialect('trino', {
  typeName: 'Trino',
  label: 'Trino',
  description: 'Trino or Starburst. The connection is encrypted unless tls.enabled is false.',
  fields: z.object({
    host: hostName(
      "The host name or IP address of the coordinator, without a scheme. Credible's `server` combines it with `tls.enabled`.",
    ),
    port: portNumber(8080),
    catalog: nameInside('The name of the catalog to connect to.', { role: 'database', example: 'hive' }),
    schema: nameInside('The default schema, which is used for table names without a schema.', { example: 'public' }),
    username: text('The name of the Trino user that signs in.', { role: 'username', example: 'bi_reader' }),
    password: credentialSecret('The password of the user. It requires an encrypted connection.'),
    peakaKey: credentialSecret('The API key of Peaka, a service with the Trino protocol (Credible).'),
    tls: tlsSettings,
  }),
});
