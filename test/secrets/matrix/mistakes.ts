// What a caller gets wrong beside a secret, or with it: each a request that is refused before any vendor is asked.
import { put, type Tree } from '../inputs.ts';
import type { Position } from '../positions.ts';
import type { Operation } from './operations.ts';

/** What is sent to the gateway. */
export interface Sent {
  readonly body: string;
  /** Milliseconds after which the caller leaves. */
  readonly leavesAfter?: number;
}

export interface Asking {
  readonly operation: Operation;
  readonly position: Position;
  readonly input: Tree;
  readonly secret: string;
  readonly turn: number;
}

export type Send = (asking: Asking) => Sent;

export const plain = ({ operation: { document }, input }: Asking): Sent => ({
  body: JSON.stringify({ query: document, variables: { input } }),
});

/** The steps down to the group that the secret stands in. */
const groupOf = ({ field }: Position, { name }: Operation): string[] => {
  if (name === 'rotate') return ['connections'];
  // The options of a fan-out stand in its targets.
  return name.startsWith('fanOut') && field.startsWith('options.') ? ['config'] : field.split('.').slice(0, -1);
};

const besideIt = (position: Position, operation: Operation, name: string): string =>
  [...groupOf(position, operation), name].join('.');

/** What no input of the operation may be without. */
const NEEDED: Readonly<Record<Operation['name'], string>> = {
  create: 'name',
  update: 'id',
  test: 'instance',
  fanOutToOne: 'name',
  fanOutToSeveral: 'targets',
  rotate: 'field',
};

/** A request with something else in its input. */
export const withInput =
  (change: (input: Tree, asking: Asking) => void): Send =>
  (asking) => {
    const input = structuredClone(asking.input);
    change(input, asking);
    return plain({ ...asking, input });
  };

/** Puts something in place of the secret, wherever it stands. */
export function replaceText(tree: unknown, text: string, value: unknown): void {
  if (tree === null || typeof tree !== 'object') return;
  for (const [key, one] of Object.entries(tree)) {
    if (one === text) (tree as Tree)[key] = structuredClone(value);
    else replaceText(one, text, value);
  }
}

/** What is refused while the variables become values. */
export const MISTAKES: Readonly<Record<string, Send>> = {
  'a typo beside it': withInput((input, { position, operation }) =>
    put(input, besideIt(position, operation, 'nope'), 1),
  ),
  'a typo at the top': withInput((input) => put(input, 'nope', 1)),
  'a name that every object inherits': withInput((input, { position, operation }) =>
    put(input, `${groupOf(position, operation)[0]}.toString`, {}),
  ),
  'a null that may not be': withInput((input, { operation }) => put(input, NEEDED[operation.name], null)),
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

/** What is refused for its value. */
export const VALUES: Readonly<Record<string, Send>> = {
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

/** A body that is no JSON, made of the right one and the secret as it is spelled there. */
const malformed =
  (spoil: (body: string, spelled: string, turn: number) => string): Send =>
  (asking) => ({ body: spoil(plain(asking).body, JSON.stringify(asking.secret), asking.turn) });

/** The parser quotes what stands around the place where it gave up, or nothing: it depends on what it met there. */
export const MALFORMED: Readonly<Record<string, Send>> = {
  'cut within it': malformed((body, spelled, turn) =>
    body.slice(0, body.indexOf(spelled.slice(0, -1)) + 8 + (turn % 7)),
  ),
  'it without quotes': malformed((body, spelled) => body.replace(spelled, () => spelled.slice(1, -1))),
  'it in other quotes': malformed((body, spelled) => body.replace(spelled, () => `'${spelled.slice(1, -1)}'`)),
  'no comma after it': malformed((body, spelled) => body.replace(spelled, () => `${spelled} ${spelled}`)),
  'it after the end': malformed((body, spelled) => body + spelled.slice(1, -1)),
};
