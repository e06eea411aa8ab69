import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, flag, nameInside, text } from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

export const athena = defineDialect('athena', {
  typeName: 'Athena',
  label: 'Amazon Athena',
  description: 'Amazon Athena, by an access key, a role or the machine that asks.',
  fields: z.object({
    region: text('AWS region.', { example: 'eu-central-1' }),
    catalog: nameInside('Data catalog to connect to.', { slash: true, role: 'database', example: 'AwsDataCatalog' }),
    schema: nameInside('Schema that unqualified table names mean.', { example: 'public' }),
    s3StagingDir: text('Where Athena writes its results, as s3://bucket/path/. Looker needs it.', {
      max: 1024,
      example: 's3://acme-athena/results/',
    }),
    roleArn: text('ARN of the role to act as (Omni: awsRoleArn).', {
      example: 'arn:aws:iam::123456789012:role/bi-reader',
    }),
    accessKeyId: text('Id of the AWS access key.', { role: 'username', example: 'AKIAIOSFODNN7EXAMPLE' }),
    secretAccessKey: credentialSecret('Secret of that access key.'),
    machineAuthentication: flag('Whether the vendor signs in as the machine that it runs on (Omni: useMachineAuth).'),
    tls: tlsSettings,
  }),
});
