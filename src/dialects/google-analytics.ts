import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { text } from '../fields/define-fields.ts';

export const googleAnalytics = defineDialect('googleAnalytics', {
  typeName: 'GoogleAnalytics',
  label: 'Google Analytics',
  description: "Google Analytics, by a grant that was given in the vendor's own web page.",
  fields: z.object({
    oauthId: text("Id of the grant that was made in Chartbrew's own web page.", {
      example: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11',
    }),
  }),
});
