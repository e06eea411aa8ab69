import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, flag, hostName, nameInside, text } from '../fields/define-fields.ts';
import { oauthSettings } from './shared-fields.ts';
import { tlsSettings } from './tls.ts';

export const databricks = defineDialect('databricks', {
  typeName: 'Databricks',
  label: 'Databricks',
  description: 'Databricks SQL, with a personal access token or OAuth.',
  fields: z.object({
    host: hostName('The host name of the Databricks workspace.', {
      role: 'host',
      example: 'dbc-a1b2345c-d6e7.cloud.databricks.com',
    }),
    httpPath: text('The HTTP path of the SQL warehouse or cluster.', {
      example: '/sql/1.0/warehouses/a1b2c3d4e5f6a7b8',
    }),
    catalog: nameInside('The name of the Unity catalog to connect to.', { role: 'database', example: 'main' }),
    schema: nameInside('The default schema, which is used for table names without a schema.', { example: 'default' }),
    accessToken: credentialSecret('The personal access token of the Databricks user.'),
    oauth: oauthSettings,
    machineAuthentication: flag('Whether the OAuth client signs in without a user (Omni: useMachineAuth).'),
    tls: tlsSettings,
  }),
});
