// What a list of connections takes: conditions and order.
import type { InputRef } from '@pothos/core';
import type { ListFilter, ListRequest, TextFilter } from '../../services/list-connections.ts';
import type { Enums } from '../types/enums.ts';
import type { SchemaContext } from '../schema-builder.ts';

export function addFilter({ builder }: SchemaContext, { Vendor, Dialect }: Enums): InputRef<ListFilter> {
  const Text = builder.inputRef<TextFilter>('StringFilter').implement({
    description: 'How a text is compared: without regard to case.',
    isOneOf: true,
    fields: (t) => ({
      equals: t.string({ description: 'The whole text.' }),
      contains: t.string({ description: 'A part of the text.' }),
      startsWith: t.string({ description: 'The beginning of the text.' }),
      in: t.stringList({ description: 'One of these, whole; an empty list matches nothing.' }),
    }),
  });
  return builder.inputRef<ListFilter>('ConnectionFilter').implement({
    description: 'Which connections to list: those that meet every condition given. An empty list matches nothing.',
    fields: (t) => ({
      vendor: t.field({ type: [Vendor], description: 'Held by one of these products.' }),
      instance: t.idList({ description: 'Living at one of these instances, by key or id.' }),
      dialect: t.field({ type: [Dialect], description: 'Of one of these dialects.' }),
      name: t.field({ type: Text, description: 'By name.' }),
      host: t.field({
        type: Text,
        description:
          'By what the dialect calls its host (host, account). A vendor that never tells it is left out; see `unsearchable`.',
      }),
      database: t.field({
        type: Text,
        description: 'By what the dialect calls its database (database, project, catalog).',
      }),
      includeDeleted: t.boolean({
        defaultValue: false,
        description: 'Whether those in the trash are listed too (Omni).',
      }),
    }),
  });
}

export function addOrder({ builder }: SchemaContext): InputRef<ListRequest['orderBy']> {
  const Field = builder.enumType('ConnectionOrderField', {
    description:
      'What connections can be sorted by. Text is compared without regard to case; what is missing goes last.',
    values: {
      NAME: { description: 'By name.' },
      DIALECT: { description: 'By dialect.' },
      VENDOR: { description: 'By the product that holds them.' },
      DATABASE: { description: 'By what the dialect calls its database.' },
      CREATED_AT: { description: 'By the time of creation, where the vendor tells.' },
    } as const,
  });
  const Direction = builder.enumType('OrderDirection', {
    description: 'Which end comes first.',
    values: { ASC: { description: 'Smallest first.' }, DESC: { description: 'Largest first.' } } as const,
  });
  return builder.inputRef<ListRequest['orderBy']>('ConnectionOrder').implement({
    description: 'How a list is sorted; connections that are alike in it are sorted by id.',
    fields: (t) => ({
      field: t.field({ type: Field, required: true, description: 'What to sort by.' }),
      direction: t.field({
        type: Direction,
        required: true,
        defaultValue: 'ASC',
        description: 'Which end comes first.',
      }),
    }),
  });
}
