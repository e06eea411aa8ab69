// A small Chartbrew: one team's connections, kept in memory, in the flavour of a server backed by MySQL.
// It stores nearly anything, answers secrets in clear and fails without words, as the vendor does.
// It must not know any adapter.
import { createHash, randomBytes } from 'node:crypto';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from './server.ts';
import { chartbrewOAuths, chartbrewSeeds, type ChartbrewRow } from './chartbrew-data.ts';

export const chartbrewCredentials = { teamId: 7, apiKey: 'sandbox-chartbrew-key' } as const;

type Json = Readonly<Record<string, unknown>>;

// plain: text as it is; kept: encrypted text that null and "" leave alone; sealed: encrypted text that they clear.
const columns = {
  id: 'integer',
  name: 'plain',
  type: 'plain',
  subType: 'plain',
  project_ids: 'json',
  oauth_id: 'plain',
  active: 'boolean',
  host: 'kept',
  port: 'kept',
  dbName: 'kept',
  username: 'kept',
  password: 'kept',
  connectionString: 'sealed',
  options: 'json',
  authentication: 'json',
  firebaseServiceAccount: 'json',
  srv: 'boolean',
  ssl: 'boolean',
  sslMode: 'plain',
  schema: 'json',
  useSsh: 'boolean',
  sshHost: 'kept',
  sshPort: 'integer',
  sshUsername: 'kept',
  sshPassword: 'kept',
  sshPassphrase: 'kept',
  sshJumpHost: 'kept',
  sshJumpPort: 'integer',
  createdAt: 'date',
} as const satisfies Readonly<Record<string, string>>;

const fileColumns = ['sslCa', 'sslCert', 'sslKey', 'sshPrivateKey'] as const;
const emptyRow = Object.fromEntries(
  [...Object.keys(columns), ...fileColumns, 'allowPrivateHost', 'updatedAt'].map((name) => [name, null]),
);
const defaults = { type: 'mongodb', active: true, srv: false, ssl: false, sslMode: 'require' } as const;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const page = (status: number, text: string): SandboxResponse => ({
  status,
  body:
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n' +
    `<body>\n<pre>${text}</pre>\n</body>\n</html>\n`,
});

const notFound: SandboxResponse = { status: 404, body: { error: 'Not Found' } };

type Parsed = { readonly ok: true; readonly body: Json } | { readonly ok: false; readonly answer: SandboxResponse };

// Only a body that says it is JSON is read; any other counts as none at all.
const parseBody = ({ headers, body }: SandboxRequest): Parsed => {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '') || body.length === 0) return { ok: true, body: {} };
  if (body.length > 100 * 1024)
    return { ok: false, answer: page(413, 'PayloadTooLargeError: request entity too large') };
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object or array');
    return { ok: true, body: isObject(value) ? value : {} };
  } catch (error) {
    return { ok: false, answer: page(400, String(error)) };
  }
};

type Cell = readonly [column: string, kind: (typeof columns)[keyof typeof columns], value: unknown];

const cellsOf = (body: Json): readonly Cell[] =>
  Object.entries(columns)
    .map(([column, kind]): Cell => [column, kind, body[column]])
    .filter(([, kind, value]) => value !== undefined && !(kind === 'kept' && (value === null || value === '')));

const isSealed = ([, kind]: Cell): boolean => kind === 'kept' || kind === 'sealed';

const databaseFault = ([column, kind, value]: Cell): { code: string; sqlMessage: string } | undefined => {
  if (value === null) return undefined;
  if (kind === 'plain' && asText(value).length > 255)
    return { code: 'ER_DATA_TOO_LONG', sqlMessage: `Data too long for column '${column}' at row 1` };
  const isWrong =
    (kind === 'boolean' && typeof value !== 'boolean') ||
    (kind === 'integer' && !Number.isInteger(Number(value))) ||
    (kind === 'date' && Number.isNaN(Date.parse(asText(value))));
  if (!isWrong) return undefined;
  const sqlMessage = `Incorrect ${kind} value: '${asText(value)}' for column '${column}' at row 1`;
  return { code: 'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', sqlMessage };
};

