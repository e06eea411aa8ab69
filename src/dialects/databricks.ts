import * as z from 'zod';
import { defineDialect } from '../domain/dialect.ts';
import { flag, hostName, secret, text } from '../domain/fields.ts';
import { oauthSettings, tlsSettings } from './groups.ts';

export const databricks = defineDialect('databricks', {
  typeName: 'Databricks',
  label: 'Databricks',
  description: 'Databricks SQL, by a personal access token or OAuth.',
  fields: z.object({
    host: hostName('Host name of the workspace.', { role: 'host', example: 'dbc-a1b2345c-d6e7.cloud.databricks.com' }),
    httpPath: text('HTTP path of the SQL warehouse or cluster.', {
      destination: true,
      example: '/sql/1.0/warehouses/a1b2c3d4e5f6a7b8',
    }),
    catalog: text('Unity catalog to connect to.', { role: 'database', example: 'main' }),
    schema: text('Schema that unqualified table names mean.', { example: 'default' }),
    accessToken: secret('Personal access token.'),
    oauth: oauthSettings,
    machineAuthentication: flag('Whether the client signs in by itself, without a user (Omni: useMachineAuth).'),
    tls: tlsSettings,
  }),
});
