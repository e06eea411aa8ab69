// A process that ends, or that is stopped for a while, in the middle of a create. The step is chosen by locks of the database, for which
// a trigger waits, and by the vendor's stub: nothing waits for a time.
import { once } from 'node:events';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { waitFor, type useProcesses } from '../process/run.ts';
import type { TestGateway } from '../support/gateway.ts';
import { runSql } from '../support/postgres.ts';
import {
  AUDIT_KEY,
  create,
  createBody,
  eventually,
  list,
  startReplica,
  startStub,
  type Stub,
  type Vendor,
} from './replicas.ts';

/** The steps of a create, each with the lock for which the process waits there; null where it waits for the vendor, or for nothing. */
const STEPS = { 'before the claim': 1, claimed: 2, sending: null, answered: 3, recorded: null } as const;
export type Step = keyof typeof STEPS;

export interface Crash {
  readonly vendor: Vendor;
  readonly step: Step;
  /** SIGKILL ends the process; after SIGSTOP it goes on when another process has answered. */
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** Whether what the process waits for happens after the signal: the statement, or the vendor's create. */
  readonly happens: boolean;
}

/** All crashes. What was recorded has happened. */
export const CRASHES: readonly Crash[] = (Object.keys(STEPS) as Step[]).flatMap((step) =>
  (['looker', 'chartbrew'] as const).flatMap((vendor) =>
    (['SIGKILL', 'SIGSTOP'] as const).flatMap((signal) =>
      [true, false]
        .filter((happens) => happens || step !== 'recorded')
        .map((happens) => ({ vendor, step, signal, happens })),
    ),
  ),
);

const TRIGGER = `
create function wait_at_step() returns trigger language plpgsql as $$ begin
  if tg_op = 'INSERT' then perform pg_advisory_xact_lock_shared(1);
  elsif new.state = 'SENDING' and old.state = 'CLAIMED' then perform pg_advisory_xact_lock_shared(2);
  elsif new.state = 'DONE' and old.state <> 'DONE' then perform pg_advisory_xact_lock_shared(3);
  end if;
  return new;
end $$;
create trigger wait_at_step before insert or update on patchbay_keys for each row execute function wait_at_step();`;

const WAITING = "select pid from pg_stat_activity where wait_event = 'advisory' and datname = current_database()";
const GIVE_UP = 'update patchbay_keys set lease_until = 0';
const KEY = { idempotencyKey: 'key-1' };

type Processes = ReturnType<typeof useProcesses>;

/** Starts a process of the built gateway with the instances and the store of a replica. */
export async function startProcess(processes: Processes, replica: TestGateway, stub: Stub, url: string) {
  const instances = replica.sandbox.instances
    .filter(({ vendor }) => vendor === stub.vendor)
    .map((one) => ({ ...one, baseUrl: stub.origin + new URL(one.baseUrl).pathname.replace(/\/$/, '') }));
  const config = { server: { port: 0 }, store: { url }, audit: { key: AUDIT_KEY }, instances };
  const path = await processes.file(`${crypto.randomUUID()}.json`, JSON.stringify(config));
  const run = processes.start(['start', '--config', path]);
  const [, address = ''] = await waitFor(run, /ready at (\S+)/);
  const send = async () =>
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(createBody(stub.vendor, KEY)),
    }).then(async (response) => (await response.json()).data.result);
  return { ...run, send };
}

/** Takes the lock for which the process will wait at a step. */
async function holdLock(url: string, lock: number | null) {
  const client = new Client(url);
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [lock ?? 0]);
  const waiting = async () => (await client.query(WAITING)).rows.length;
  return { waiting, release: async () => client.end() };
}

/** Makes the vendor wait with each create. Returns the functions that let it go on, or give it up. */
function holdVendor(stub: Stub) {
  const held: { act: () => unknown; answer: (response: { status: number }) => void }[] = [];
  stub.play = async (act) => new Promise((answer) => void held.push({ act, answer }));
  return {
    goOn: async (happens: boolean) => {
      for (const { act, answer } of held) answer(happens ? ((await act()) as { status: number }) : { status: 504 });
      stub.play = (act) => act();
    },
  };
}

/**
 * Lets one process send a create and be hit by a signal at a step, and another send the same again.
 * @returns what is wrong: a second connection at the vendor, or an answer that is not true.
 */
