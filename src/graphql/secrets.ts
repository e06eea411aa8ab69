// What can be seen of secrets from outside: whether each is stored.
import type { LocatedConnection } from '../domain/connection.ts';
import { OTHER_DIALECT } from '../domain/dialect.ts';
import { secretKeysOf, valueAt, type Values } from '../domain/fields.ts';
import { SECRET_MASK, type SecretStatus } from '../domain/secret.ts';
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

const secretAt = (path: readonly string[], values: Values, key: string): SecretField => ({
  path: [...path, ...key.split('.')],
  status: (valueAt(values, key) ?? 'NOT_SET') as SecretStatus,
});

/** Every secret that this vendor takes for this dialect, with what it tells of it. */
export function secretsOf({ instance, dialect, config, details }: LocatedConnection): SecretField[] {
  const { kind, dialects, options } = instance.vendor;
  const support = dialects[dialect];
  if (!support || dialect === OTHER_DIALECT) return [];
  return [
    ...secretKeysOf(support.dialect.fields)
      .filter((key) => key in support.fields)
      .map((key) => secretAt(['config', dialect], config, key)),
    ...secretKeysOf(options).map((key) => secretAt(['options', kind], details, key)),
  ];
}
