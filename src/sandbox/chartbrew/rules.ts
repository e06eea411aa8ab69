// The checks of Chartbrew's database for a row: its columns, the effect of null and "" on each, and its error messages, from the
// vendor's notes.
import { createHash } from 'node:crypto';
import type { SandboxResponse } from '../server.ts';

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

// `plain` is text. `encrypted` is encrypted text that null and "" do not change. `clearable` is encrypted text that null and "" clear.
export const columns = {
  id: 'integer',
  name: 'plain',
  type: 'plain',
  subType: 'plain',
  project_ids: 'json',
  oauth_id: 'plain',
  active: 'boolean',
  host: 'encrypted',
  port: 'encrypted',
  dbName: 'encrypted',
  username: 'encrypted',
  password: 'encrypted',
  connectionString: 'clearable',
  options: 'json',
  authentication: 'json',
  firebaseServiceAccount: 'json',
  srv: 'boolean',
  ssl: 'boolean',
  sslMode: 'plain',
  schema: 'json',
  useSsh: 'boolean',
  sshHost: 'encrypted',
  sshPort: 'integer',
  sshUsername: 'encrypted',
  sshPassword: 'encrypted',
  sshPassphrase: 'encrypted',
  sshJumpHost: 'encrypted',
  sshJumpPort: 'integer',
  createdAt: 'date',
} as const satisfies Readonly<Record<string, string>>;

export type Cell = readonly [column: string, kind: (typeof columns)[keyof typeof columns], value: unknown];

export const cellsOf = (body: Json): readonly Cell[] =>
  Object.entries(columns)
    .map(([column, kind]): Cell => [column, kind, body[column]])
    .filter(([, kind, value]) => value !== undefined && !(kind === 'encrypted' && (value === null || value === '')));

const isEncrypted = ([, kind]: Cell): boolean => kind === 'encrypted' || kind === 'clearable';

// Columns of type LONGTEXT. All other encrypted columns are TEXT.
const LONG: ReadonlySet<string> = new Set(['host', 'firebaseServiceAccount', 'schema']);
const TEXT_BYTES = 65_535;

/** Returns the length of a text encrypted with AES-256-CBC, in hex: the initialization vector, a colon and the blocks. */
const encryptedLength = (value: unknown): number => 33 + 32 * (Math.floor(Buffer.byteLength(asText(value)) / 16) + 1);

const isTooLong = ([column, kind, value]: Cell): boolean => {
  if (kind === 'plain') return asText(value).length > 255;
  const isEncryptedText = kind === 'encrypted' || kind === 'clearable' || kind === 'json';
  return isEncryptedText && !LONG.has(column) && encryptedLength(value) > TEXT_BYTES;
};

const databaseFault = (cell: Cell): { code: string; sqlMessage: string } | undefined => {
  const [column, kind, value] = cell;
  if (value === null) return undefined;
  if (isTooLong(cell)) return { code: 'ER_DATA_TOO_LONG', sqlMessage: `Data too long for column '${column}' at row 1` };
  const isWrong =
    (kind === 'boolean' && typeof value !== 'boolean') ||
    (kind === 'integer' && !Number.isInteger(Number(value))) ||
    (kind === 'date' && Number.isNaN(Date.parse(asText(value))));
  if (!isWrong) return undefined;
  const sqlMessage = `Incorrect ${kind} value: '${asText(value)}' for column '${column}' at row 1`;
  return { code: 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', sqlMessage };
};

export type Write = 'create' | 'update';

// A database error is returned with its SQL statement and its values. Secrets in it are ciphertext.
export const storageError = (write: Write, code: string, sqlMessage: string, cells: readonly Cell[]) => {
  const names = cells.map(([column]) => `\`${column}\``);
  const sql =
    write === 'create'
      ? `INSERT INTO \`Connection\` (${names.join(',')}) VALUES (?)`
      : `UPDATE \`Connection\` SET ${names.map((name) => `${name}=?`).join(',')} WHERE \`id\` = ?`;
  const parameters = cells.map((cell) => {
    const isCiphertext = isEncrypted(cell) || cell[1] === 'json';
    return isCiphertext ? createHash('sha256').update(asText(cell[2])).digest('hex') : cell[2];
  });
  return { parent: { code, sqlMessage, sql, parameters }, sql, parameters };
};

// Only a create replaces a missing type by the default.
const validationError = ([path, kind, value]: Cell, write: Write) => {
  if (value === null && path === 'type' && write === 'update')
    return { message: 'Connection.type cannot be null', type: 'notNull Violation', path, value };
  return kind === 'plain' && typeof value === 'object' && value !== null
    ? { message: `string violation: ${path} cannot be an array or an object`, type: 'string violation', path, value }
    : undefined;
};

/** Returns the answer that refuses a row, or undefined. The checks have the order of the vendor's layers. */
export const refusalOf = (cells: readonly Cell[], write: Write): SandboxResponse | undefined => {
  if (cells.some((cell) => isEncrypted(cell) && cell[2] !== null && typeof cell[2] !== 'string'))
    return { status: 400, body: { code: 'ERR_INVALID_ARG_TYPE' } };
  const errors = cells.map((cell) => validationError(cell, write)).filter((error) => error !== undefined);
  if (errors.length > 0) return { status: 400, body: { name: 'SequelizeValidationError', errors } };
  const fault = cells.map(databaseFault).find((found) => found !== undefined);
  if (fault === undefined) return undefined;
  const error = storageError(write, fault.code, fault.sqlMessage, cells);
  return { status: 400, body: { name: 'SequelizeDatabaseError', ...error } };
};

// Only these two sources check their settings. Their errors are returned without a message.
export const isRefusedBySource = (body: Json): boolean => {
  const source = body.subType || body.type;
  const authentication = isObject(body.authentication) ? body.authentication : {};
  if (source === 'stripeOfficial') return !/^(sk|rk)_/.test(String(authentication.token));
  if (source !== 'jira') return false;
  return !/^https:\/\/./.test(String(body.host)) || !authentication.email || !authentication.apiToken;
};

export const stored = ([column, kind, value]: Cell): readonly [string, unknown] => {
  if (kind === 'clearable') return [column, value || null];
  if (kind === 'integer' && value !== null) return [column, Number(value)];
  return [column, kind === 'plain' && value !== null ? asText(value) : value];
};