export async function survive(
  crash: Crash,
  processes: Processes,
  createDatabase: () => Promise<string>,
): Promise<string[]> {
  const { vendor, step, signal, happens } = crash;
  const stub = await startStub(vendor);
  const url = await createDatabase();
  const other = await startReplica(stub, url);
  await runSql(url, TRIGGER);
  const count = async () => (await list(other)).nodes.filter(({ name }: { name: string }) => name === 'orders').length;
  const lock = await holdLock(url, STEPS[step]);
  onTestFinished(lock.release);
  const held = step === 'sending' ? holdVendor(stub) : null;
  const { child, send } = await startProcess(processes, other, stub, url);
  const first = send().catch(() => null);
  if (step === 'sending') await eventually(() => stub.writes() === 1);
  else if (step === 'recorded') await first;
  else await eventually(async () => (await lock.waiting()) === 1);

  child.kill(signal);
  if (signal === 'SIGKILL') await once(child, 'exit');
  if (STEPS[step] !== null && !happens) {
    await runSql(url, `select pg_terminate_backend(pid) from (${WAITING}) as waiting`);
  }
  await lock.release();
  if (STEPS[step] !== null) await eventually(async () => (await runSql(url, WAITING)).rows.length === 0);
  // The vendor carries out now what it got, or, in half of the cases, only after the other process has looked.
  if (signal === 'SIGKILL') await held?.goOn(happens);
  await runSql(url, GIVE_UP);

  const second = await create(other, vendor, KEY);
  if (signal === 'SIGSTOP') {
    await held?.goOn(happens);
    child.kill('SIGCONT');
  }
  const late = signal === 'SIGSTOP' ? await first : null;
  await runSql(url, GIVE_UP);
  let final = await create(other, vendor, KEY);
  // A process whose store failed stores its late success a second later.
  await eventually(async () => {
    if (late?.__typename === SUCCESS) final = await create(other, vendor, KEY);
    return late?.__typename !== SUCCESS || final.__typename === SUCCESS;
  });

  return liesOf(crash, { made: await count(), writes: stub.writes(), answers: [second, late, final], final });
}

interface Outcome {
  /** How many connections the vendor has. */
  readonly made: number;
  /** How many writes reached it. */
  readonly writes: number;
  readonly answers: readonly ({ readonly __typename: string; readonly connection?: { readonly id: string } } | null)[];
  /** The last answer. */
  readonly final: { readonly __typename: string; readonly connection?: { readonly id: string } };
}

const SUCCESS = 'CreateConnectionSuccess';
const REFUSALS = ['OutcomeUnknownError', 'VendorUnavailableError', 'ConflictError'];

/** Returns what is wrong with an outcome. */
function liesOf(crash: Crash, { made, writes, answers, final }: Outcome): string[] {
  const lies: string[] = [];
  if (made > 1 || writes > 1) lies.push(`the vendor has ${made} connections after ${writes} writes`);
  for (const answer of answers) {
    if (answer === null) continue;
    const { __typename, connection } = answer;
    if (__typename !== SUCCESS && !REFUSALS.includes(__typename)) lies.push(`an answer is ${__typename}`);
    if (__typename !== SUCCESS) continue;
    if (made !== 1) lies.push('a success without a connection');
    if (final.connection?.id !== connection?.id) lies.push('a success that is not repeated');
  }
  // Only a write that may have been sent, and that the vendor does not show, may stay unknown.
  const isSure = made === 1 && (crash.vendor === 'looker' || !isLost(crash));
  const expected = isSure || !maySend(crash) ? SUCCESS : 'OutcomeUnknownError';
  if (final.__typename !== expected) lies.push(`the last answer is ${final.__typename}`);
  return lies;
}

/** Returns whether the process may have sent its write, as far as the database knows. */
const maySend = ({ step, happens, signal }: Crash): boolean =>
  (step === 'claimed' && happens && signal === 'SIGKILL') || step === 'sending' || step === 'answered';

/** Returns whether the answer of the vendor was lost. A process that goes on stores it late. */
const isLost = ({ step, happens, signal }: Crash): boolean =>
  signal === 'SIGKILL' && (step === 'sending' || (step === 'answered' && !happens));
