// The settings of a new connection: an input for each dialect, and one for the options of each vendor.
import { deriveInput, inputCheck } from '../derive-types.ts';
import type { AnyInput, SchemaContext } from '../schema-builder.ts';
import { exactlyOneInput } from './exactly-one-input.ts';

export interface SettingsInputs {
  readonly Config: AnyInput;
  readonly Options: AnyInput;
}

/** Adds ConnectionConfigInput and VendorOptionsInput. */
export const addSettingsInputs = (schemaContext: SchemaContext): SettingsInputs => ({
  Config: exactlyOneInput(
    schemaContext,
    'ConnectionConfigInput',
    'The settings of a new connection, in the field of its dialect. Exactly one field must be provided.',
    schemaContext.dialects.map(({ key, typeName, fields, description }) => ({
      key,
      type: deriveInput(schemaContext, `${typeName}Input`, fields, {
        description: `${description} This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them.`,
      }),
      check: inputCheck(fields),
      description,
    })),
  ),
  Options: exactlyOneInput(
    schemaContext,
    'VendorOptionsInput',
    'Options that only one vendor accepts, in the field of the vendor. It must be the vendor of the instance.',
    schemaContext.vendors.map(({ kind, typeName, label, options }) => ({
      key: kind,
      type: deriveInput(schemaContext, `${typeName}OptionsInput`, options, {
        description: `Connection options that only ${label} accepts.`,
      }),
      check: inputCheck(options),
      description: `Options for a connection at an instance of ${label}.`,
    })),
  ),
});
