// The enums that follow from what is registered: a vendor or a dialect more is a value more.
import { enumNameOf } from '../domain/dialect.ts';
import type { AnyEnum, Kit } from './kit.ts';

export interface Enums {
  readonly Vendor: AnyEnum;
  readonly Dialect: AnyEnum;
  readonly Capability: AnyEnum;
}

export function addEnums({ builder, vendors, dialects }: Kit): Enums {
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
      description: 'What can be done at an instance.',
      values: {
        LIST: { description: 'List its connections.' },
        READ: { description: 'Read one connection by its id.' },
        CREATE: { description: 'Create a connection, in the dialects that its vendor takes.' },
      },
    }),
  };
}
