// The stored rows of the Chartbrew sandbox and their datasets: how writes change them, and how reads return them.
import { randomBytes } from 'node:crypto';
import { chartbrewOAuths, chartbrewSeeds, type ChartbrewRow } from './data.ts';
import { asText, cellsOf, columns, isRefusedBySource, refusalOf, storageError, stored } from './rules.ts';
import type { Cell, Json, Write } from './rules.ts';
import type { SandboxResponse } from '../server.ts';

export const teamId = 7;
export const fileColumns = ['sslCa', 'sslCert', 'sslKey', 'sshPrivateKey'] as const;
const emptyRow = Object.fromEntries(
  [...Object.keys(columns), ...fileColumns, 'allowPrivateHost', 'updatedAt'].map((name) => [name, null]),
);
const defaults = { type: 'mongodb', active: true, srv: false, ssl: false, sslMode: 'require' } as const;

export interface ChartbrewStore {
  readonly rows: Map<number, ChartbrewRow>;
  /** The datasets by id, which `removeDatasets` deletes. At first each row has one dataset. */
  readonly datasets: Map<number, { readonly id: number; readonly team_id: number; readonly connection_id: number }>;
  /** The highest id that was ever used. Ids are never reused. */
  lastId: number;
}

export const createStore = (): ChartbrewStore => ({
  rows: new Map(chartbrewSeeds.map((seed): [number, ChartbrewRow] => [seed.id, { ...emptyRow, ...defaults, ...seed }])),
  datasets: new Map(
    chartbrewSeeds.map(({ id, team_id }) => [1000 + id, { id: 1000 + id, team_id, connection_id: id }]),
  ),
  lastId: Math.max(...chartbrewSeeds.map(({ id }) => id)),
});

const withoutSshSecrets = ({ sshPassword, sshPassphrase, sshPrivateKey, ...rest }: Json): Json => ({
  ...rest,
  hasSshPassword: Boolean(sshPassword),
  hasSshPassphrase: Boolean(sshPassphrase),
  hasSshPrivateKey: Boolean(sshPrivateKey),
});

export const inList = (row: ChartbrewRow): Json => {
  const { password: _password, schema: _schema, ...rest } = row;
  return withoutSshSecrets(rest);
};

export const alone = (row: ChartbrewRow): SandboxResponse => ({
  status: 200,
  body: { ...withoutSshSecrets(row), OAuth: chartbrewOAuths.get(row.oauth_id) ?? null },
});

// The database drops milliseconds, but the answer of a create has them.
const wholeSeconds = (time: string): string => `${time.slice(0, 19)}.000Z`;

const nowInSeconds = (): string => wholeSeconds(new Date().toISOString());

const taken = (id: number, cells: readonly Cell[], write: Write): SandboxResponse => {
  const error = storageError(write, 'ER_DUP_ENTRY', `Duplicate entry '${id}' for key 'Connection.PRIMARY'`, cells);
  const errors = [{ message: 'PRIMARY must be unique', path: 'PRIMARY', value: String(id) }];
  return { status: 400, body: { name: 'SequelizeUniqueConstraintError', errors, ...error } };
};

export const createRow = (store: ChartbrewStore, body: Json): SandboxResponse => {
  if (isRefusedBySource(body)) return { status: 400, body: {} };
  const cells = cellsOf(body);
  const refusal = refusalOf(cells, 'create');
  if (refusal !== undefined) return refusal;
  const id = Number(body.id ?? 0) || store.lastId + 1;
  if (store.rows.has(id)) return taken(id, cells, 'create');
  const updatedAt = new Date().toISOString();
  const createdAt = body.createdAt ? new Date(asText(body.createdAt)).toISOString() : updatedAt;
  const sent = Object.fromEntries(cells.map(stored));
  const made = { ...defaults, ...sent, type: asText(body.type || defaults.type), id, team_id: teamId };
  store.rows.set(id, {
    ...emptyRow,
    ...made,
    createdAt: wholeSeconds(createdAt),
    updatedAt: wholeSeconds(updatedAt),
  });
  store.lastId = Math.max(store.lastId, id);
  return { status: 200, body: withoutSshSecrets({ ...made, createdAt, updatedAt }) };
};

export const updateRow = (store: ChartbrewStore, row: ChartbrewRow, body: Json): SandboxResponse => {
  const cells = cellsOf(body).filter(([column]) => column !== 'createdAt');
  const refusal = refusalOf(cells, 'update');
  if (refusal !== undefined) return refusal;
  const id = Number(body.id ?? 0) || row.id;
  if (id !== row.id && store.rows.has(id)) return taken(id, cells, 'update');
  const changed = { ...row, ...Object.fromEntries(cells.map(stored)), id, updatedAt: nowInSeconds() };
  store.rows.delete(row.id);
  store.rows.set(id, changed);
  store.lastId = Math.max(store.lastId, id);
  // The vendor changes the id, then looks for the row by its old id, and fails without a message.
  return id === row.id ? alone(changed) : { status: 400, body: {} };
};

/** @param removesDatasets whether the query parameter has any value, even `false`. */
export const removeRow = (store: ChartbrewStore, { id }: ChartbrewRow, removesDatasets: boolean): SandboxResponse => {
  store.rows.delete(id);
  if (removesDatasets)
    for (const dataset of store.datasets.values()) if (dataset.connection_id === id) store.datasets.delete(dataset.id);
  return { status: 200, body: { removed: true } };
};

export const storeFiles = (store: ChartbrewStore, row: ChartbrewRow, names: readonly string[]): SandboxResponse => {
  const paths = names.map((name) => [name, `.connectionFiles/${randomBytes(16).toString('hex')}`]);
  const changed = { ...row, ...Object.fromEntries(paths), updatedAt: nowInSeconds() };
  store.rows.set(row.id, changed);
  return alone(changed);
};
