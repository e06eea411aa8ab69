import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { serverFields } from './shared-fields.ts';

export const mssql = defineDialect('mssql', {
  typeName: 'MsSql',
  label: 'Microsoft SQL Server',
  description: 'Microsoft SQL Server or Azure SQL.',
  fields: z.object(serverFields(1433)),
});
