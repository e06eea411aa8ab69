// The query of the dialect catalogue: which vendor supports which dialect, and the JSON Schemas from which a form can be drawn.
import { inputSchemaOf } from '../../forms/dialect-schemas.ts';
import { dialectProblems, listDialects, type DialectFilter, type ListedDialect } from '../../services/list-dialects.ts';
import { withArgumentCheck } from '../define-argument-check.ts';
import type { SchemaContext } from '../schema-builder.ts';
import type { Enums } from '../types/enums.ts';
import type { addSupport } from '../types/vendor-dialect-support.ts';

function addDialectInfo({ builder }: SchemaContext, enums: Enums, Support: ReturnType<typeof addSupport>) {
  return builder.objectRef<ListedDialect>('DialectInfo').implement({
    description: 'One dialect: its name, the JSON Schema of its input, and which vendors support it.',
    fields: (t) => ({
      dialect: t.field({
        type: enums.Dialect,
        description: 'The dialect as a value of the enum.',
        resolve: ({ dialect }) => dialect.key,
      }),
      label: t.string({
        description: 'Name of the dialect to show to people, such as "PostgreSQL".',
        resolve: ({ dialect }) => dialect.label,
      }),
      inputField: t.string({
        description:
          'The field of ConnectionConfigInput and ConnectionConfigPatch that holds the settings of this dialect.',
        resolve: ({ dialect }) => dialect.key,
      }),
      inputSchema: t.field({
        type: 'JSONObject',
        description:
          'JSON Schema (draft 2020-12) of the input of this dialect with the fields of all vendors together. Secrets have `writeOnly: true` and `format: password`.',
        resolve: ({ dialect }) => inputSchemaOf(dialect.fields),
      }),
      support: t.field({
        type: [Support],
        description:
          'What each vendor supports of this dialect: one entry for each vendor that meets the filter, in the order of `vendors`.',
        resolve: ({ dialect, vendors }) => vendors.map((vendor) => ({ vendor, dialect })),
      }),
    }),
  });
}

const addDialectFilter = ({ builder }: SchemaContext, enums: Enums) =>
  builder.inputType('DialectFilter', {
    description: 'Conditions on the dialects to list. A condition that is left out is met by every dialect.',
    fields: (t) => ({
      vendor: t.field({
        type: [enums.Vendor],
        description: 'At least one of these vendors supports the dialect, at least for reads.',
      }),
      instance: t.id({
        description:
          'The vendor of this instance supports the dialect, at least for reads. The instance is named by its key or its id.',
      }),
      dialect: t.field({ type: [enums.Dialect], description: 'The dialect is one of these dialects.' }),
    }),
  });

/** Adds the queries `dialects` and `dialect`. */
export function addCatalogueQueries(
  schemaContext: SchemaContext,
  enums: Enums,
  Support: ReturnType<typeof addSupport>,
): void {
  const Info = addDialectInfo(schemaContext, enums, Support);
  const FilterInput = addDialectFilter(schemaContext, enums);
  schemaContext.builder.queryFields((t) => ({
    dialects: t.field({
      type: [Info],
      description:
        'The dialects that connections can have, with what each vendor supports of them. A client can build its forms from it.',
      args: {
        filter: t.arg({
          type: FilterInput,
          description: 'Conditions that the listed dialects meet. When it is left out, all dialects are listed.',
        }),
      },
      extensions: withArgumentCheck<{ filter?: DialectFilter | null }>(({ filter }, registry) =>
        dialectProblems(registry, filter ?? {}),
      ),
      resolve: (_root, { filter }, { registry }) => listDialects(registry, filter ?? {}),
    }),
    dialect: t.field({
      type: Info,
      description: 'One dialect, with what each vendor supports of it.',
      args: {
        dialect: t.arg({ type: enums.Dialect, required: true, description: 'The dialect to describe.' }),
      },
      resolve: (_root, { dialect }, { registry }) => listDialects(registry, { dialect: [dialect] })[0] as ListedDialect,
    }),
  }));
}
