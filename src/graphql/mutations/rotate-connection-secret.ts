// rotateConnectionSecret: one credential on many connections, and an outcome for each of them.
import type { AuditTarget } from '../../domain/audit.ts';
import { portNumber, secret, text } from '../../domain/fields.ts';
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
      'Every connection to this server as this user, at every vendor that tells both. One that is kept as a connection string tells neither, and is not found.',
    fields: (t) => ({
      host: t.string({
        required: true,
        description: 'What the dialect calls its host (host, account, hostOverride); compared without regard to case.',
        validate: { type: 'string', schema: text('Host of the connections.') },
      }),
      port: t.int({
        description: 'TCP port, where the connection tells one; any when left out.',
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
      match: t.field({ type: Match, description: 'Those that lead to a server as a user, 100 at most.' }),
    }),
  });
}

function addInput(kit: Kit, enums: Enums) {
  const { builder } = kit;
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
      verifyFirst: t.boolean({
        required: true,
        defaultValue: true,
        description:
          'Try the new secret before it is written, where the vendor can and no other secret is needed for it.',
      }),
      dryRun: t.boolean({
        required: true,
        defaultValue: false,
        description: 'Only plan: read the connections, write and test nothing.',
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
        description: "Why it was not attempted; null when it was, and when the request's time was over.",
        resolve: ({ error }) => error as never,
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
        description: 'Those known to have the old secret still; all of them after a dry run.',
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
