// Translates a draft or a patch to the body of Omni's create or update. Secrets are revealed here.
import type { Draft, Patch } from '../../domain/connection.ts';
import type { Values } from '../../fields/values-by-key.ts';
import type { Secret } from '../../secrets/secret.ts';
import { writeFields } from '../write-fields.ts';
import { environmentAfterUpdate } from './environment/environment-attribute.ts';
import { omniChanges, omniChangesWire, omniOptions, omniOptionsWire } from './fields.ts';
import { derivedAuthenticationType } from './sign-in/sign-in-methods.ts';

type Body = Record<string, unknown>;

const reveal = (secret: Secret): string => secret.reveal();

/** Returns the body that creates the connection of a draft. */
export function toWire(draft: Draft): Body {
  const { name, support, config, options } = draft;
  const authenticationType = derivedAuthenticationType(draft);
  return {
    dialect: support.vendorDialect,
    name,
    ...(authenticationType ? { authenticationType } : {}),
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...writeFields(omniOptions, omniOptionsWire, options, reveal),
  };
}

/** Omni expects both parts of the attribute in each change; null removes the attribute. */
function environment({ current, options }: Patch): Values {
  if (options['environmentUserAttribute'] === undefined) return {};
  const after = environmentAfterUpdate(current.details(), options);
  const values = (after?.['defaultValues'] ?? []) as string[];
  return {
    environmentUserAttribute: after && { ...after, defaultValues: values.length > 0 ? values : null },
  };
}

/** Returns the body that changes the fields of a patch. */
export const patchToWire = (patch: Patch): Body => ({
  ...writeFields(patch.support.dialect.fields, patch.support.fields, patch.config, reveal),
  ...writeFields(omniChanges, omniChangesWire, patch.options, reveal),
  ...environment(patch),
});
