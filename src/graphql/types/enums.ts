// The enums that follow from what is registered: a vendor or a dialect more is a value more.
import { enumNameOf } from '../../fields/dialect.ts';
import { CAPABILITIES } from '../../domain/errors.ts';
import type { AnyEnum, SchemaContext } from '../schema-builder.ts';

export interface Enums {
  readonly Vendor: AnyEnum;
  readonly Dialect: AnyEnum;
  readonly Capability: AnyEnum;
}

export function addEnums({ builder, vendors, dialects }: SchemaContext): Enums {
  return {
    Vendor: builder.enumType('Vendor', {
      description: 'The products that hold connections.',
      values: Object.fromEntries(
        vendors.map(({ kind, description }) => [enumNameOf(kind), { value: kind, description }]),
      ),
    }),
    Dialect: builder.enumType('Dialect', {
      description: 'The databases and services that a connection can lead to.',
      values: Object.fromEntries(
        dialects.map(({ key, description }) => [enumNameOf(key), { value: key, description }]),
      ),
    }),
    Capability: builder.enumType('Capability', {
      description: 'What can be done at an instance, or with one connection.',
      values: Object.fromEntries(
        Object.entries(CAPABILITIES).map(([name, meaning]) => [name, { description: meaning }]),
      ),
    }),
  };
}
