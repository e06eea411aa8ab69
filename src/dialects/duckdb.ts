import * as z from 'zod';
import { defineDialect, type Dialect } from '../fields/dialect.ts';
import { credentialSecret, endpoint, group, list, oneOf, text } from '../fields/define-fields.ts';
import { bigquery } from './bigquery.ts';
import { postgres } from './postgres.ts';
import { snowflake } from './snowflake.ts';

const asSource = ({ typeName, description, fields }: Dialect) => group(typeName, description, fields.shape);

export const gcs = group('Gcs', 'Google Cloud Storage, with an HMAC key.', {
  keyId: text('The access id of the HMAC key.', { example: 'GOOGTS7C7FUP3AIRVJTE2BCD' }),
  secret: credentialSecret('The secret of the HMAC key.'),
});

export const s3 = group('S3', 'Amazon S3 or a service with the same API.', {
  accessKeyId: text('The id of the AWS access key.', { example: 'AKIAIOSFODNN7EXAMPLE' }),
  secretAccessKey: credentialSecret('The secret of the AWS access key.'),
  region: text('The AWS region. It defaults to us-east-1.', { example: 'eu-central-1' }),
  endpoint: endpoint('The host or URL of the service, if it is not Amazon S3.', { example: 's3.acme.example' }),
  sessionToken: credentialSecret('The session token of a temporary access key.'),
});

const source = oneOf(
  'DuckDbSource',
  'The database or storage that is attached: exactly one of these fields. It is null on read if this schema does not know its kind.',
  { postgres: asSource(postgres), bigquery: asSource(bigquery), snowflake: asSource(snowflake), gcs, s3 },
  { isRequired: true },
);

export const duckdb = defineDialect('duckdb', {
  typeName: 'DuckDb',
  label: 'DuckDB',
  description: 'DuckDB with other databases and cloud storage attached to it.',
  fields: z.object({
    attached: list(
      'The attached databases and storage. At least one is required.',
      group(
        'DuckDbAttachment',
        'A database or storage that is attached to a DuckDB.',
        {
          name: text('The name of the attachment in queries: a letter or _, followed by letters, digits and _.', {
            isRequired: true,
            example: 'orders',
          }),
          source,
        },
        { outputName: 'DuckDbAttachment' },
      ),
    ),
  }),
});
