// Changes to the settings of a saved connection: by its dialect, and what only its vendor takes.
import { derivePatch, nullishPatch, patchOrInput } from '../derive-patch.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { alternativesInput } from './alternatives.ts';
import type { SettingsInputs } from './settings.ts';

const HOW = 'What is left out is kept, null clears it.';

export const addPatchInputs = (schemaContext: SchemaContext): SettingsInputs => ({
  Config: alternativesInput(
    schemaContext,
    'ConnectionConfigPatch',
    "Changes to a connection's settings: must name its own dialect; a change of dialect is a new connection.",
    schemaContext.dialects.map(({ key, typeName, fields, description }) => ({
      key,
      type: derivePatch(schemaContext, `${typeName}Patch`, fields, {
        description: `Changes to a connection to this: ${description} ${HOW} Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none.`,
      }),
      check: nullishPatch(fields),
      description,
    })),
  ),
  Options: alternativesInput(
    schemaContext,
    'VendorOptionsPatch',
    "Changes to what only a connection's vendor takes: must name its own vendor.",
    schemaContext.vendors.flatMap(({ kind, typeName, label, options, update }) =>
      update === undefined
        ? []
        : [
            {
              key: kind,
              type: patchOrInput(schemaContext, `${typeName}Options`, update.options, options, {
                description: `What of that which only ${label} takes can be changed. ${HOW}`,
              }),
              check: nullishPatch(update.options),
              description: `For a connection that ${label} holds.`,
            },
          ],
    ),
  ),
});
