// The input of a rotation: the new secret, the connections that get it, and the tests that must pass before.
import type { InputRef } from '@pothos/core';
import { hostName, portNumber, secret, text } from '../../fields/define-fields.ts';
import type {
  RotatableSecret,
  RotationInput,
  RotationMatch,
  RotationSelector,
  RotationVerification,
} from '../../services/rotate-connection-secret.ts';
import { idempotencyKeyField } from './idempotency-key.ts';
import type { Enums } from '../types/enums.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from '../types/describe-values.ts';

const FIELDS = {
  PASSWORD: "The dialect's field `password`.",
  PRIVATE_KEY: "The dialect's field `privateKey`. Its passphrase is replaced with it.",
  SERVICE_ACCOUNT_KEY: "The dialect's field `serviceAccountKey`: the whole JSON document.",
  ACCESS_TOKEN: "The dialect's field `accessToken`.",
  API_KEY: "The dialect's field `apiKey`.",
} as const satisfies Readonly<Record<RotatableSecret, string>>;

const addMatch = ({ builder }: SchemaContext, { Vendor }: Enums) =>
  builder.inputRef<RotationMatch>('RotationMatch').implement({
    description:
      'All connections to one server with one user, at every vendor that reports both. The whole route to the server counts: a connection that uses a tunnel, a proxy, driver parameters or any other setting that may lead somewhere else is REFUSED, and its `result` names these settings; rotate it by its id. A connection that is stored as a connection string reports neither host nor user, and is not found. A match that finds nothing is refused with the code INVALID at `input.connections.match`. When nothing is found and an instance did not answer, the result is the failure of that instance, because it may have the connection.',
    fields: (t) => ({
      host: t.string({
        required: true,
        description:
          'Host of the server, whatever the dialect calls it (host, account, hostOverride). All spellings of a host are equal: upper and lower case, a dot at the end, any form of an IPv6 address, a Snowflake account or its usual host name.',
        validate: { type: 'string', schema: hostName('Host of the connections.') },
      }),
      port: t.int({
        description:
          'TCP port of the server. When it is left out, the usual port of the dialect is used; a connection to another port is then REFUSED, and its `result` names the port. A connection whose vendor reports no port is assumed to use the usual port. Dialects without a port (Snowflake) ignore this field.',
        validate: { type: 'number', schema: portNumber(5432) },
      }),
      username: t.string({
        required: true,
        description: 'The user that signs in. Upper and lower case are distinguished.',
        validate: { type: 'string', schema: text('User of the connections.') },
      }),
      vendor: t.field({
        type: [Vendor],
        description: 'The products whose connections are searched. When it is left out, all products are searched.',
      }),
    }),
  });

function addSelector(schemaContext: SchemaContext, enums: Enums) {
  const Match = addMatch(schemaContext, enums);
  return schemaContext.builder.inputRef<RotationSelector>('RotationSelector').implement({
    description: 'The connections that get the new secret: a list of ids, or a match by server and user.',
    isOneOf: true,
    fields: (t) => ({
      ids: t.idList({
        description:
          'Global ids of the connections, 1 to 100 of them. When one of them does not exist, the whole rotation is refused.',
      }),
      match: t.field({
        type: Match,
        description: 'All connections to one server with one user. It must find 1 to 100 of them.',
      }),
    }),
  });
}

const VERIFICATION = {
  PER_CONNECTION:
    'Each connection must pass a test of its own with the new secret. A connection that cannot be tested is NOT_ATTEMPTED: its vendor cannot test settings that are not saved (Omni), does not report all settings, or the test needs another stored secret too (a certificate authority, the key of a tunnel).',
  PER_SERVER:
    'One passed test is enough for a server and user. Every connection that can be tested must pass its test. A connection that cannot be tested waits for the tests of all others. It is written when at least one other connection of this rotation to the same host and port with the same user passed its test, and none of those failed; otherwise it is NOT_ATTEMPTED. When a vendor does not report host or user (Omni), they count as equal to those of any other connection. A secret that could not be tested at any connection is not written.',
  NONE: 'The gateway runs no test. Some vendors test settings themselves before they save them (Credible).',
} as const satisfies Readonly<Record<RotationVerification, string>>;

/** Adds RotateConnectionSecretInput. */
export function addRotationInput(schemaContext: SchemaContext, enums: Enums): InputRef<RotationInput> {
  const { builder } = schemaContext;
  const Verification = builder.enumType('RotationVerification', {
    description: 'Which tests must pass before the new secret is written.',
    values: describeValues(VERIFICATION),
  });
  const Field = builder.enumType('RotatableSecret', {
    description: "Which secret of a connection is replaced, as a field of the dialect's input.",
    values: describeValues(FIELDS),
  });
  const Selector = addSelector(schemaContext, enums);
  return builder.inputRef<RotationInput>('RotateConnectionSecretInput').implement({
    description: 'The new secret, the connections that get it, and the tests that must pass before the write.',
    fields: (t) => ({
      connections: t.field({
        type: Selector,
        required: true,
        description: 'The connections that get the new secret.',
      }),
      secret: t.field({
        type: 'SecretString',
        required: true,
        description: 'The new secret. The old secret is not needed.',
        validate: { schema: secret('The new secret.') },
      }),
      field: t.field({
        type: Field,
        required: true,
        description:
          'The field whose secret is replaced. An AWS access key changes together with its id: use updateConnection for it.',
      }),
      privateKeyPassphrase: t.field({
        type: 'SecretString',
        description: 'Passphrase of the new private key. Leave it out when the key has none.',
        validate: { schema: secret('Passphrase of the new private key.') },
      }),
      verification: t.field({
        type: Verification,
        description: 'Which tests must pass before the new secret is written. When it is left out, PER_SERVER is used.',
      }),
      verifyFirst: t.boolean({
        description:
          'True means `verification: PER_SERVER`, and false means `verification: NONE`. When both are provided, they must not contradict each other.',
        deprecationReason: 'Use `verification`. Removed after 2027-12-31.',
      }),
      dryRun: t.boolean({
        required: true,
        defaultValue: false,
        description:
          'Whether to plan only: the connections are read, and nothing is tested or written. Connections that would be written if their tests pass have the status PLANNED.',
      }),
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
}
