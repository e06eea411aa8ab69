// A draft as Omni's create body, a change as that of its update. One of the places where a caller's secret is revealed.
import type { Draft, Patch } from '../../domain/connection.ts';
import type { Values } from '../../fields/values.ts';
import type { Secret } from '../../secrets/secret.ts';
import { writeFields } from '../wire-fields.ts';
import { environmentAfter, omniChanges, omniChangesWire, omniOptions, omniOptionsWire } from './fields.ts';
import { derivedType } from './sign-in.ts';

const reveal = (secret: Secret): string => secret.reveal();

export function toWire(draft: Draft): Record<string, unknown> {
  const { support } = draft;
  const derived = derivedType(draft);
  return {
    dialect: support.word,
    name: draft.name,
    ...(derived ? { authenticationType: derived } : {}),
    ...writeFields(support.dialect.fields, support.fields, draft.config, reveal),
    ...writeFields(omniOptions, omniOptionsWire, draft.options, reveal),
  };
}

/** Of the attribute both parts are always sent; null takes it away. */
function environment({ current, options }: Patch): Values {
  if (options['environmentUserAttribute'] === undefined) return {};
  const after = environmentAfter(current.details, options);
  const values = (after?.['defaultValues'] ?? []) as string[];
  return {
    environmentUserAttribute: after && { ...after, defaultValues: values.length > 0 ? values : null },
  };
}

export const patchToWire = (patch: Patch): Record<string, unknown> => ({
  ...writeFields(patch.support.dialect.fields, patch.support.fields, patch.config, reveal),
  ...writeFields(omniChanges, omniChangesWire, patch.options, reveal),
  ...environment(patch),
});
