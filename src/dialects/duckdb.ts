import * as z from 'zod';
import { defineDialect, type Dialect } from '../fields/dialect.ts';
import { credentialSecret, endpoint, group, list, oneOf, text } from '../fields/define-fields.ts';
import { bigquery } from './bigquery.ts';
import { postgres } from './postgres.ts';
import { snowflake } from './snowflake.ts';

const asSource = ({ typeName, description, fields }: Dialect) => group(typeName, description, fields.shape);

export const gcs = group('Gcs', 'Google Cloud Storage, by an HMAC key.', {
  keyId: text('Access id of the HMAC key.', { example: 'GOOGTS7C7FUP3AIRVJTE2BCD' }),
  secret: credentialSecret('Secret of the HMAC key.'),
});

export const s3 = group('S3', 'Amazon S3, or a service that speaks its protocol.', {
  accessKeyId: text('Id of the AWS access key.', { example: 'AKIAIOSFODNN7EXAMPLE' }),
  secretAccessKey: credentialSecret('Secret of that access key.'),
  region: text('AWS region; us-east-1 when left out.', { example: 'eu-central-1' }),
  endpoint: endpoint('Address of the service, where it is not Amazon itself.', { example: 's3.acme.example' }),
  sessionToken: credentialSecret('Session token of a temporary access key.'),
});

const source = oneOf(
  'DuckDbSource',
  'What is attached: exactly one kind; null on read for a kind that this schema does not know.',
  { postgres: asSource(postgres), bigquery: asSource(bigquery), snowflake: asSource(snowflake), gcs, s3 },
  { isRequired: true },
);

export const duckdb = defineDialect('duckdb', {
  typeName: 'DuckDb',
  label: 'DuckDB',
  description: 'DuckDB with databases and storage attached to it.',
  fields: z.object({
    attached: list(
      'Databases and storage that are attached, at least one.',
      group(
        'DuckDbAttachment',
        'One database or storage attached to a DuckDB.',
        {
          name: text('Name by which queries know it: a letter or _, then letters, digits and _.', {
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
