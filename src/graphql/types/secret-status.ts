// What the schema shows of secrets: whether each one is stored, and nothing else.
import type { LocatedConnection } from '../../domain/instance.ts';
import { SECRET_PLACEHOLDER, type SecretStatus } from '../../secrets/secret.ts';
import { storedSecretsOf } from '../../domain/stored-secrets.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';

interface SecretField {
  /** Global id of its connection. */
  readonly connection: string;
  readonly path: readonly string[];
  readonly status: SecretStatus;
}

/** Adds MaskedSecret and SecretStatus. Returns the type SecretField. */
export function addSecrets({ builder, MaskedSecret }: SchemaContext) {
  const Status = builder.enumType('SecretStatus', {
    description: 'Whether a vendor stores a secret.',
    values: describeValues({
      SET: 'The vendor stores a secret in this field.',
      NOT_SET: 'The vendor stores no secret in this field.',
      UNKNOWN: 'The vendor does not report whether it stores a secret in this field.',
    }),
  });
  MaskedSecret.implement({
    description:
      'A secret as the schema shows it: whether it is stored. Its value, its length, a part of it or a hash of it are never returned.',
    fields: (t) => ({
      status: t.field({
        type: Status,
        description: 'Whether the vendor stores this secret.',
        resolve: (status) => status,
      }),
      mask: t.string({
        nullable: true,
        description:
          'A constant text to show in a form, the same for every secret. Null unless the secret is known to be stored.',
        resolve: (status) => (status === 'SET' ? SECRET_PLACEHOLDER : null),
      }),
    }),
  });
  return builder.objectRef<SecretField>('SecretField').implement({
    description: 'One write-only field of a connection, and whether a secret is stored in it.',
    fields: (t) => ({
      path: t.exposeStringList('path', {
        description:
          'Path of the field in the input of a mutation, starting below `input`: ["config", "postgres", "password"].',
      }),
      status: t.expose('status', { type: Status, description: 'Whether the vendor stores a secret in this field.' }),
      lastRotatedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description:
          'When a create, an update or a rotation through Patchbay last set this secret. Null when that is not known or no secret is stored; null with an error when the store does not answer. A change that was made elsewhere is not known.',
        resolve: async ({ connection, path, status }, _args, { loaders }) => {
          if (status === 'NOT_SET') return null;
          const at = (await loaders.secretTimes.load(connection)).get(path.join('.'));
          return at === undefined ? null : new Date(at);
        },
      }),
    }),
  });
}

/** Returns every secret that the vendor accepts for the connection's dialect, and whether it is stored. */
export function secretsOf(connection: LocatedConnection): SecretField[] {
  const { vendor } = connection.instance;
  return storedSecretsOf(vendor, connection).map(({ place, status }) => ({
    connection: connection.id,
    path: place.path.slice(1),
    status,
  }));
}
