// What can be seen of secrets from outside: whether each is stored.
import type { LocatedConnection } from '../../domain/connection.ts';
import { SECRET_PLACEHOLDER, type SecretStatus } from '../../secrets/secret.ts';
import { storedSecretsOf } from '../../domain/stored-secrets.ts';
import type { SchemaContext } from '../schema-builder.ts';

interface SecretField {
  readonly path: readonly string[];
  readonly status: SecretStatus;
}

export function addSecrets({ builder, MaskedSecret }: SchemaContext) {
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
        resolve: (status) => (status === 'SET' ? SECRET_PLACEHOLDER : null),
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

/** Every secret that this vendor takes for this dialect, with what it tells of it. */
export function secretsOf(connection: LocatedConnection): SecretField[] {
  const { vendor } = connection.instance;
  return storedSecretsOf(vendor, connection).map(({ place, status }) => ({ path: place.path.slice(1), status }));
}
