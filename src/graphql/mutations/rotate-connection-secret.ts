// rotateConnectionSecret: one credential on many connections, and an outcome for each of them.
import type { AuditTarget } from '../../domain/audit.ts';
import { hostName, portNumber, secret, text } from '../../domain/fields.ts';
import { placeOf, type Registry } from '../../services/registry.ts';
import {
  reviewRotation,
  rotateConnectionSecret,
  type RotatableSecret,
  type Rotation,
  type RotationInput,
  type RotationMatch,
  type RotationOutcome,
  type RotationSelector,
  type RotationVerification,
} from '../../services/rotate-connection-secret.ts';
import { carryOut } from '../audit.ts';
import type { Enums } from '../enums.ts';
import { describeAll, ROTATE_ERRORS } from '../errors.ts';
import type { Kit } from '../kit.ts';
import { outcomeStatusRef } from '../outcome.ts';
import type { PageTypes } from '../page.ts';
import { resultUnion } from '../result.ts';
import { testRef } from './test-connection.ts';

type ResultRef = ReturnType<typeof resultUnion>;

const FIELDS: Readonly<Record<RotatableSecret, string>> = {
  PASSWORD: '`password` of the dialect.',
  PRIVATE_KEY: '`privateKey` of the dialect; its passphrase goes with it.',
  SERVICE_ACCOUNT_KEY: '`serviceAccountKey` of the dialect: the whole JSON document.',
  ACCESS_TOKEN: '`accessToken` of the dialect.',
  API_KEY: '`apiKey` of the dialect.',
};

