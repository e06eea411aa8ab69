// A caller of the gateway, and what it may do. A scope is an action, for all instances or for those whose keys match a glob:
// `connections:read`, `connections:write@omni-*`.

/** What a scope allows. */
export const ACTIONS = {
  'connections:read': 'Read connections and list them.',
  'connections:write': 'Create and update connections.',
  'connections:test': 'Test connections, which makes a vendor connect to a database.',
  'connections:delete': 'Delete connections.',
  'secrets:rotate': 'Rotate a secret in several connections. It also needs `connections:read`.',
  'audit:read': 'Read the audit. With a pattern: the entries of which all instances match it.',
  'metrics:read': 'Read the metrics of the gateway at `/metrics`.',
  'federation:entities': 'Resolve entities for a router, and read the schema of the subgraph.',
} as const;

export type Action = keyof typeof ACTIONS;

/** The actions on instances. The others concern the whole gateway. */
const INSTANCE_ACTIONS: readonly Action[] = [
  'connections:read',
  'connections:write',
  'connections:test',
  'connections:delete',
  'secrets:rotate',
  'audit:read',
];

/** A scope that was parsed. */
export interface Scope {
  readonly text: string;
  readonly action: Action;
  /** The pattern of instance keys, in which a `*` stands for any characters; null for all instances. */
  readonly glob: string | null;
  /** Returns whether the scope concerns an instance. */
  readonly matches: (instanceKey: string) => boolean;
}

const SCOPE = /^([a-z]+:[a-z]+)(?:@([a-z0-9*-]{1,80}))?$/;

const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text);

/** Returns the regular expression of a glob. A `*` stands for any characters. */
export const globPattern = (glob: string): RegExp => new RegExp(`^${glob.split('*').join('.*')}$`);

/** Returns a scope; null for a text that is none. */
export function parseScope(text: string): Scope | null {
  const [, action = '', glob] = SCOPE.exec(text) ?? [];
  if (!isAction(action)) return null;
  if (glob === undefined) return { text, action, glob: null, matches: () => true };
  if (!INSTANCE_ACTIONS.includes(action)) return null;
  const pattern = globPattern(glob);
  return { text, action, glob, matches: (instanceKey) => pattern.test(instanceKey) };
}

/** Who sends a request. */
export interface Caller {
  /** The name of its token, or the subject of its JWT. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** When its credential expires; null when it does not. */
  readonly expiresAt: Date | null;
  /** The same for all callers with the same scopes. Reads are shared by callers with equal rights only. */
  readonly rights: string;
  /** The same for all requests of a caller, also after its credential was renewed. It is the owner of idempotency keys. */
  readonly id: string;
  /** The same for all requests of a caller with one credential. Executions are shared by requests with equal keys only. */
  readonly key: string;
}

/** Returns a caller. This is the one place that decides what is shared by which callers. */
export function createCaller(name: string, scopes: readonly Scope[], expiresAt: Date | null): Caller {
  const rights = JSON.stringify([...new Set(scopes.map(({ text }) => text))].toSorted());
  const id = JSON.stringify([name, rights]);
  return { name, scopes, expiresAt, rights, id, key: JSON.stringify([id, expiresAt?.getTime() ?? null]) };
}

const ALL_SCOPES = Object.keys(ACTIONS).flatMap((action) => parseScope(action) ?? []);

/** The caller of all requests where the gateway does not authenticate callers. It may do everything. */
export const ANYONE: Caller = createCaller('anonymous', ALL_SCOPES, null);

/** The caller of a request that needs no credential, or has none that is valid. It may do nothing. */
export const NOBODY: Caller = createCaller('nobody', [], null);

/** Returns whether a caller may do an action at an instance. */
export const mayDo = ({ scopes }: Caller, action: Action, instanceKey: string): boolean =>
  scopes.some((scope) => scope.action === action && scope.matches(instanceKey));

/** Returns whether a caller may do an action of the whole gateway. */
export const mayDoAnywhere = ({ scopes }: Caller, action: Action): boolean =>
  scopes.some((scope) => scope.action === action);

/** Returns the patterns of the instances at which a caller may do an action; null when it may do so at all of them. */
export function patternsOf({ scopes }: Caller, action: Action): readonly string[] | null {
  const globs = scopes.flatMap((scope) => (scope.action === action ? [scope.glob] : []));
  const patterns = globs.filter((glob) => glob !== null);
  return patterns.length < globs.length ? null : patterns;
}

/** Returns whether a caller may know of an instance: it has a scope for it. */
export const maySee = (caller: Caller, instanceKey: string): boolean =>
  INSTANCE_ACTIONS.some((action) => mayDo(caller, action, instanceKey));
