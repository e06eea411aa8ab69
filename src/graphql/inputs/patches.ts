// The changes to the settings of a saved connection: an input for each dialect, and one for the options of each vendor.
import { derivePatch, nullishPatch, patchOrInput } from '../derive-patch.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { alternativesInput } from './alternatives.ts';
import type { SettingsInputs } from './settings.ts';

const HOW = 'A field that is left out keeps its value, and null clears it.';

/** Adds ConnectionConfigPatch and VendorOptionsPatch. */
export const addPatchInputs = (schemaContext: SchemaContext): SettingsInputs => ({
  Config: alternativesInput(
    schemaContext,
    'ConnectionConfigPatch',
    "Changes to a connection's settings, in the field of its own dialect. The dialect cannot be changed: create a new connection for that.",
    schemaContext.dialects.map(({ key, typeName, fields, description }) => ({
      key,
      type: derivePatch(schemaContext, `${typeName}Patch`, fields, {
        description: `Changes to a connection of this dialect: ${description} ${HOW} Lists and one-of groups are replaced as a whole, with the secrets in them: send a stored secret again to keep it; in an item of a list, null means that there is no secret.`,
      }),
      check: nullishPatch(fields),
      description,
    })),
  ),
  Options: alternativesInput(
    schemaContext,
    'VendorOptionsPatch',
    "Changes to the options that only a connection's vendor accepts, in the field of this vendor.",
    schemaContext.vendors.flatMap(({ kind, typeName, label, options, update }) =>
      update === undefined
        ? []
        : [
            {
              key: kind,
              type: patchOrInput(schemaContext, `${typeName}Options`, update.options, options, {
                description: `Changes to the options that only ${label} accepts. ${HOW}`,
              }),
              check: nullishPatch(update.options),
              description: `Changes to a connection that ${label} stores.`,
            },
          ],
    ),
  ),
});
