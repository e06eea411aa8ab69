// The Chartbrew sandbox: the connections of one team, as a server with a MySQL database has them. Like the vendor it stores almost
// anything, returns secrets in plain text and often fails without a message. The real server crashes if a caller closes the connection
// during a call by id without a body; here the journal has such a call with `hungUp` and an empty body.
import type { ChartbrewRow } from './data.ts';
import {
  alone,
  createRow,
  createStore,
  fileColumns,
  inList,
  removeRow,
  storeFiles,
  teamId,
  updateRow,
  type ChartbrewStore,
} from './store.ts';
import { isObject, type Json } from './rules.ts';
import { testConnection } from './connection-tests.ts';
import type { Deliver, Delivery } from './connection-tests/outcomes.ts';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from '../server.ts';

export const chartbrewCredentials = { teamId, apiKey: 'sandbox-chartbrew-key' } as const;

const keyId = '5d1f7a5e-2c5b-4c53-8a0f-6c0f6f0a9f21';

const page = (status: number, text: string): SandboxResponse => ({
  status,
  body:
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n' +
    `<body>\n<pre>${text}</pre>\n</body>\n</html>\n`,
});

const notFound: SandboxResponse = { status: 404, body: { error: 'Not Found' } };
const withoutBody = page(500, 'TypeError: Cannot read properties of undefined');

/** The parsed body, or undefined if there is none. */
type Body = Json | undefined;
type Parsed = { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly answer: SandboxResponse };

// A body is read only if its content type is JSON.
const parseBody = ({ headers, body }: SandboxRequest): Parsed => {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '') || body.length === 0)
    return { ok: true, body: undefined };
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

/** The file names and the texts of a multipart body, or the answer that refuses it. */
type Form =
  | { readonly ok: true; readonly names: readonly string[]; readonly text: (name: string) => string | undefined }
  | { readonly ok: false; readonly answer: SandboxResponse | Promise<SandboxResponse> };

const parseForm = async ({ headers, body }: SandboxRequest): Promise<Form> => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) return { ok: false, answer: page(500, 'Error: Unexpected end of form') };
  const files = [...form].filter(([, value]) => typeof value !== 'string');
  // The vendor never answers a file over 1 MiB.
  if (files.some(([, file]) => typeof file !== 'string' && file.size > 1024 * 1024))
    return { ok: false, answer: new Promise(() => {}) };
  const names = files.map(([name]) => name);
  const allowed: readonly string[] = fileColumns;
  if (names.some((name, index) => !allowed.includes(name) || names.indexOf(name) !== index))
    return { ok: false, answer: page(500, 'MulterError: Unexpected field') };
  const text = (name: string) => [form.get(name)].find((value) => typeof value === 'string');
  return { ok: true, names, text };
};

const isMultipart = ({ headers }: SandboxRequest): boolean =>
  (headers['content-type'] ?? '').startsWith('multipart/form-data');

const uploadFiles = async (store: ChartbrewStore, row: ChartbrewRow, request: SandboxRequest) => {
  if (!isMultipart(request)) return alone(row);
  const form = await parseForm(request);
  return form.ok ? storeFiles(store, row, form.names) : form.answer;
};

// The type in the body overrides the type in the path.
const testUnsaved = (type: string, sent: Json, deliver: Deliver): SandboxResponse =>
  testConnection({ ...sent, type: sent.type || type }, deliver).unsaved;

const testWithFiles = async (type: string, { request, deliver }: Call) => {
  if (!isMultipart(request)) return withoutBody;
  const form = await parseForm(request);
  if (!form.ok) return form.answer;
  try {
    const sent: unknown = JSON.parse(form.text('connection') ?? '');
    const files = Object.fromEntries(form.names.map((name) => [name, `.connectionFiles/${name}`]));
    return testUnsaved(type, { ...(isObject(sent) ? sent : {}), ...files }, deliver);
  } catch (error) {
    return page(500, String(error));
  }
};

const list = (rows: Iterable<ChartbrewRow>, query: URLSearchParams): SandboxResponse => {
  const filters = ['project_id', 'team_id', 'user_id', 'dataset_id', 'dataRequest_id'];
  const wrong = filters.find((name) => query.has(name) && !/^\d+$/.test(query.get(name) ?? ''));
  if (wrong !== undefined) return { status: 400, body: { message: `Invalid ${wrong}` } };
  const newestFirst = [...rows].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id - a.id);
  return { status: 200, body: newestFirst.map(inList) };
};

