// What a rotation is asked for: the new secret, which connections get it, and what must have passed a test before.
import type { InputRef } from '@pothos/core';
import { hostName, portNumber, secret, text } from '../../fields/define-fields.ts';
import type {
  RotatableSecret,
  RotationInput,
  RotationMatch,
  RotationSelector,
  RotationVerification,
} from '../../services/rotate-connection-secret.ts';
import type { Enums } from '../types/enums.ts';
import { describeAll } from '../types/errors.ts';
import type { SchemaContext } from '../schema-builder.ts';

const FIELDS: Readonly<Record<RotatableSecret, string>> = {
  PASSWORD: '`password` of the dialect.',
  PRIVATE_KEY: '`privateKey` of the dialect; its passphrase goes with it.',
  SERVICE_ACCOUNT_KEY: '`serviceAccountKey` of the dialect: the whole JSON document.',
  ACCESS_TOKEN: '`accessToken` of the dialect.',
  API_KEY: '`apiKey` of the dialect.',
};

function addSelector({ builder }: SchemaContext, { Vendor }: Enums) {
  const Match = builder.inputRef<RotationMatch>('RotationMatch').implement({
    description:
      'Every connection to this server as this user, at every vendor that tells both. The whole way to the server counts: a connection that reaches it through a tunnel or a proxy, with driver parameters or any other setting that may lead elsewhere is REFUSED, with those settings named in its `result`, and is rotated only by its id. One that is kept as a connection string tells neither host nor user, and is not found. A match that finds nothing is refused as INVALID at `input.connections.match`. When nothing is found and an instance did not answer, the failure of that instance is the result, because it may have the connection.',
    fields: (t) => ({
      host: t.string({
        required: true,
        description:
          'What the dialect calls its host (host, account, hostOverride), in any spelling: letters of either case, a dot at the end, an IPv6 address in any form, a Snowflake account or its usual host name.',
        validate: { type: 'string', schema: hostName('Host of the connections.') },
      }),
      port: t.int({
        description:
          "TCP port. When it is left out, the dialect's usual port is meant, and a connection at another port is REFUSED by name. A connection that tells no port is taken to be at the usual one. Dialects without a port (Snowflake) ignore it.",
        validate: { type: 'number', schema: portNumber(5432) },
      }),
      username: t.string({
        required: true,
        description: 'The user that signs in, in exactly these letters.',
        validate: { type: 'string', schema: text('User of the connections.') },
      }),
      vendor: t.field({ type: [Vendor], description: 'Only at these products; at all of them when left out.' }),
    }),
  });
  return builder.inputRef<RotationSelector>('RotationSelector').implement({
    description: 'Which connections.',
    isOneOf: true,
    fields: (t) => ({
      ids: t.idList({ description: 'These, 1 to 100 of them. One that is not there refuses the whole rotation.' }),
      match: t.field({ type: Match, description: 'Those that lead to a server as a user, 1 to 100 of them.' }),
    }),
  });
}

const VERIFICATION: Readonly<Record<RotationVerification, string>> = {
  PER_CONNECTION:
    'Each connection must pass a test of its own with the new secret. One that cannot be tested is NOT_ATTEMPTED: its vendor has no test of what is not saved (Omni), does not tell all settings, or a test needs another stored secret too (a certificate authority, the key of a tunnel).',
  PER_SERVER:
    'One passed test is enough for a server and user. Every connection that can be tested must pass its test. One that cannot waits for the tests of all others: it is written when another connection of this rotation to the same host and port as the same user passed and none of those failed; else it is NOT_ATTEMPTED. Where a vendor does not tell host or user (Omni), it may be the same as that of any other. So nothing is written that could be tested nowhere.',
  NONE: 'Nothing is tested. Some vendors test what they are to write by themselves all the same (Credible).',
};

export function addRotationInput(schemaContext: SchemaContext, enums: Enums): InputRef<RotationInput> {
  const { builder } = schemaContext;
  const Verification = builder.enumType('RotationVerification', {
    description: 'What must have passed a test before a secret is written.',
    values: describeAll(VERIFICATION),
  });
  const Field = builder.enumType('RotatableSecret', {
    description: "Which secret: a field of the dialect's input.",
    values: describeAll(FIELDS),
  });
  const Selector = addSelector(schemaContext, enums);
  return builder.inputRef<RotationInput>('RotateConnectionSecretInput').implement({
    description: 'A new secret, and the connections to put it on.',
    fields: (t) => ({
      connections: t.field({ type: Selector, required: true, description: 'Which connections.' }),
      secret: t.field({
        type: 'SecretString',
        required: true,
        description: 'The new secret. The old one is never needed.',
        validate: { schema: secret('The new secret.') },
      }),
      field: t.field({
        type: Field,
        required: true,
        description: 'Which secret it replaces. An AWS key changes together with its id: updateConnection.',
      }),
      privateKeyPassphrase: t.field({
        type: 'SecretString',
        description: 'Passphrase of the new private key, where it has one.',
        validate: { schema: secret('Its passphrase.') },
      }),
      verification: t.field({
        type: Verification,
        description: 'What must have passed a test before the secret is written; PER_SERVER when left out.',
      }),
      verifyFirst: t.boolean({
        description:
          'True means `verification: PER_SERVER`, and false means `verification: NONE`. Beside `verification` it must not contradict it.',
        deprecationReason: 'Use `verification`. Removed after 2027-12-31.',
      }),
      dryRun: t.boolean({
        required: true,
        defaultValue: false,
        description:
          'Only plan: read the connections, write and test nothing. PLANNED is what would be written, given that the tests pass.',
      }),
    }),
  });
}
