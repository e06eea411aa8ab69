import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const starrocks = defineDialect('starrocks', {
  typeName: 'StarRocks',
  label: 'StarRocks',
  description: 'StarRocks, over the MySQL protocol.',
  fields: z.object(serverFields(9030)),
});
