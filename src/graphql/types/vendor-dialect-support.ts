// The type VendorDialectSupport: what one vendor supports of one dialect, with the JSON Schemas of its forms.
import type { Dialect } from '../../fields/dialect.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import { supportStatus, type UpdateRules, type Vendor } from '../../domain/vendor.ts';
import { createSchemaOf, optionsSchemaOf, updateOptionsSchemaOf, updateSchemaOf } from '../../forms/dialect-schemas.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';
import type { Enums } from './enums.ts';

interface SupportRow {
  readonly vendor: Vendor;
  readonly dialect: Dialect;
}

/** Returns the vendor's table of the dialect; null when the vendor creates no connections with it. */
const creatable = ({ vendor, dialect }: SupportRow): DialectSupport | null =>
  supportStatus(vendor, dialect.key) === 'SUPPORTED' ? (vendor.dialects[dialect.key] ?? null) : null;

/** Returns the result of `make` for the vendor's update rules; null when the vendor updates no connections with the dialect. */
function ifUpdatable<T>(row: SupportRow, make: (rules: UpdateRules, support: DialectSupport) => T): T | null {
  const support = creatable(row);
  const rules = row.vendor.update;
  return support && rules ? make(rules, support) : null;
}

const addStatus = ({ builder }: SchemaContext) =>
  builder.enumType('SupportStatus', {
    description: 'What the gateway can do with connections of one dialect at one vendor.',
    values: describeValues({
      SUPPORTED: 'Connections with this dialect can be created and read.',
      READ_ONLY: 'Existing connections with this dialect can be read. None can be created.',
      UNSUPPORTED: 'The vendor has no connections with this dialect, or they are reported as OTHER.',
    }),
  });

/** Returns the type VendorDialectSupport. It is long because it lists all fields of the type; no field depends on another. */
export function addSupport(schemaContext: SchemaContext, { Vendor: VendorEnum, Dialect: DialectEnum }: Enums) {
  const Status = addStatus(schemaContext);
  return schemaContext.builder.objectRef<SupportRow>('VendorDialectSupport').implement({
    description: 'What one vendor supports of one dialect.',
    fields: (t) => ({
      vendor: t.field({
        type: VendorEnum,
        description: 'The vendor that this entry is about.',
        resolve: ({ vendor }) => vendor.kind,
      }),
      dialect: t.field({
        type: DialectEnum,
        description: 'The dialect that this entry is about.',
        resolve: ({ dialect }) => dialect.key,
      }),
      vendorDialect: t.string({
        nullable: true,
        description: "The vendor's own name for the dialect. Null when the vendor has no single name for it.",
        resolve: ({ vendor, dialect }) => vendor.dialects[dialect.key]?.vendorDialect,
      }),
      status: t.field({
        type: Status,
        description: 'Whether connections with this dialect can be created and read at this vendor.',
        resolve: ({ vendor, dialect }) => supportStatus(vendor, dialect.key),
      }),
      createSchema: t.field({
        type: 'JSONObject',
        nullable: true,
        description:
          "JSON Schema (draft 2020-12) of the dialect's input for a create at this vendor: the fields that the vendor supports, and which of them it requires (one-of groups as anyOf). `x-unless-options` names options that make required fields optional. Null when no connection can be created.",
        resolve: (row) => {
          const support = creatable(row);
          return support && createSchemaOf(support);
        },
      }),
      optionsSchema: t.field({
        type: 'JSONObject',
        nullable: true,
        description:
          "JSON Schema of the vendor's options for a create with this dialect. `x-ignored: true` marks options that have no effect with this dialect. Null when no connection can be created.",
        resolve: (row) => {
          const support = creatable(row);
          return support && optionsSchemaOf(row.vendor, support);
        },
      }),
      updateSchema: t.field({
        type: 'JSONObject',
        nullable: true,
        description:
          "JSON Schema of the dialect's input for an update at this vendor: only the fields that the vendor lets change. `x-clearable: true` marks fields that null clears; a secret is cleared with { clear: true } and replaced with { replace }. `x-keeps-secrets: true` marks fields that can be changed without sending the stored secrets again. Null when no connection can be updated.",
        resolve: (row) => ifUpdatable(row, updateSchemaOf),
      }),
      updateNeedsSecrets: t.boolean({
        description:
          'Whether every update must send all secrets again. True when the vendor replaces all settings at once and never returns secrets.',
        resolve: (row) => creatable(row) !== null && row.vendor.update?.replacesAll === true,
      }),
      updateOptionsSchema: t.field({
        type: 'JSONObject',
        nullable: true,
        description:
          "JSON Schema of the vendor's options for an update with this dialect: only the options that the vendor lets change. Null when no connection can be updated.",
        resolve: (row) => ifUpdatable(row, (rules, support) => updateOptionsSchemaOf(row.vendor, rules, support)),
      }),
      note: t.string({
        nullable: true,
        description:
          'What else a user should know about this dialect at this vendor, or what to use when the vendor does not support it. Null when there is nothing to add.',
        resolve: ({ vendor, dialect }) => vendor.dialects[dialect.key]?.note ?? vendor.unsupportedAdvice?.[dialect.key],
      }),
    }),
  });
}
