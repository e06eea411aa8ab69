import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { text } from '../fields/define-fields.ts';

export const googleAnalytics = defineDialect('googleAnalytics', {
  typeName: 'GoogleAnalytics',
  label: 'Google Analytics',
  description: "Google Analytics, with an OAuth grant that a user gave on the vendor's web page.",
  fields: z.object({
    oauthId: text("The id of the OAuth grant that a user gave on Chartbrew's web page.", {
      example: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11',
    }),
  }),
});
