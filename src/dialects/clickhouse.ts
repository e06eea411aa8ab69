import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const clickhouse = defineDialect('clickhouse', {
  typeName: 'ClickHouse',
  label: 'ClickHouse',
  description: 'ClickHouse, over its HTTP interface. With TLS the usual port is 8443.',
  fields: z.object(serverFields(8123, 8443)),
});
