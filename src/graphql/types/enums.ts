// The enums that are derived from what is registered: each vendor and each dialect is one value.
import { enumNameOf } from '../../fields/dialect.ts';
import { CAPABILITIES } from '../../domain/capability.ts';
import type { AnyEnum, SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';

export interface Enums {
  readonly Vendor: AnyEnum;
  readonly Dialect: AnyEnum;
  readonly Capability: AnyEnum;
}

/** Adds the enums Vendor, Dialect and Capability. */
export function addEnums({ builder, vendors, dialects }: SchemaContext): Enums {
  return {
    Vendor: builder.enumType('Vendor', {
      description: 'The BI products that store connections and that this gateway supports.',
      values: Object.fromEntries(
        vendors.map(({ kind, description }) => [enumNameOf(kind), { value: kind, description }]),
      ),
    }),
    Dialect: builder.enumType('Dialect', {
      description: 'The kinds of database or API that a connection can lead to.',
      values: Object.fromEntries(
        dialects.map(({ key, description }) => [enumNameOf(key), { value: key, description }]),
      ),
    }),
    Capability: builder.enumType('Capability', {
      description: 'The operations that an instance, or one connection, can allow.',
      values: describeValues(CAPABILITIES),
    }),
  };
}
