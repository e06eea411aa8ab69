import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { credentialSecret, flag, nameInside, text } from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

export const athena = defineDialect('athena', {
  typeName: 'Athena',
  label: 'Amazon Athena',
  description: 'Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on.',
  fields: z.object({
    region: text('The AWS region, such as eu-central-1.', { example: 'eu-central-1' }),
    catalog: nameInside('The name of the data catalog to connect to.', {
      slash: true,
      role: 'database',
      example: 'AwsDataCatalog',
    }),
    schema: nameInside('The default schema, which is used for table names without a schema.', { example: 'public' }),
    s3StagingDir: text(
      'The location in S3 to which Athena writes query results, as s3://bucket/path/. Looker requires it.',
      {
        max: 1024,
        example: 's3://acme-athena/results/',
      },
    ),
    roleArn: text('The ARN of the AWS role that the vendor assumes (Omni: awsRoleArn).', {
      example: 'arn:aws:iam::123456789012:role/bi-reader',
    }),
    accessKeyId: text('The id of the AWS access key.', { role: 'username', example: 'AKIAIOSFODNN7EXAMPLE' }),
    secretAccessKey: credentialSecret('The secret of the AWS access key.'),
    machineAuthentication: flag(
      'Whether the vendor signs in with the identity of the machine that it runs on (Omni: useMachineAuth).',
    ),
    tls: tlsSettings,
  }),
});
