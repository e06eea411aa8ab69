// The operations that take a secret, each with the document that asks for all that its answer tells, and its input with a secret
// in one position.
import { CONFIG_AND_DETAILS, CREATE } from '../../support/create-connection.ts';
import { CREATE_MANY } from '../../fan-out/create-connections.ts';
import { ROTATE } from '../../rotation/rotate.ts';
import { inputWith, isChangeable, patchWith, rotatable, rotationOf, type Tree } from '../inputs.ts';
import type { Position } from '../positions.ts';

export type OperationName = 'create' | 'update' | 'test' | 'fanOutToOne' | 'fanOutToSeveral' | 'rotate';

export interface Asked {
  readonly position: Position;
  readonly secret: string;
  /** Key of the instance that is asked. */
  readonly instance: string;
  /** One of the same vendor that does as it is told. */
  readonly other: string;
  /** Vendor's id of a connection that has the position's secret. */
  readonly vendorId: string;
  /** A name that nothing has. */
  readonly name: string;
  /** Chooses among what an operation may be asked besides. */
  readonly turn: number;
}

export interface Operation {
  readonly name: OperationName;
  readonly mutation: string;
  readonly document: string;
  readonly takes: (position: Position) => boolean;
  readonly input: (asked: Asked) => Tree;
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

const idOf = ({ instance, vendorId }: Asked): string =>
  Buffer.from(`v1:c:${instance}:${vendorId}`).toString('base64url');

const created = ({ position, secret, instance, name }: Asked): Tree => inputWith(position, secret, instance, name);

function fannedOut(asked: Asked, instances: readonly string[]): Tree {
  const { instance: _instance, options, ...rest } = created(asked);
  return {
    ...rest,
    onFailure: asked.turn % 2 === 0 ? 'KEEP' : 'COMPENSATE',
    targets: instances.map((instance) => (options ? { instance, options } : { instance })),
  };
}

/** With verification, without, and dry. */
const WAYS: readonly Tree[] = [{ verification: 'NONE' }, {}, { dryRun: true }];

const any = (): boolean => true;

export const OPERATIONS: readonly Operation[] = [
  { name: 'create', mutation: 'createConnection', document: CREATE, takes: any, input: created },
  {
    name: 'update',
    mutation: 'updateConnection',
    document: UPDATE,
    takes: isChangeable,
    input: (asked) => patchWith(asked.position, asked.secret, idOf(asked)),
  },
  {
    name: 'test',
    mutation: 'testConnectionConfig',
    document: TEST_CONFIG,
    takes: any,
    input: created,
  },
  {
    name: 'fanOutToOne',
    mutation: 'createConnections',
    document: CREATE_MANY,
    takes: any,
    input: (asked) => fannedOut(asked, [asked.instance]),
  },
  {
    name: 'fanOutToSeveral',
    mutation: 'createConnections',
    document: CREATE_MANY,
    takes: any,
    input: (asked) => fannedOut(asked, [asked.instance, asked.other]),
  },
  {
    name: 'rotate',
    mutation: 'rotateConnectionSecret',
    document: ROTATE,
    takes: (position) => rotatable(position) !== undefined,
    input: (asked) => ({
      connections: { ids: [idOf(asked)] },
      ...rotationOf(asked.position, asked.secret),
      ...WAYS[asked.turn % WAYS.length],
    }),
  },
];
