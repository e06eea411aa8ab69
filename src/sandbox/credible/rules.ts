// The checks of Credible for the body of a connection: the fields of each type and the messages of its 400, from the vendor's notes.
import type { CredibleType } from './data.ts';

export type Json = Readonly<Record<string, unknown>>;
/** The message about the first error in a body, or undefined. */
export type Fault = string | undefined;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

// The parser's message quotes the text. The vendor returns it to the caller, including secrets.
export const parseJson = (text: string): Parsed => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
};

const kinds = {
  text: { fits: (value: unknown) => typeof value === 'string', words: 'a string' },
  integer: { fits: Number.isInteger, words: 'an integer' },
  number: { fits: (value: unknown) => typeof value === 'number', words: 'a number' },
  list: { fits: Array.isArray, words: 'an array' },
} as const;

interface BlockRule {
  readonly fields: Readonly<Record<string, keyof typeof kinds>>;
  readonly required?: readonly string[];
  /** Whether unknown fields are refused. Other blocks store them. */
  readonly closed?: boolean;
  readonly check?: (at: string, block: Json) => Fault;
}

export interface TypeRule extends BlockRule {
  readonly attributes: Json;
}

const attributes = (dialectName: string, isPool: boolean, canStream: boolean): Json => ({
  dialectName,
  isPool,
  canPersist: true,
  canStream,
});

const texts = (...names: readonly string[]): Readonly<Record<string, 'text'>> =>
  Object.fromEntries(names.map((name) => [name, 'text' as const]));

export const typeRules = {
  postgres: {
    attributes: attributes('postgres', true, true),
    fields: { ...texts('host', 'databaseName', 'userName', 'password', 'connectionString'), port: 'integer' },
  },
  bigquery: {
    attributes: attributes('standardsql', false, true),
    fields: {
      ...texts('defaultProjectId', 'billingProjectId', 'location', 'serviceAccountKeyJson'),
      ...texts('maximumBytesBilled', 'queryTimeoutMilliseconds'),
    },
    check: (_at, { serviceAccountKeyJson: key }) => {
      const parsed = typeof key === 'string' ? parseJson(key) : undefined;
      return parsed?.ok === false ? parsed.message : undefined;
    },
  },
  snowflake: {
    attributes: attributes('snowflake', true, true),
    fields: {
      ...texts('account', 'username', 'password', 'privateKey', 'privateKeyPass'),
      ...texts('warehouse', 'database', 'schema', 'role'),
      responseTimeoutMilliseconds: 'integer',
    },
    required: ['account', 'username', 'warehouse'],
    check: (at, block) =>
      block.password || block.privateKey ? undefined : `${at}.password or ${at}.privateKey is required`,
  },
  trino: {
    attributes: attributes('trino', false, false),
    fields: { ...texts('server', 'catalog', 'schema', 'user', 'password', 'peakaKey'), port: 'number' },
    required: ['server'],
    // The vendor checks only the scheme, not the host.
    check: (at, { server }) =>
      /^https?:\/\/[^/\s]/.test(String(server)) ? undefined : `${at}.server must start with http:// or https://`,
  },
  mysql: {
    attributes: attributes('mysql', false, false),
    fields: { ...texts('host', 'database', 'user', 'password'), port: 'integer' },
  },
  duckdb: {
    attributes: attributes('duckdb', false, true),
    // Only newer versions have setupSQL.
    fields: { attachedDatabases: 'list', setupSQL: 'text' },
    required: ['attachedDatabases'],
    closed: true,
    check: attachmentsFault,
  },
  motherduck: {
    attributes: attributes('duckdb', false, true),
    fields: texts('accessToken', 'database'),
    required: ['accessToken'],
  },
} satisfies Readonly<Record<CredibleType, TypeRule>>;

const attachmentRules = {
  bigquery: typeRules.bigquery,
  snowflake: typeRules.snowflake,
  postgres: typeRules.postgres,
  gcs: { fields: texts('keyId', 'secret') },
  // Only newer versions have it.
  azure: { fields: texts('authType', 'sasUrl', 'tenantId', 'clientId', 'clientSecret', 'accountName', 'fileUrl') },
  s3: { fields: texts('accessKeyId', 'secretAccessKey', 'region', 'endpoint', 'sessionToken') },
} satisfies Readonly<Record<string, BlockRule>>;

const lookUp = <Rule>(rules: Readonly<Record<string, Rule>>, name: unknown): Rule | undefined =>
  typeof name === 'string' && Object.hasOwn(rules, name) ? rules[name] : undefined;

export const typeRuleOf = (type: string): TypeRule | undefined => lookUp<TypeRule>(typeRules, type);

function blockFault(at: string, block: unknown, rule: BlockRule): Fault {
  if (!isObject(block)) return `${at} must be an object`;
  for (const [field, value] of Object.entries(block)) {
    const kind = lookUp(rule.fields, field);
    if (kind === undefined && rule.closed) return `${at}.${field} is not supported`;
    if (kind !== undefined && !kinds[kind].fits(value)) return `${at}.${field} must be ${kinds[kind].words}`;
  }
  const missing = rule.required?.find((field) => block[field] === undefined || block[field] === '');
  return missing === undefined ? rule.check?.(at, block) : `${at}.${missing} is required`;
}

function attachmentsFault(at: string, { attachedDatabases }: Json): Fault {
  const list: readonly unknown[] = Array.isArray(attachedDatabases) ? attachedDatabases : [];
  if (list.length === 0) return `${at} needs at least one attached database`;
  for (const [index, attached] of list.entries()) {
    const here = `${at}.attachedDatabases[${index}]`;
    if (!isObject(attached)) return `${here} must be an object`;
    if (typeof attached.name !== 'string') return `${here}.name must be a string`;
    if (!lookUp(attachmentRules, attached.type)) return `${here}.type is not supported`;
    for (const [type, rule] of Object.entries(attachmentRules)) {
      const block = attached[`${type}Connection`];
      const fault = block === undefined ? undefined : blockFault(`${here}.${type}Connection`, block, rule);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

const tablePattern = /^[a-zA-Z0-9_-]+\.(?:[a-zA-Z0-9_-]+|\*)$/;

const tablesFault = (sent: Json): Fault => {
  const wrong = ['includeTables', 'excludeTables'].find((field) => {
    const tables = sent[field] ?? [];
    return !Array.isArray(tables) || !tables.every((table) => typeof table === 'string' && tablePattern.test(table));
  });
  if (wrong !== undefined) return `${wrong} must be a list of schema.table or schema.*`;
  const { excludeAllTables = false } = sent;
  return typeof excludeAllTables === 'boolean' ? undefined : 'excludeAllTables must be a boolean';
};

export const connectionFault = (sent: Json, name: string, type: string, rule: TypeRule): Fault => {
  if (!/^[a-zA-Z0-9_-]+$/.test(name)) return 'name must match ^[a-zA-Z0-9_-]+$';
  if (name === 'duckdb') return 'name duckdb is reserved';
  const block = `${type}Connection`;
  if (sent[block] === undefined) return `${block} is required for type ${type}`;
  const stray = Object.keys(typeRules).find((other) => other !== type && sent[`${other}Connection`] !== undefined);
  if (stray !== undefined) return `${stray}Connection is not allowed for type ${type}`;
  return blockFault(block, sent[block], rule) ?? tablesFault(sent);
};