// Storage errors leave the server whole: the statement, plain values as they are, secrets as ciphertext.
const storageError = (code: string, sqlMessage: string, cells: readonly Cell[]) => {
  const sql = `INSERT INTO \`Connection\` (${cells.map(([column]) => `\`${column}\``).join(',')}) VALUES (?)`;
  const parameters = cells.map((cell) => {
    const isCiphertext = isSealed(cell) || cell[1] === 'json';
    return isCiphertext ? createHash('sha256').update(asText(cell[2])).digest('hex') : cell[2];
  });
  return { parent: { code, sqlMessage, sql, parameters }, sql, parameters };
};

/** How the vendor refuses a row, if it does at all; the order is that of its layers. */
const refusalOf = (cells: readonly Cell[]): SandboxResponse | undefined => {
  if (cells.some((cell) => isSealed(cell) && cell[2] !== null && typeof cell[2] !== 'string'))
    return { status: 400, body: { code: 'ERR_INVALID_ARG_TYPE' } };
  const errors = cells
    .filter(([, kind, value]) => kind === 'plain' && typeof value === 'object' && value !== null)
    .map(([path, , value]) => ({
      message: `string violation: ${path} cannot be an array or an object`,
      type: 'string violation',
      path,
      value,
    }));
  if (errors.length > 0) return { status: 400, body: { name: 'SequelizeValidationError', errors } };
  const fault = cells.map(databaseFault).find((found) => found !== undefined);
  if (fault === undefined) return undefined;
  const error = storageError(fault.code, fault.sqlMessage, cells);
  return { status: 400, body: { name: 'SequelizeDatabaseError', ...error } };
};

// The two sources whose plugins look at what they are given; their thrown errors lose all words on the way out.
const isRefusedBySource = (body: Json): boolean => {
  const source = body.subType || body.type;
  const authentication = isObject(body.authentication) ? body.authentication : {};
  if (source === 'stripeOfficial') return !/^(sk|rk)_/.test(String(authentication.token));
  if (source !== 'jira') return false;
  return !/^https:\/\/./.test(String(body.host)) || !authentication.email || !authentication.apiToken;
};

const stored = ([column, kind, value]: Cell): readonly [string, unknown] => {
  if (column === 'type' || kind === 'sealed') return [column, value || (column === 'type' ? 'mongodb' : null)];
  if (kind === 'integer' && value !== null) return [column, Number(value)];
  return [column, kind === 'plain' && value !== null ? asText(value) : value];
};

const withoutSshSecrets = ({ sshPassword, sshPassphrase, sshPrivateKey, ...rest }: Json): Json => ({
  ...rest,
  hasSshPassword: Boolean(sshPassword),
  hasSshPassphrase: Boolean(sshPassphrase),
  hasSshPrivateKey: Boolean(sshPrivateKey),
});

const inList = (row: ChartbrewRow): Json => {
  const { password: _password, schema: _schema, ...rest } = row;
  return withoutSshSecrets(rest);
};

const alone = (row: ChartbrewRow): SandboxResponse => ({
  status: 200,
  body: { ...withoutSshSecrets(row), OAuth: chartbrewOAuths.get(row.oauth_id) ?? null },
});

// The database drops the milliseconds that the create answer still has.
const wholeSeconds = (time: string): string => `${time.slice(0, 19)}.000Z`;

const createRow = (rows: Map<number, ChartbrewRow>, body: Json): SandboxResponse => {
  if (isRefusedBySource(body)) return { status: 400, body: {} };
  const cells = cellsOf(body);
  const refusal = refusalOf(cells);
  if (refusal !== undefined) return refusal;
  const id = Number(body.id ?? 0) || Math.max(0, ...rows.keys()) + 1;
  if (rows.has(id)) {
    const error = storageError('ER_DUP_ENTRY', `Duplicate entry '${id}' for key 'Connection.PRIMARY'`, cells);
    const errors = [{ message: 'PRIMARY must be unique', path: 'PRIMARY', value: String(id) }];
    return { status: 400, body: { name: 'SequelizeUniqueConstraintError', errors, ...error } };
  }
  const updatedAt = new Date().toISOString();
  const createdAt = body.createdAt ? new Date(asText(body.createdAt)).toISOString() : updatedAt;
  const made = { ...defaults, ...Object.fromEntries(cells.map(stored)), id, team_id: chartbrewCredentials.teamId };
  const row = { ...emptyRow, ...made, createdAt: wholeSeconds(createdAt), updatedAt: wholeSeconds(updatedAt) };
  rows.set(id, row);
  return { status: 200, body: withoutSshSecrets({ ...made, createdAt, updatedAt }) };
};

const uploadFiles = async (
  rows: Map<number, ChartbrewRow>,
  row: ChartbrewRow,
  { headers, body }: SandboxRequest,
): Promise<SandboxResponse> => {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return alone(row);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) return page(500, 'Error: Unexpected end of form');
  const files = [...form].filter(([, value]) => typeof value !== 'string');
  // Too large a file: the caller waits, and hears nothing.
  if (files.some(([, file]) => typeof file !== 'string' && file.size > 1024 * 1024)) return new Promise(() => {});
  const names = files.map(([name]) => name);
  const known: readonly string[] = fileColumns;
  if (names.some((name, index) => !known.includes(name) || names.indexOf(name) !== index))
    return page(500, 'MulterError: Unexpected field');
  const paths = names.map((name) => [name, `.connectionFiles/${randomBytes(16).toString('hex')}`]);
  const changed = { ...row, ...Object.fromEntries(paths), updatedAt: wholeSeconds(new Date().toISOString()) };
  rows.set(row.id, changed);
  return alone(changed);
};

const list = (rows: Iterable<ChartbrewRow>, query: URLSearchParams): SandboxResponse => {
  const filters = ['project_id', 'team_id', 'user_id', 'dataset_id', 'dataRequest_id'];
  const wrong = filters.find((name) => query.has(name) && !/^\d+$/.test(query.get(name) ?? ''));
  if (wrong !== undefined) return { status: 400, body: { message: `Invalid ${wrong}` } };
  const newestFirst = [...rows].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id);
  return { status: 200, body: newestFirst.map(inList) };
};

type Operation =
  { readonly kind: 'list' } | { readonly kind: 'create' } | { readonly kind: 'one' | 'files'; readonly id: number };

const route = /^\/team\/([^/]+)\/connections(?:\/([^/]+)(\/files)?)?\/?$/;

const operationOf = (method: string, id: string | undefined, isFiles: boolean): Operation | undefined => {
  if (id === undefined) return method === 'GET' ? { kind: 'list' } : method === 'POST' ? { kind: 'create' } : undefined;
  const kind = isFiles ? 'files' : 'one';
  // MySQL reads a number off the front of any text: 1abc is 1.
  return method === (isFiles ? 'POST' : 'GET') ? { kind, id: Number.parseInt(id, 10) } : undefined;
};

const refusedCaller = ({ headers }: SandboxRequest, team: string | undefined): SandboxResponse | undefined => {
  const key = headers.authorization?.replace(/^Bearer /, '');
  if (!key) return { status: 401, body: 'Token is missing.' };
  if (key !== chartbrewCredentials.apiKey) return { status: 401, body: 'Unauthorized access.' };
  return team === String(chartbrewCredentials.teamId) ? undefined : { status: 403, body: { message: 'Access denied' } };
};

export const createSandboxChartbrew = (): SandboxVendor => {
  const rows = new Map(
    chartbrewSeeds.map((seed): [number, ChartbrewRow] => [seed.id, { ...emptyRow, ...defaults, ...seed }]),
  );
  return (request) => {
    const parsed = parseBody(request);
    if (!parsed.ok) return parsed.answer;
    const [, team, id, files] = route.exec(request.path) ?? [];
    const operation = team === undefined ? undefined : operationOf(request.method, id, files !== undefined);
    if (operation === undefined) return page(404, `Cannot ${request.method} ${request.path}`);
    const refused = refusedCaller(request, team);
    if (refused !== undefined) return refused;
    const mine = [...rows.values()].filter((row) => row.team_id === chartbrewCredentials.teamId);
    if (operation.kind === 'list') return list(mine, request.query);
    if (operation.kind === 'create') return createRow(rows, parsed.body);
    const row = mine.find((candidate) => candidate.id === operation.id);
    if (row === undefined) return notFound;
    return operation.kind === 'one' ? alone(row) : uploadFiles(rows, row, request);
  };
};
