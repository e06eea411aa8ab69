// The queries that read vendors and their configured instances.
import type { Vendor } from '../../domain/vendor.ts';
import { findInstance } from '../../services/registry.ts';
import type { SchemaContext } from '../schema-builder.ts';
import type { Enums } from '../types/enums.ts';
import type { addSupport } from '../types/vendor-dialect-support.ts';

function addVendorInfo(
  { builder, dialects, VendorInstance }: SchemaContext,
  enums: Enums,
  Support: ReturnType<typeof addSupport>,
) {
  return builder.objectRef<Vendor>('VendorInfo').implement({
    description: 'A product that stores connections, whether or not an instance of it is configured.',
    fields: (t) => ({
      vendor: t.field({
        type: enums.Vendor,
        description: 'The product as a value of the enum.',
        resolve: ({ kind }) => kind,
      }),
      label: t.exposeString('label', { description: 'Name of the product to show to people.' }),
      documentationUrl: t.exposeString('documentationUrl', {
        description: "URL of the vendor's documentation of its API.",
      }),
      dialects: t.field({
        type: [Support],
        description: 'What the vendor supports of each dialect.',
        resolve: (vendor) => dialects.map((dialect) => ({ vendor, dialect })),
      }),
      instances: t.field({
        type: [VendorInstance],
        description: 'The configured instances of this product. Empty when none is configured.',
        resolve: ({ kind }, _args, { registry }) => registry.instances.filter(({ vendor }) => vendor.kind === kind),
      }),
    }),
  });
}

/** Adds the queries `vendors` and `vendorInstance`. */
export function addVendorQueries(
  schemaContext: SchemaContext,
  enums: Enums,
  Support: ReturnType<typeof addSupport>,
): void {
  const VendorInfo = addVendorInfo(schemaContext, enums, Support);
  schemaContext.builder.queryFields((t) => ({
    vendors: t.field({
      type: [VendorInfo],
      description: 'The products that this gateway supports, with their configured instances.',
      resolve: (_root, _args, { registry }) => registry.vendors,
    }),
    vendorInstance: t.field({
      type: schemaContext.VendorInstance,
      nullable: true,
      description: 'One configured instance. Null when no instance has this key or id.',
      args: {
        id: t.arg.id({
          required: true,
          description: 'Key of the instance in the configuration, or its global id.',
        }),
      },
      resolve: (_root, { id }, { registry }) => findInstance(registry, id),
    }),
  }));
}
