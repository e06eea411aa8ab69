// Fan-outs and rotations whose process is gone: another gateway with the same file goes on, or undoes them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { readAudit } from '../audit/audit.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { createInput } from './crash-runs.ts';
import { startCrashVendors, type StubVendor } from './crash-vendors.ts';
import { AUDIT_KEY, eventually } from './replicas.ts';

const GIVE_UP = ['update patchbay_keys set lease_until = 0', 'update patchbay_operations set lease_until = 0'];
const OPERATION = `query ($by: OperationSelector!) { operation(by: $by) { status targets { instance { key } state } } }`;
const ROTATE = `mutation ($input: RotateConnectionSecretInput!) { result: rotateConnectionSecret(input: $input) {
  __typename ... on ConflictError { conflict } ... on RotateConnectionSecretSuccess { rotation {
    operationId outcomes { id status connection { id } result { __typename } } remaining { id } } } } }`;
const CREATE_MANY = `mutation ($input: CreateConnectionsInput!) { result: createConnections(input: $input) {
  __typename ... on ConflictError { conflict } ... on CreateConnectionsSuccess { fanOut {
    operationId status outcomes { status result { __typename } compensation { status } } } } } }`;

/** Starts vendors and the function that starts gateways with one file. */
async function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-operations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'patchbay.db');
  const sandbox = await startSandbox(0);
  const { vendors, instances, close } = await startCrashVendors(2, sandbox.instances);
  onTestFinished(close);
  await sandbox.close();
  const start = async () => {
    const settings = { store: { url: `file:${path}` }, audit: { key: AUDIT_KEY } };
    const gateway = await startTestGateway({ ...settings, instances: () => instances });
    onTestFinished(() => gateway.close());
    return gateway;
  };
  const database = () => new Database(path);
  /** Ends all leases, and then changes the database by more statements. */
  const giveUp = (...more: readonly string[]) => {
    const file = database();
    for (const statement of [...GIVE_UP, ...more]) file.exec(statement);
    file.close();
  };
  const states = (): string => {
    const file = database();
    const rows = file.prepare('select state from patchbay_targets order by position').all() as { state: string }[];
    file.close();
    return rows.map(({ state }) => state).join();
  };
  const [one, other] = vendors as [(typeof vendors)[number], (typeof vendors)[number]];
  return { start, giveUp, states, one, other };
}

const resultOf = async ({ ask }: TestGateway, query: string, input: object) =>
  (await ask(query, { input })).data.result;

/** Creates a connection and returns its id. */
async function createAt({ ask }: TestGateway, name: string, vendor: StubVendor): Promise<string> {
  const query = `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
    ... on CreateConnectionSuccess { connection { id } } } }`;
  return (await ask(query, { input: createInput(name, vendor) })).data.result.connection.id;
}

const rotated = (id: string | undefined, status: string, __typename: string) => ({
  id,
  status,
  connection: { id },
  result: { __typename },
});

