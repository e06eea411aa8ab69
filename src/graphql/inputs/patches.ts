// The changes to the settings of a saved connection: an input for each dialect, and one for the options of each vendor.
import { derivePatch, patchCheck, patchOrInput } from '../derive-patch-types.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { exactlyOneInput } from './exactly-one-input.ts';
import type { SettingsInputs } from './settings.ts';

const HOW = 'A field that is left out keeps its value, and null clears it.';

/** Adds ConnectionConfigPatch and VendorOptionsPatch. */
export const addPatchInputs = (schemaContext: SchemaContext): SettingsInputs => ({
  Config: exactlyOneInput(
    schemaContext,
    'ConnectionConfigPatch',
    "Changes to a connection's settings, in the field of its dialect. The dialect cannot be changed. To use another dialect, create a new connection.",
    schemaContext.dialects.map(({ key, typeName, fields, description }) => ({
      key,
      type: derivePatch(schemaContext, `${typeName}Patch`, fields, {
        description: `Changes to the settings of a connection with this dialect. ${description} ${HOW} Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret.`,
      }),
      check: patchCheck(fields),
      description,
    })),
  ),
  Options: exactlyOneInput(
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
              check: patchCheck(update.options),
              description: `Changes to the options of a stored ${label} connection.`,
            },
          ],
    ),
  ),
});
