// Settings of a connection that is to be: by its dialect, and what only its vendor takes.
import { deriveInput, nullish } from '../derive.ts';
import type { AnyInput, SchemaContext } from '../schema-builder.ts';
import { alternativesInput } from './alternatives.ts';

export interface SettingsInputs {
  readonly Config: AnyInput;
  readonly Options: AnyInput;
}

export const addSettingsInputs = (schemaContext: SchemaContext): SettingsInputs => ({
  Config: alternativesInput(
    schemaContext,
    'ConnectionConfigInput',
    'Settings of a new connection: exactly one dialect.',
    schemaContext.dialects.map(({ key, typeName, fields, description }) => ({
      key,
      type: deriveInput(schemaContext, `${typeName}Input`, fields, {
        description: `${description} Every field may be left out here; what a vendor requires comes back as issues, all at once.`,
      }),
      check: nullish(fields),
      description,
    })),
  ),
  Options: alternativesInput(
    schemaContext,
    'VendorOptionsInput',
    'What only one vendor takes; must name the vendor of the instance.',
    schemaContext.vendors.map(({ kind, typeName, label, options }) => ({
      key: kind,
      type: deriveInput(schemaContext, `${typeName}OptionsInput`, options, {
        description: `What only ${label} takes for a connection.`,
      }),
      check: nullish(options),
      description: `For an instance of ${label}.`,
    })),
  ),
});