describe('A rotation whose process is gone', () => {
  it('goes on with the same key: what was done is not sent again, what was sending is looked at, the rest is done', async () => {
    const { start, giveUp, states, one } = await prepare();
    const first = await start();
    const names = ['done', 'sending', 'waiting'];
    const ids = [
      await createAt(first, 'done', one.looker),
      ...(await Promise.all(names.slice(1).map(async (name) => createAt(first, name, one.chartbrew)))),
    ];
    const verification = 'NONE';
    const input = { connections: { ids }, field: 'PASSWORD', secret: 'pw-secret-2', verification, idempotencyKey: 'k' };
    const by = { key: { mutation: 'ROTATE_CONNECTION_SECRET', idempotencyKey: 'k' } };
    one.chartbrew.holds = 'change';
    const running = resultOf(first, ROTATE, input);
    await eventually(() => states() === 'DONE,SENDING,NOT_STARTED' && one.chartbrew.waiting === 1);
    one.chartbrew.holds = null;
    const second = await start();
    expect(await resultOf(second, ROTATE, input)).toMatchObject({ conflict: 'IN_PROGRESS' });
    giveUp();
    expect((await second.ask(OPERATION, { by })).data.operation.status).toBe('INTERRUPTED');
    const { rotation } = await resultOf(second, ROTATE, input);
    expect(rotation.outcomes).toEqual([
      rotated(ids[0], 'DONE', 'UpdateConnectionSuccess'),
      rotated(ids[1], 'UNKNOWN', 'OutcomeUnknownError'),
      rotated(ids[2], 'DONE', 'UpdateConnectionSuccess'),
    ]);
    expect(rotation.remaining).toEqual([]);
    expect([one.looker.arrived.change, one.chartbrew.arrived.change]).toEqual([1, 2]);
    // The first process was only stopped: its write succeeds, and it sends no other.
    await one.chartbrew.goOn(true);
    expect(await running).toMatchObject({ __typename: 'ConflictError', conflict: 'IN_PROGRESS' });
    const again = await resultOf(second, ROTATE, input);
    expect(again.rotation.operationId).toBe(rotation.operationId);
    expect(again.rotation.outcomes.map(({ status }: { status: string }) => status)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(one.chartbrew.arrived.change).toBe(2);
    expect((await second.ask(OPERATION, { by })).data.operation.status).toBe('FINISHED');
  });
});

/** Returns the input of a fan-out to vendors. */
const inputFor = (vendors: readonly StubVendor[], more: object) => ({
  name: 'orders',
  config: createInput('orders', vendors[0] as StubVendor).config,
  targets: vendors.map(({ key }) => ({ instance: key })),
  ...more,
});

/** Starts a fan-out with COMPENSATE at two vendors. The first create is done, and the second vendor holds its create back. */
async function beginFanOut(more: object = {}) {
  const prepared = await prepare();
  const { start, states, one, other } = prepared;
  const first = await start();
  other.looker.holds = 'create';
  const input = inputFor([one.looker, other.looker], { onFailure: 'COMPENSATE', ...more });
  const running = resultOf(first, CREATE_MANY, input);
  await eventually(() => states() === 'DONE,SENDING' && other.looker.waiting === 1);
  return { ...prepared, first, input, running };
}

/** Checks the audit entries of ended fan-outs, the newest first. The targets are in short: instance, status and compensation. */
async function expectEnds(gateway: TestGateway, ends: readonly { status: string; targets: unknown[] }[]) {
  const read = async () =>
    (await readAudit(gateway, { filter: { outcome: ['CreateConnectionsSuccess'] } })).nodes.map(
      ({ targets, ...entry }: { targets: Readonly<Record<string, string | null>>[] }) => ({
        ...entry,
        targets: targets.map(({ instance, status, compensation }) => [instance, status, compensation].filter(Boolean)),
      }),
    );
  await eventually(async () => (await read()).length === ends.length);
  const facts = { mutation: 'createConnections', caller: 'anonymous', secrets: ['input.config.postgres.password'] };
  expect(await read()).toMatchObject(ends.map((end) => ({ ...facts, ...end, isReplay: false })));
}

const outcomeOf = (status: string, __typename: string) => ({ status, result: { __typename }, compensation: null });

describe('A fan-out whose process is gone', () => {
  it('is undone by the next process when it has COMPENSATE and no key, also where its last create succeeds late', async () => {
    const { start, giveUp, states, one, other, running } = await beginFanOut();
    giveUp();
    const second = await start();
    await eventually(() => states() === 'UNDONE,UNKNOWN');
    expect(one.looker.done).toMatchObject({ create: 1, remove: 1 });
    expect(other.looker.arrived).toMatchObject({ create: 1, remove: 0 });
    await other.looker.goOn(true);
    expect(await running).toMatchObject({ __typename: 'ConflictError', conflict: 'IN_PROGRESS' });
    await eventually(() => states() === 'UNDONE,UNDONE');
    expect(other.looker.done).toMatchObject({ create: 1, remove: 1 });
    const undone = [one.looker.key, 'DONE', 'DELETED'];
    await expectEnds(second, [
      { status: 'COMPENSATED', targets: [undone, [other.looker.key, 'DONE', 'DELETED']] },
      { status: 'COMPENSATION_INCOMPLETE', targets: [undone, [other.looker.key, 'UNKNOWN', 'UNKNOWN']] },
    ]);
  });

  it('has an audit entry also when all its creates succeeded and it had no key', async () => {
    const { start, giveUp, one, other, running } = await beginFanOut();
    await other.looker.goOn(true);
    await running;
    // As if the process had ended before it noted the end.
    giveUp(
      'update patchbay_operations set finished_at = null',
      'delete from patchbay_audit',
      'delete from patchbay_secret_times',
    );
    const second = await start();
    await expectEnds(second, [
      {
        status: 'COMPLETE',
        targets: [
          [one.looker.key, 'DONE'],
          [other.looker.key, 'DONE'],
        ],
      },
    ]);
    const { data } = await second.ask('{ connections { nodes { secrets { path lastRotatedAt } } } }');
    const nodes: { secrets: { path: string[]; lastRotatedAt: string | null }[] }[] = data.connections.nodes;
    const known = nodes.flatMap(({ secrets }) => secrets.filter(({ lastRotatedAt }) => lastRotatedAt !== null));
    expect(known.map(({ path }) => path.join('.'))).toEqual(['config.postgres.password', 'config.postgres.password']);
  });

  it('is complete when all its creates succeeded, although no answer told it', async () => {
    const { start, giveUp, one, other, input, running } = await beginFanOut({ idempotencyKey: 'k' });
    // The vendor has created the connection, and its answer is on the way.
    const answered = other.looker.goOn(true);
    giveUp();
    await answered;
    const told = await running;
    const second = await start();
    const { fanOut } = await resultOf(second, CREATE_MANY, input);
    expect(fanOut.status).toBe('COMPLETE');
    expect(fanOut.outcomes.map(({ status }: { status: string }) => status)).toEqual(['DONE', 'DONE']);
    expect(['CreateConnectionsSuccess', 'ConflictError']).toContain(told.__typename);
    expect([one.looker.done.remove, other.looker.done.remove]).toEqual([0, 0]);
  });

  it('deletes nothing that somebody else created meanwhile under the same name', async () => {
    const { first, start, giveUp, states, other, running } = await beginFanOut();
    other.looker.holds = null;
    const postgres = { host: 'db.other.example', database: 'orders', username: 'bi', password: 'pw-secret-3' };
    const foreign = { ...createInput('orders', other.looker), config: { postgres } };
    const query =
      'mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) { __typename } }';
    expect(await resultOf(first, query, foreign)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    giveUp();
    await start();
    await eventually(() => states() === 'UNDONE,UNKNOWN');
    expect(other.looker.arrived.remove).toBe(0);
    await other.looker.goOn(false);
    expect(await running).toMatchObject({ __typename: 'ConflictError', conflict: 'IN_PROGRESS' });
  });

  it('goes on with KEEP and the same key', async () => {
    const { start, giveUp, states, one } = await prepare();
    const first = await start();
    one.chartbrew.holds = 'create';
    const keyed = inputFor([one.looker, one.chartbrew], { onFailure: 'KEEP', idempotencyKey: 'k' });
    const running = resultOf(first, CREATE_MANY, keyed);
    await eventually(() => states() === 'DONE,SENDING' && one.chartbrew.waiting === 1);
    giveUp();
    const second = await start();
    const { fanOut } = await resultOf(second, CREATE_MANY, keyed);
    expect(fanOut).toMatchObject({ status: 'PARTIAL' });
    expect(fanOut.outcomes).toEqual([
      outcomeOf('DONE', 'CreateConnectionSuccess'),
      outcomeOf('UNKNOWN', 'OutcomeUnknownError'),
    ]);
    await one.chartbrew.goOn(true);
    expect(await running).toMatchObject({ __typename: 'ConflictError', conflict: 'IN_PROGRESS' });
    expect((await resultOf(second, CREATE_MANY, keyed)).fanOut.status).toBe('COMPLETE');
    expect([one.looker.arrived.create, one.chartbrew.arrived.create]).toEqual([1, 1]);
  });
});
