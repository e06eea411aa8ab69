// Mistakes of a caller in a request with a secret. Each request is refused before any vendor call.
import { put, type Tree } from '../inputs.ts';
import type { Position } from '../positions.ts';
import type { Operation } from './operations.ts';

/** A request as it is sent to the gateway. */
export interface CallerRequest {
  readonly body: string;
  /** The time after which the caller leaves, in milliseconds. */
  readonly leavesAfter?: number;
}

export interface MistakeContext {
  readonly operation: Operation;
  readonly position: Position;
  readonly input: Tree;
  readonly secret: string;
  readonly turn: number;
}

export type BuildRequest = (context: MistakeContext) => CallerRequest;

export const correctRequest = ({ operation: { document }, input }: MistakeContext): CallerRequest => ({
  body: JSON.stringify({ query: document, variables: { input } }),
});

/** Returns the path of the group that contains the secret. */
const groupOf = ({ field }: Position, { name }: Operation): string[] => {
  if (name === 'rotate') return ['connections'];
  // The options of a fan-out are in its targets.
  return name.startsWith('fanOut') && field.startsWith('options.') ? ['config'] : field.split('.').slice(0, -1);
};

const besideSecret = (position: Position, operation: Operation, name: string): string =>
  [...groupOf(position, operation), name].join('.');

/** A required field of each operation's input. */
const REQUIRED_FIELD: Readonly<Record<Operation['name'], string>> = {
  create: 'name',
  update: 'id',
  test: 'instance',
  fanOutToOne: 'name',
  fanOutToSeveral: 'targets',
  rotate: 'field',
};

/** Returns a function that builds a request whose input is changed. */
export const withInput =
  (change: (input: Tree, context: MistakeContext) => void): BuildRequest =>
  (context) => {
    const input = structuredClone(context.input);
    change(input, context);
    return correctRequest({ ...context, input });
  };

/** Replaces the secret by a value, wherever it occurs in the input. */
export function replaceText(tree: unknown, text: string, value: unknown): void {
  if (tree === null || typeof tree !== 'object') return;
  for (const [key, entry] of Object.entries(tree)) {
    if (entry === text) (tree as Tree)[key] = structuredClone(value);
    else replaceText(entry, text, value);
  }
}

/** Mistakes that are refused when the variables are coerced. */
export const COERCION_MISTAKES: Readonly<Record<string, BuildRequest>> = {
  'a typo beside it': withInput((input, { position, operation }) =>
    put(input, besideSecret(position, operation, 'nope'), 1),
  ),
  'a typo at the top': withInput((input) => put(input, 'nope', 1)),
  'a name that every object inherits': withInput((input, { position, operation }) =>
    put(input, `${groupOf(position, operation)[0]}.toString`, {}),
  ),
  'a null that may not be': withInput((input, { operation }) => put(input, REQUIRED_FIELD[operation.name], null)),
  'a list in its place': withInput((input, { secret }) => replaceText(input, secret, [secret])),
  'an object in its place': withInput((input, { secret }) => replaceText(input, secret, { value: secret })),
  'itself in place of its group': withInput((input, { position, operation, secret }) =>
    put(input, groupOf(position, operation).slice(0, 2).join('.'), secret),
  ),
  'two of what may be one': withInput((input, { position, operation, secret }) => {
    const [group = ''] = groupOf(position, operation);
    put(input, `${group}.${position.dialect === 'trino' ? 'mysql' : 'trino'}`, { password: secret, host: secret });
  }),
};

/** Mistakes that are refused because of a value. */
export const VALIDATION_MISTAKES: Readonly<Record<string, BuildRequest>> = {
  'no such instance, or connection': withInput((input) => {
    if (input['id'] !== undefined) input['id'] = 'nope';
    else if (input['targets']) put(input, 'targets', [{ instance: 'nope' }]);
    else if (input['connections']) put(input, 'connections', { ids: ['nope'] });
    else input['instance'] = 'nope';
  }),
  'two things that are wrong': withInput((input, { secret }) => {
    if (input['connections']) Object.assign(input, { connections: { ids: [] }, privateKeyPassphrase: secret });
    else Object.assign(input, { name: '\u0000', idempotencyKey: '\u0000' });
  }),
  'an empty name': withInput((input) => {
    if (input['connections']) put(input, 'connections', { ids: [''] });
    else input['name'] = '';
  }),
};

/** Returns a function that builds a body that is not JSON from the correct body and the secret as it is written there. */
const malformed =
  (spoil: (body: string, spelled: string, turn: number) => string): BuildRequest =>
  (context) => ({ body: spoil(correctRequest(context).body, JSON.stringify(context.secret), context.turn) });

/** Bodies that are not JSON. The parser of V8 may quote the text around the position at which it stops. */
export const MALFORMED_BODIES: Readonly<Record<string, BuildRequest>> = {
  'cut within it': malformed((body, spelled, turn) =>
    body.slice(0, body.indexOf(spelled.slice(0, -1)) + 8 + (turn % 7)),
  ),
  'it without quotes': malformed((body, spelled) => body.replace(spelled, () => spelled.slice(1, -1))),
  'it in other quotes': malformed((body, spelled) => body.replace(spelled, () => `'${spelled.slice(1, -1)}'`)),
  'no comma after it': malformed((body, spelled) => body.replace(spelled, () => `${spelled} ${spelled}`)),
  'it after the end': malformed((body, spelled) => body + spelled.slice(1, -1)),
};
