// What a person may do: the scopes of the token, and what the instances allow. It decides which buttons are shown. The gateway decides
// again when a button is pressed.
import type { Capability } from '../generated/graphql.ts';
import { isReadOnly } from '../page.ts';

/** The actions of scopes that the console offers. */
export type Action =
  'connections:read' | 'connections:write' | 'connections:test' | 'connections:delete' | 'secrets:rotate';

/** Actions that change something at a vendor. */
const WRITES: readonly Action[] = ['connections:write', 'connections:delete', 'secrets:rotate'];

/** Returns whether a glob of a scope matches the key of an instance. A `*` stands for any characters. */
const matches = (glob: string, key: string): boolean => new RegExp(`^${glob.split('*').join('.*')}$`).test(key);

/** Returns whether scopes allow an action at an instance. */
export function allows(scopes: readonly string[], action: Action, instanceKey: string): boolean {
  if (isReadOnly && WRITES.includes(action)) return false;
  return scopes.some((scope) => {
    const [name, glob = '*'] = scope.split('@');
    return name === action && matches(glob, instanceKey);
  });
}

/** Something at an instance that the console has a button for. */
export interface Operation {
  readonly action: Action;
  readonly capability: Capability;
}

export const OPERATIONS = {
  create: { action: 'connections:write', capability: 'CREATE' },
  update: { action: 'connections:write', capability: 'UPDATE' },
  delete: { action: 'connections:delete', capability: 'DELETE' },
  test: { action: 'connections:test', capability: 'TEST_SAVED' },
  testUnsaved: { action: 'connections:test', capability: 'TEST_UNSAVED' },
  rotate: { action: 'secrets:rotate', capability: 'UPDATE_SECRETS' },
} as const satisfies Record<string, Operation>;
