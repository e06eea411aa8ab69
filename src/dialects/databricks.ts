import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, flag, hostName, nameInside, text } from '../fields/define-fields.ts';
import { oauthSettings } from './groups.ts';
import { tlsSettings } from './tls.ts';

export const databricks = defineDialect('databricks', {
  typeName: 'Databricks',
  label: 'Databricks',
  description: 'Databricks SQL, by a personal access token or OAuth.',
  fields: z.object({
    host: hostName('Host name of the workspace.', { role: 'host', example: 'dbc-a1b2345c-d6e7.cloud.databricks.com' }),
    httpPath: text('HTTP path of the SQL warehouse or cluster.', {
      example: '/sql/1.0/warehouses/a1b2c3d4e5f6a7b8',
    }),
    catalog: nameInside('Unity catalog to connect to.', { role: 'database', example: 'main' }),
    schema: nameInside('Schema that unqualified table names mean.', { example: 'default' }),
    accessToken: credentialSecret('Personal access token.'),
    oauth: oauthSettings,
    machineAuthentication: flag('Whether the client signs in by itself, without a user (Omni: useMachineAuth).'),
    tls: tlsSettings,
  }),
});