interface Call {
  readonly store: ChartbrewStore;
  readonly request: SandboxRequest;
  readonly body: Body;
  readonly deliver: Deliver;
}

type Answer = SandboxResponse | Promise<SandboxResponse>;

const isMine = ({ team_id }: { readonly team_id: number }): boolean => team_id === chartbrewCredentials.teamId;

const ofTeam: Readonly<Record<string, (call: Call) => Answer>> = {
  'GET connections': ({ store, request }) => list([...store.rows.values()].filter(isMine), request.query),
  'POST connections': ({ store, body }) => createRow(store, body ?? {}),
  'GET apikey': () => ({ status: 200, body: [{ id: keyId, name: 'patchbay', createdAt: '2026-01-07T09:00:00.000Z' }] }),
  'GET datasets': ({ store }) => ({ status: 200, body: [...store.datasets.values()].filter(isMine) }),
};

const ofRow: Readonly<Record<string, (call: Call, row: ChartbrewRow) => Answer>> = {
  'GET ': (_call, row) => alone(row),
  'PUT ': ({ store, body }, row) => (body === undefined ? withoutBody : updateRow(store, row, body)),
  'DELETE ': ({ store, request }, row) => removeRow(store, row, Boolean(request.query.get('removeDatasets'))),
  'GET test': ({ deliver }, row) => testConnection(row, deliver).saved,
  'POST files': ({ store, request }, row) => uploadFiles(store, row, request),
};

const ofType: Readonly<Record<string, (call: Call, type: string) => Answer>> = {
  'POST test': ({ body, deliver }, type) => (body === undefined ? withoutBody : testUnsaved(type, body, deliver)),
  'POST test/files': (call, type) => testWithFiles(type, call),
};

const route =
  /^\/team\/([^/]+)\/(?:(connections|datasets|apikey)|connections\/([^/]+)(?:\/(files|test|test\/files))?)\/?$/;

/** Returns the handler of a request, or undefined if there is no such route. */
const handlerOf = ({ method, path }: SandboxRequest) => {
  const [, team, all, key, below = ''] = route.exec(path) ?? [];
  if (key === undefined) {
    const handler = ofTeam[`${method} ${all}`];
    return handler && { team, answer: handler };
  }
  const [onRow, onType] = [ofRow[`${method} ${below}`], ofType[`${method} ${below}`]];
  if (onType) return { team, answer: (call: Call) => onType(call, decodeURIComponent(key)) };
  return (
    onRow && {
      team,
      answer: (call: Call) => {
        // MySQL converts a text by its leading digits: `1abc` is 1.
        const row = call.store.rows.get(Number.parseInt(key, 10));
        return row && isMine(row) ? onRow(call, row) : notFound;
      },
    }
  );
};

const refusedCaller = ({ headers }: SandboxRequest, team: string | undefined): SandboxResponse | undefined => {
  const key = headers.authorization?.replace(/^Bearer /, '');
  if (!key) return { status: 401, body: 'Token is missing.' };
  if (key !== chartbrewCredentials.apiKey) return { status: 401, body: 'Unauthorized access.' };
  return team === String(chartbrewCredentials.teamId) ? undefined : { status: 403, body: { message: 'Access denied' } };
};

const keptSecrets = ({ rows }: ChartbrewStore): Json =>
  Object.fromEntries(
    [...rows.values()].map(({ id, sshPassword, sshPassphrase }) => [id, { sshPassword, sshPassphrase }]),
  );

export const createSandboxChartbrew = (): SandboxVendor => {
  const store = createStore();
  const deliveries: Delivery[] = [];
  const deliver: Deliver = (delivery) => void deliveries.push(delivery);
  const answer = (request: SandboxRequest): Answer => {
    const parsed = parseBody(request);
    if (!parsed.ok) return parsed.answer;
    const handler = handlerOf(request);
    if (handler === undefined) return page(404, `Cannot ${request.method} ${request.path}`);
    return refusedCaller(request, handler.team) ?? handler.answer({ store, request, body: parsed.body, deliver });
  };
  return Object.assign(answer, { secrets: () => keptSecrets(store), deliveries: () => deliveries });
};
