import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const databricksLakebase = defineDialect('databricksLakebase', {
  typeName: 'Lakebase',
  label: 'Databricks Lakebase',
  description: 'Databricks Lakebase, a PostgreSQL service of Databricks.',
  fields: z.object(serverFields(5432)),
});
