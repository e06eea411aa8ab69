// The catalogue: which vendor takes which dialect, and JSON Schemas from which a form can be drawn.
import {
  createSchemaOf,
  inputSchemaOf,
  optionsSchemaOf,
  updateOptionsSchemaOf,
  updateSchemaOf,
} from '../../forms/catalogue.ts';
import type { Dialect } from '../../fields/dialect.ts';
import { supportStatus, type DialectSupport, type Vendor } from '../../domain/vendor.ts';
import { dialectProblems, listDialects, type DialectFilter, type ListedDialect } from '../../services/list-dialects.ts';
import { checkedBefore } from '../argument-check.ts';
import type { Enums } from '../types/enums.ts';
import type { SchemaContext } from '../schema-builder.ts';

interface SupportRow {
  readonly vendor: Vendor;
  readonly dialect: Dialect;
}

/** The vendor's table of the dialect, when something can be created by it. */
const creatable = ({ vendor, dialect }: SupportRow): DialectSupport | null =>
  supportStatus(vendor, dialect.key) === 'SUPPORTED' ? (vendor.dialects[dialect.key] ?? null) : null;

export function addSupport({ builder }: SchemaContext, { Vendor: VendorEnum, Dialect: DialectEnum }: Enums) {
  const Status = builder.enumType('SupportStatus', {
    description: 'What can be done with a dialect at a vendor.',
    values: {
      SUPPORTED: { description: 'Connections can be created and read.' },
      READ_ONLY: { description: 'What is there can be read; nothing can be created.' },
      UNSUPPORTED: { description: 'The vendor has no such connections, or tells them as OTHER.' },
    } as const,
  });
  return builder.objectRef<SupportRow>('VendorDialectSupport').implement({
    description: 'How one vendor takes and tells one dialect.',
    fields: (t) => ({
      vendor: t.field({
        type: VendorEnum,
        nullable: false,
        description: 'The product that holds connections.',
        resolve: ({ vendor }) => vendor.kind,
      }),
      dialect: t.field({
        type: DialectEnum,
        nullable: false,
        description: 'What a connection leads to.',
        resolve: ({ dialect }) => dialect.key,
      }),
      vendorDialect: t.string({
        description: 'As the vendor spells it; null where it has no one word for it.',
        resolve: ({ vendor, dialect }) => vendor.dialects[dialect.key]?.word,
      }),
      status: t.field({
        type: Status,
        nullable: false,
        description: 'What can be done with it.',
        resolve: ({ vendor, dialect }) => supportStatus(vendor, dialect.key),
      }),
      createSchema: t.field({
        type: 'JSONObject',
        description:
          "JSON Schema of the dialect's input as this vendor takes it: what it requires (one-of groups as anyOf) and nothing that it refuses. `x-unless-options` names options with one of which less is required. Null where nothing can be created.",
        resolve: (row) => {
          const support = creatable(row);
          return support && createSchemaOf(support);
        },
      }),
      optionsSchema: t.field({
        type: 'JSONObject',
        description:
          'JSON Schema of options.<vendor> beside it. `x-ignored: true` marks what the vendor does nothing with for this dialect. Null where nothing can be created.',
        resolve: (row) => {
          const support = creatable(row);
          return support && optionsSchemaOf(row.vendor, support);
        },
      }),
      updateSchema: t.field({
        type: 'JSONObject',
        description:
          'The same for a change of a saved connection: only what this vendor lets one change. `x-clearable: true` marks what null clears (a secret: { clear: true }); the text of a secret goes into { replace }. Null where nothing can be changed.',
        resolve: (row) => {
          const support = creatable(row);
          const rules = row.vendor.update;
          return support && rules ? updateSchemaOf(rules, support) : null;
        },
      }),
      updateNeedsSecrets: t.boolean({
        nullable: false,
        description:
          'Whether a change of any setting means sending every secret again: the vendor replaces all settings at once and never gives secrets back.',
        resolve: (row) => creatable(row) !== null && row.vendor.update?.replacesAll === true,
      }),
      updateOptionsSchema: t.field({
        type: 'JSONObject',
        description: 'The same as optionsSchema for a change. Null where nothing can be changed.',
        resolve: (row) => {
          const support = creatable(row);
          const rules = row.vendor.update;
          return support && rules ? updateOptionsSchemaOf(row.vendor, rules, support) : null;
        },
      }),
      note: t.string({
        description: 'What else is to be known; what to do instead where the vendor takes none.',
        resolve: ({ vendor, dialect }) => vendor.dialects[dialect.key]?.note ?? vendor.insteadOf?.[dialect.key],
      }),
    }),
  });
}

export function addCatalogue(schemaContext: SchemaContext, enums: Enums, Support: ReturnType<typeof addSupport>): void {
  const { builder } = schemaContext;
  const Info = builder.objectRef<ListedDialect>('DialectInfo').implement({
    description: 'One dialect, and who takes it.',
    fields: (t) => ({
      dialect: t.field({
        type: enums.Dialect,
        nullable: false,
        description: 'Its value in the enum.',
        resolve: ({ dialect }) => dialect.key,
      }),
      label: t.string({
        nullable: false,
        description: 'How people call it.',
        resolve: ({ dialect }) => dialect.label,
      }),
      inputField: t.string({
        nullable: false,
        description: 'The field of ConnectionConfigInput to fill.',
        resolve: ({ dialect }) => dialect.key,
      }),
      inputSchema: t.field({
        type: 'JSONObject',
        nullable: false,
        description:
          "JSON Schema (draft 2020-12) of that input, every vendor's fields together; secrets have writeOnly: true and format: password.",
        resolve: ({ dialect }) => inputSchemaOf(dialect.fields),
      }),
      support: t.field({
        type: [Support],
        nullable: false,
        description: 'One for each vendor that passes the filter, in the order of `vendors`.',
        resolve: ({ dialect, vendors }) => vendors.map((vendor) => ({ vendor, dialect })),
      }),
    }),
  });

  const FilterInput = builder.inputType('DialectFilter', {
    description: 'Which dialects; what is left out lets all pass.',
    fields: (t) => ({
      vendor: t.field({ type: [enums.Vendor], description: 'Those that one of these vendors takes or tells.' }),
      instance: t.id({ description: 'Those that the vendor of this instance takes or tells; its key or its id.' }),
      dialect: t.field({ type: [enums.Dialect], description: 'These alone.' }),
    }),
  });

  builder.queryFields((t) => ({
    dialects: t.field({
      type: [Info],
      nullable: false,
      description: 'What connections can lead to, with what each vendor takes for it: enough to draw a form.',
      args: { filter: t.arg({ type: FilterInput, description: 'Which of them.' }) },
      extensions: checkedBefore<{ filter?: DialectFilter | null }>(({ filter }, registry) =>
        dialectProblems(registry, filter ?? {}),
      ),
      resolve: (_root, { filter }, { registry }) => listDialects(registry, filter ?? {}),
    }),
    dialect: t.field({
      type: Info,
      nullable: false,
      description: 'One dialect, with what each vendor takes for it.',
      args: { dialect: t.arg({ type: enums.Dialect, required: true, description: 'Which one.' }) },
      resolve: (_root, { dialect }, { registry }) => listDialects(registry, { dialect: [dialect] })[0] as ListedDialect,
    }),
  }));
}
