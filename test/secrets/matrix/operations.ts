// The operations that accept a secret, each with a document that selects every field of its result, and with the input that has the
// secret in one position.
import { CONFIG_AND_DETAILS, CREATE } from '../../support/create-connection.ts';
import { CREATE_MANY } from '../../fan-out/create-connections.ts';
import { ROTATE } from '../../rotation/rotate.ts';
import { inputWith, isChangeable, patchWith, rotatable, rotationOf, type Tree } from '../inputs.ts';
import type { Position } from '../positions.ts';

export type OperationName = 'create' | 'update' | 'test' | 'fanOutToOne' | 'fanOutToSeveral' | 'rotate';

export interface OperationContext {
  readonly position: Position;
  readonly secret: string;
  /** Key of the instance. */
  readonly instance: string;
  /** Key of another instance of the same vendor, which carries out its writes. */
  readonly other: string;
  /** The vendor's id of a connection that has a secret stored at the position. */
  readonly vendorId: string;
  /** A name that no connection has. */
  readonly name: string;
  /** Selects one of the variants of the operation. */
  readonly turn: number;
}

export interface Operation {
  readonly name: OperationName;
  readonly mutation: string;
  readonly document: string;
  readonly takes: (position: Position) => boolean;
  readonly input: (context: OperationContext) => Tree;
}

const ERRORS = `
  ... on Error { message requestId }
  ... on VendorError { instance { key } vendorStatus vendorCode vendorMessage }
  ... on VendorUnavailableError { unavailable retryable }
  ... on RateLimitedError { retryAfterMs }
  ... on NotFoundError { id }
  ... on UnsupportedError { vendor dialect capability alternatives }`;
const ISSUES = '... on ValidationError { issues { path code message source vendorCode vendorMessage } }';

export const UPDATE = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
  __typename ${ERRORS} ${ISSUES} ... on OutcomeUnknownError { probe } ... on ConflictError { conflict existing { name } }
  ... on UpdateConnectionSuccess {
    connection { id vendorId name dialect vendorDialect ${CONFIG_AND_DETAILS} secrets { path status } }
    warnings { path code message }
  }
} }`;

const TESTED = `... on TestConnectionSuccess {
  test { outcome checks { name outcome vendorOutcome message vendorMessage } connection { id } }
}`;

export const TEST_CONFIG = `mutation ($input: TestConnectionConfigInput!) { testConnectionConfig(input: $input) {
  __typename ${ERRORS} ${ISSUES} ${TESTED}
} }`;

export const TEST = `mutation ($input: TestConnectionInput!) { testConnection(input: $input) {
  __typename ${ERRORS} ${ISSUES} ${TESTED}
} }`;

export const DELETE = `mutation ($input: DeleteConnectionInput!) { deleteConnection(input: $input) {
  __typename ${ERRORS} ... on OutcomeUnknownError { probe } ... on ConflictError { conflict existing { name } }
  ... on DeleteConnectionSuccess { deletedId archived warnings { path code message } }
} }`;

const idOf = ({ instance, vendorId }: OperationContext): string =>
  Buffer.from(`v1:c:${instance}:${vendorId}`).toString('base64url');

const createInput = ({ position, secret, instance, name }: OperationContext): Tree =>
  inputWith(position, secret, instance, name);

function fanOutInput(context: OperationContext, instances: readonly string[]): Tree {
  const { instance: _instance, options, ...rest } = createInput(context);
  return {
    ...rest,
    onFailure: context.turn % 2 === 0 ? 'KEEP' : 'COMPENSATE',
    targets: instances.map((instance) => (options ? { instance, options } : { instance })),
  };
}

/** Without verification, with the default verification, and as a dry run. */
const VERIFICATIONS: readonly Tree[] = [{ verification: 'NONE' }, {}, { dryRun: true }];

const acceptsAll = (): boolean => true;

export const OPERATIONS: readonly Operation[] = [
  { name: 'create', mutation: 'createConnection', document: CREATE, takes: acceptsAll, input: createInput },
  {
    name: 'update',
    mutation: 'updateConnection',
    document: UPDATE,
    takes: isChangeable,
    input: (context) => patchWith(context.position, context.secret, idOf(context)),
  },
  {
    name: 'test',
    mutation: 'testConnectionConfig',
    document: TEST_CONFIG,
    takes: acceptsAll,
    input: createInput,
  },
  {
    name: 'fanOutToOne',
    mutation: 'createConnections',
    document: CREATE_MANY,
    takes: acceptsAll,
    input: (context) => fanOutInput(context, [context.instance]),
  },
  {
    name: 'fanOutToSeveral',
    mutation: 'createConnections',
    document: CREATE_MANY,
    takes: acceptsAll,
    input: (context) => fanOutInput(context, [context.instance, context.other]),
  },
  {
    name: 'rotate',
    mutation: 'rotateConnectionSecret',
    document: ROTATE,
    takes: (position) => rotatable(position) !== undefined,
    input: (context) => ({
      connections: { ids: [idOf(context)] },
      ...rotationOf(context.position, context.secret),
      ...VERIFICATIONS[context.turn % VERIFICATIONS.length],
    }),
  },
];
