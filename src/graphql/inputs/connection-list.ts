// The inputs of a list of connections: conditions and order.
import type { InputRef } from '@pothos/core';
import type { ListFilter, ListRequest, TextFilter } from '../../services/list-connections.ts';
import type { Enums } from '../types/enums.ts';
import { describeValues } from '../types/describe-values.ts';
import type { SchemaContext } from '../schema-builder.ts';

/** Adds ConnectionFilter. */
export function addFilter({ builder }: SchemaContext, { Vendor, Dialect }: Enums): InputRef<ListFilter> {
  const Text = builder.inputRef<TextFilter>('StringFilter').implement({
    description: 'One condition on a text. Upper and lower case are not distinguished.',
    isOneOf: true,
    fields: (t) => ({
      equals: t.string({ description: 'The text is equal to this value.' }),
      contains: t.string({ description: 'The text contains this value.' }),
      startsWith: t.string({ description: 'The text starts with this value.' }),
      in: t.stringList({ description: 'The text is equal to one of these values. An empty list matches nothing.' }),
    }),
  });
  return builder.inputRef<ListFilter>('ConnectionFilter').implement({
    description:
      'Conditions on the connections to list. A connection is listed when it meets every condition that is provided. An empty list matches nothing.',
    fields: (t) => ({
      vendor: t.field({ type: [Vendor], description: 'The connection is stored by one of these products.' }),
      instance: t.idList({
        description: 'The connection is stored at one of these instances, each named by its key or its id.',
      }),
      dialect: t.field({ type: [Dialect], description: 'The connection has one of these dialects.' }),
      name: t.field({ type: Text, description: 'The name of the connection meets this condition.' }),
      host: t.field({
        type: Text,
        description:
          'The host of the connection meets this condition, whatever the dialect calls it (host, account). Instances whose vendor never reports a host are not searched; see `unsearchable`.',
      }),
      database: t.field({
        type: Text,
        description:
          'The database of the connection meets this condition, whatever the dialect calls it (database, project, catalog).',
      }),
      includeDeleted: t.boolean({
        defaultValue: false,
        description: "Whether connections in the vendor's trash are listed too. Only Omni has a trash.",
      }),
    }),
  });
}

/** Adds ConnectionOrder. */
export function addOrder({ builder }: SchemaContext): InputRef<ListRequest['orderBy']> {
  const Field = builder.enumType('ConnectionOrderField', {
    description:
      'The field by which a list of connections is sorted. Upper and lower case are not distinguished. Connections without a value come last.',
    values: describeValues({
      NAME: 'Sort by the name of the connection.',
      DIALECT: 'Sort by the dialect of the connection.',
      VENDOR: 'Sort by the product that stores the connection.',
      DATABASE: 'Sort by the database, whatever the dialect calls it.',
      CREATED_AT: 'Sort by the time of creation. Not every vendor reports it.',
    }),
  });
  const Direction = builder.enumType('OrderDirection', {
    description: 'Whether a list is sorted in ascending or descending order.',
    values: describeValues({
      ASC: 'Ascending order: the smallest value comes first.',
      DESC: 'Descending order: the largest value comes first.',
    }),
  });
  return builder.inputRef<ListRequest['orderBy']>('ConnectionOrder').implement({
    description: 'How a list of connections is sorted. Connections with equal values are sorted by their ids.',
    fields: (t) => ({
      field: t.field({ type: Field, required: true, description: 'The field by which the list is sorted.' }),
      direction: t.field({
        type: Direction,
        required: true,
        defaultValue: 'ASC',
        description: 'Whether the smallest or the largest value comes first.',
      }),
    }),
  });
}
