import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { flag, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';
import { serverFields } from './groups.ts';

export const oracle = defineDialect('oracle', {
  typeName: 'Oracle',
  label: 'Oracle Database',
  description: 'Oracle Database, by host or by TNS.',
  fields: z.object({
    ...serverFields(1521),
    usesTns: flag('Whether the server is found by TNS (Looker: uses_tns).'),
    serviceName: text('TNS service name (Looker: service_name).', { example: 'ORCLPDB1' }),
    acceptsLicense: flag("Whether the license of Oracle's driver is accepted; Omni takes no connection without.", {
      safeToChange: SAFE_REASONS.vendorOnly,
    }),
  }),
});
