import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './groups.ts';

export const clickhouse = defineDialect('clickhouse', {
  typeName: 'ClickHouse',
  label: 'ClickHouse',
  description: 'ClickHouse, over HTTP (8443 is the usual port with TLS).',
  fields: z.object(serverFields(8123, 8443)),
});