function addSelector({ builder }: Kit, { Vendor }: Enums) {
  const Match = builder.inputRef<RotationMatch>('RotationMatch').implement({
    description:
      'Every connection to this server as this user, at every vendor that tells both. The whole way to the server counts: a connection that reaches it through a tunnel or a proxy, with driver parameters or any other setting that may lead elsewhere is REFUSED, with those settings named in its `result`, and is rotated only by its id. One that is kept as a connection string tells neither host nor user, and is not found. A match that finds nothing is refused as INVALID at `input.connections.match`; where an instance did not answer, with the failure of that instance in its place, for it may have the connection.',
    fields: (t) => ({
      host: t.string({
        required: true,
        description:
          'What the dialect calls its host (host, account, hostOverride), in any spelling: letters of either case, a dot at the end, an IPv6 address in any form, a Snowflake account or its usual host name.',
        validate: { type: 'string', schema: hostName('Host of the connections.') },
      }),
      port: t.int({
        description:
          "TCP port; the dialect's usual one when left out. A connection that tells none is at the usual one; one at another port than the usual is then REFUSED by name. Without meaning for dialects that have no port, as Snowflake.",
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
    'One passed test is enough for a server and user. Every connection that can be tested is tested before the first one is written. One that cannot is written when another connection of this rotation to the same host and port as the same user passed its test and none of those failed; else it is NOT_ATTEMPTED. What a vendor does not tell (Omni: host and user) may be the same as any. So nothing is written that could be tested nowhere.',
  NONE: 'Nothing is tested. Some vendors test what they are to write by themselves all the same (Credible).',
};

function addInput(kit: Kit, enums: Enums) {
  const { builder } = kit;
  const Verification = builder.enumType('RotationVerification', {
    description: 'What must have passed a test before a secret is written.',
    values: describeAll(VERIFICATION),
  });
  const Field = builder.enumType('RotatableSecret', {
    description: "Which secret: a field of the dialect's input.",
    values: describeAll(FIELDS),
  });
  const Selector = addSelector(kit, enums);
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
        description: 'True is `verification: PER_SERVER`, false `verification: NONE`.',
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

function addOutcome(kit: Kit, { SourceError }: PageTypes, UpdateResult: ResultRef) {
  const { builder, Connection } = kit;
  return builder.objectRef<RotationOutcome>('RotationOutcome').implement({
    description: 'What became of one connection.',
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'Which connection, by its global id.' }),
      connection: t.expose('connection', {
        type: Connection,
        description: 'The connection; null when its vendor could not be asked.',
      }),
      status: t.field({
        type: outcomeStatusRef(kit),
        nullable: false,
        description: 'How it went.',
        resolve: ({ status }) => status,
      }),
      result: t.field({
        type: UpdateResult,
        description:
          'What the write came to, or why it was refused; null for a plan, and where no write was attempted.',
        resolve: ({ result }) => result as never,
      }),
      verification: t.field({
        type: testRef(kit),
        description: 'The test of the new secret before the write; null where none was made.',
        resolve: ({ verification }) => verification,
      }),
      error: t.field({
        type: SourceError,
        description: 'Why it was not attempted, where its vendor could not be asked; null otherwise.',
        resolve: ({ error }) => error as never,
      }),
      reason: t.exposeString('reason', {
        description:
          'Why it was not attempted, where neither `result`, `verification` nor `error` says so; of one that was written without a test of its own, why, and which test counts for it.',
      }),
    }),
  });
}

function addRotation(kit: Kit, page: PageTypes, UpdateResult: ResultRef) {
  const { builder, Connection, VendorInstance } = kit;
  const Outcome = addOutcome(kit, page, UpdateResult);
  return builder.objectRef<Rotation>('Rotation').implement({
    description: 'What a rotation came to. Nothing that was done is put back.',
    fields: (t) => ({
      outcomes: t.field({
        type: [Outcome],
        nullable: false,
        description: 'One for each connection: in the order of the ids, or instance by instance.',
        resolve: ({ outcomes }) => [...outcomes],
      }),
      remaining: t.field({
        type: [Connection],
        nullable: false,
        description: 'Those known to have the old secret still, refused ones too; all of them after a dry run.',
        resolve: ({ remaining }) => [...remaining],
      }),
      unsearchable: t.field({
        type: [VendorInstance],
        nullable: false,
        description: 'Instances that never tell host and user, or did not answer now: look there by hand.',
        resolve: ({ unsearchable }) => [...unsearchable],
      }),
    }),
  });
}

/** An outcome as the audit has it; one whose vendor could not be asked is known by its id alone. */
function toTarget(registry: Registry, { id, connection, status }: RotationOutcome): AuditTarget {
  const instance = connection?.instance ?? placeOf(registry, id)?.instance;
  return { instance: instance?.key ?? null, connection: instance ? id : null, status };
}

/** @param UpdateResult the union of what an update comes to. */
export function addRotateConnectionSecret(kit: Kit, enums: Enums, page: PageTypes, UpdateResult: ResultRef): void {
  const { builder, reviews } = kit;
  const RotationRef = addRotation(kit, page, UpdateResult);
  const Input = addInput(kit, enums);
  const Success = builder.objectRef<Rotation>('RotateConnectionSecretSuccess').implement({
    description: 'The rotation ran. How each connection fared is in its outcomes.',
    fields: (t) => ({
      rotation: t.field({ type: RotationRef, nullable: false, description: 'What it came to.', resolve: (one) => one }),
    }),
  });
  reviews.set('rotateConnectionSecret', (_registry, { input }) => reviewRotation(input as RotationInput));
  const description = 'What came of a rotation: an outcome for each connection, or why none was begun.';
  const Result = resultUnion(kit, 'RotateConnectionSecretResult', description, Success, ROTATE_ERRORS);
  builder.mutationField('rotateConnectionSecret', (t) =>
    t.field({
      type: Result,
      nullable: false,
      description: 'Replaces one credential on several connections, whatever vendors hold them.',
      args: { input: t.arg({ type: Input, required: true, description: 'What to replace, and where.' }) },
      resolve: (_root, { input }, context) =>
        carryOut(context, {
          name: 'rotateConnectionSecret',
          input,
          success: Success.name,
          know: ({ outcomes }) => ({ targets: outcomes.map((one) => toTarget(context.registry, one)) }),
          run: async () => rotateConnectionSecret(context, input),
        }) as never,
    }),
  );
}
