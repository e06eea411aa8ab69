// What can be seen of secrets from outside: whether each is stored.
import type { LocatedConnection } from '../domain/connection.ts';
import { placesOf, statusKeyOf, valueAt, type Fields, type Leaf, type Values } from '../domain/fields.ts';
import { SECRET_MASK, type SecretStatus } from '../domain/secret.ts';
import { scopeOf, takesField } from '../domain/vendor.ts';
import type { Kit } from './kit.ts';

interface SecretField {
  readonly path: readonly string[];
  readonly status: SecretStatus;
}

export function addSecrets({ builder, MaskedSecret }: Kit) {
  const Status = builder.enumType('SecretStatus', {
    description: 'What is known of a stored secret.',
    values: {
      SET: { description: 'One is stored.' },
      NOT_SET: { description: 'None is stored.' },
      UNKNOWN: { description: 'The vendor does not say.' },
    } as const,
  });
  MaskedSecret.implement({
    description:
      'A secret as it can be seen from outside: whether it is there. Never its value, length, beginning or hash.',
    fields: (t) => ({
      status: t.field({
        type: Status,
        nullable: false,
        description: 'Whether one is stored.',
        resolve: (status) => status,
      }),
      mask: t.string({
        description: 'A constant to show in a form, the same for every secret; null unless one is known to be stored.',
        resolve: (status) => (status === 'SET' ? SECRET_MASK : null),
      }),
    }),
  });
  return builder.objectRef<SecretField>('SecretField').implement({
    description: 'One write-only field of a connection.',
    fields: (t) => ({
      path: t.stringList({
        nullable: false,
        description: 'Where it is written, from the input down: ["config", "postgres", "password"].',
        resolve: ({ path }) => [...path],
      }),
      status: t.field({
        type: Status,
        nullable: false,
        description: 'Whether one is stored.',
        resolve: ({ status }) => status,
      }),
    }),
  });
}

const secretAt = (path: readonly string[], values: Values, place: Leaf): SecretField => ({
  path: [...path, ...place.key.split('.')],
  status: (valueAt(values, statusKeyOf(place)) ?? 'NOT_SET') as SecretStatus,
});

const secretsIn = (fields: Fields, values: Values): Leaf[] =>
  placesOf(fields, values).filter(({ meta }) => meta.kind === 'secret');

/** Every secret that this vendor takes for this dialect, with what it tells of it. */
export function secretsOf({ instance, dialect, config, details }: LocatedConnection): SecretField[] {
  const { vendor } = instance;
  const support = vendor.dialects[dialect];
  if (!support || support.readOnly) return [];
  return [
    ...secretsIn(support.dialect.fields, config)
      .filter(({ key }) => takesField(support, key))
      .map((place) => secretAt(['config', dialect], config, place)),
    ...secretsIn(vendor.options, details)
      .filter(({ key }) => scopeOf(vendor, dialect, key)?.elsewhere !== 'REFUSED')
      .map((place) => secretAt(['options', vendor.kind], details, place)),
  ];
}
