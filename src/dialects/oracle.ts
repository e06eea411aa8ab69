import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { flag, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';
import { serverFields } from './shared-fields.ts';

export const oracle = defineDialect('oracle', {
  typeName: 'Oracle',
  label: 'Oracle Database',
  description: 'Oracle Database, found by its host or by a TNS service name.',
  fields: z.object({
    ...serverFields(1521),
    usesTns: flag('Whether the server is found by its TNS service name (Looker: uses_tns).'),
    serviceName: text('The TNS service name of the database (Looker: service_name).', { example: 'ORCLPDB1' }),
    acceptsLicense: flag("Whether the license of Oracle's driver is accepted. Omni refuses connections without it.", {
      safeToChange: SAFE_REASONS.vendorOnly,
    }),
  }),
});
