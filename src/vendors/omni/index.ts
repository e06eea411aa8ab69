// The Omni vendor. Omni identifies a connection by a UUID, and a read reports few of the fields that were written.
import * as z from 'zod';
import { mustEndIn } from '../base-url.ts';
import { credential, defineVendor } from '../define-vendor.ts';
import { omniDialects, omniInsteadOf, omniOptionScopes } from './dialects.ts';
import { omniDetails, omniOptions } from './fields.ts';
import { connect } from './instance.ts';
import { review, warningsForDelete } from './review.ts';
import { updateRules } from './update-rules.ts';
import { OMNI_ID } from './wire.ts';

export const omni = defineVendor({
  kind: 'omni',
  typeName: 'Omni',
  label: 'Omni',
  description: 'Omni (omniapp.co). Reads report few of the fields that were written.',
  documentationUrl: 'https://docs.omni.co/docs/API/connections',
  setupAdvice: {
    baseUrl: 'The base URL of Omni ends in /api, such as https://acme.omniapp.co/api.',
    credential: 'Check apiKey: it belongs to this organization and is not revoked.',
    permission: "The key must be an Organization Admin's.",
  },
  settings: z.object({ apiKey: credential('Organization API key, or a personal access token of an admin.') }),
  reviewBaseUrl: mustEndIn('/api', {
    path: /\/api\/v\d+(\/|$)/,
    problem: 'holds the version of the API, which is added to it',
  }),
  dialects: omniDialects,
  details: omniDetails,
  options: omniOptions,
  optionScopes: omniOptionScopes,
  unsupportedAdvice: omniInsteadOf,
  notReported: ['host', 'username'],
  perMinute: 60,
  listTtlMs: 5000,
  isVendorId: (text) => OMNI_ID.test(text),
  update: updateRules,
  review,
  afterDelete: warningsForDelete,
  connect,
});
