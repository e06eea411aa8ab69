// Processes that end, or that are stopped for a while, in the middle of mutations. A batch hits one process with many mutations in
// flight, each at a step of its own. The steps are chosen by locks of the database, for which triggers wait, and by the vendors' stubs:
// nothing waits for a time.
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { startSandbox } from '../../src/sandbox/index.ts';
import { waitFor, type Run as Process, type useProcesses } from '../process/run.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { runSql, type PostgresServer } from '../support/postgres.ts';
import {
  bodyOf,
  createInput,
  hasTargets,
  heldWrite,
  CREATE,
  isFanOut,
  isReleased,
  KINDS,
  liesOf,
  liesOfStates,
  type Answer,
  type CrashRun,
  type Hit,
  type Kind,
  type Round,
  type Step,
} from './crash-runs.ts';
import { startCrashVendors } from './crash-vendors.ts';
import { AUDIT_KEY, eventually } from './replicas.ts';

/** The locks for which the statement of a step waits. */
const LOCKS = { claim: 1, mark: 2, answer: 3, start: 4, settle: 5, finish: 6, undo: 7 } as const;
type Lock = keyof typeof LOCKS;

const TRIGGERS = `
create table crash_position (position integer);
insert into crash_position values (0);
create function wait_at_key() returns trigger language plpgsql as $$ begin
  if tg_op = 'INSERT' then perform pg_advisory_xact_lock_shared(${LOCKS.claim});
  elsif new.state = 'SENDING' and old.state = 'CLAIMED' then perform pg_advisory_xact_lock_shared(${LOCKS.mark});
  elsif new.state = 'DONE' and old.state <> 'DONE' then perform pg_advisory_xact_lock_shared(${LOCKS.answer});
  end if;
  return new;
end $$;
create trigger wait_at_step before insert or update on patchbay_keys for each row execute function wait_at_key();
create function wait_at_target() returns trigger language plpgsql as $$ begin
  if new.state = 'UNDONE' then perform pg_advisory_xact_lock_shared(${LOCKS.undo});
  elsif new.position <> (select position from crash_position) then return new;
  elsif new.state = 'SENDING' then perform pg_advisory_xact_lock_shared(${LOCKS.start});
  elsif new.state = 'DONE' then perform pg_advisory_xact_lock_shared(${LOCKS.settle});
  end if;
  return new;
end $$;
create trigger wait_at_step before update on patchbay_targets for each row execute function wait_at_target();
create function wait_at_operation() returns trigger language plpgsql as $$ begin
  if new.finished_at is not null and old.finished_at is null then
    perform pg_advisory_xact_lock_shared(${LOCKS.finish});
  end if;
  return new;
end $$;
create trigger wait_at_step before update on patchbay_operations for each row execute function wait_at_operation();`;

const WAITING = "select pid from pg_stat_activity where wait_event = 'advisory' and datname = current_database()";
const GIVE_UP = `update patchbay_keys set lease_until = 0 where state <> 'DONE';
  update patchbay_operations set lease_until = 0 where finished_at is null;`;

/** Mutations that wait for the same lock. */
interface Group {
  readonly lock: Lock;
  readonly step: Step;
  readonly kinds: readonly Kind[];
}

type CrashVendors = Awaited<ReturnType<typeof startCrashVendors>>;

const LIMITS = { perMinute: { requests: 1_000_000, rotations: 10_000 } };
/** How long an answer may take to become true, in milliseconds: a store that failed is asked again after a second. */
const SETTLE_MS = 15_000;

/** What is in flight when a process is hit. */
export interface Plan {
  /** Whether the mutations have idempotency keys. Default: true. */
  readonly isKeyed?: boolean;
  readonly sending: readonly Kind[];
  readonly recorded: readonly Kind[];
  /** In their order: the lock of a later group is taken when the groups before it wait. */
  readonly groups: readonly Group[];
}

const SINGLE = KINDS.filter((kind) => !hasTargets(kind));
const MANY: readonly Kind[] = ['KEEP', 'COMPENSATE', 'rotation'];
const WITHOUT_UNDO = [...SINGLE, ...MANY];

/** The plan of fan-outs that have no key, so that only another process can end them. */
export const UNKEYED: Plan = {
  isKeyed: false,
  sending: ['COMPENSATE', 'undo'],
  recorded: [],
  groups: [
    { lock: 'undo', step: 'answered', kinds: ['undo'] },
    { lock: 'settle', step: 'answered', kinds: ['COMPENSATE'] },
    { lock: 'start', step: 'claimed', kinds: ['COMPENSATE'] },
  ],
};

/** The plans that together hit each mutation at each step. */
export const PLANS: readonly Plan[] = [
  {
    sending: KINDS,
    recorded: WITHOUT_UNDO,
    groups: [{ lock: 'claim', step: 'before the claim', kinds: WITHOUT_UNDO }],
  },
  {
    sending: [],
    recorded: [],
    groups: [
      { lock: 'start', step: 'claimed', kinds: MANY },
      { lock: 'mark', step: 'claimed', kinds: SINGLE },
    ],
  },
  {
    sending: [],
    recorded: [],
    groups: [
      { lock: 'undo', step: 'answered', kinds: ['undo'] },
      { lock: 'settle', step: 'answered', kinds: MANY },
      { lock: 'answer', step: 'answered', kinds: SINGLE },
    ],
  },
  {
    sending: [],
    recorded: [],
    groups: [
      { lock: 'finish', step: 'ended', kinds: [...MANY, 'undo'] },
      { lock: 'answer', step: 'told', kinds: MANY },
    ],
  },
];

/** The most mutations of a plan. */
const PAIRS = Math.max(
  ...PLANS.map(({ sending, recorded, groups }) => {
    const waiting = groups.reduce((count, { kinds }) => count + kinds.length, 0);
    return sending.length + recorded.length + waiting;
  }),
);

/** A process of the gateway. */
interface Replica {
  readonly process: Process;
  readonly send: (body: object) => Promise<Answer>;
}

type Processes = ReturnType<typeof useProcesses>;

async function startReplica(processes: Processes, config: string): Promise<Replica> {
  const process = processes.start(['start', '--config', config]);
  const [, address = ''] = await waitFor(process, /ready at (\S+)/);
  return { process, send: async (body) => post(address, body) };
}

async function holdLock(url: string, lock: Lock): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [LOCKS[lock]]);
  return client;
}

async function post(address: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
  const { data, errors } = (await response.json()) as { data?: { result: Answer } | null; errors?: unknown };
  if (!data?.result) throw new Error(`No result: ${JSON.stringify(errors)}`);
  return data.result;
}

const NO_HIT: Hit = { signal: 'SIGSTOP', happens: true };

/** What a process is hit with. */
interface Batch {
  readonly plan: Plan;
  readonly hit: Hit;
  readonly round: Round;
  readonly victim: Replica;
}

/** Returns what is wrong, when that does not change. A process that goes on may store its late success a moment later. */
async function untilRight(look: () => Promise<string[]>): Promise<string[]> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const lies = await look();
    if (lies.length === 0 || performance.now() > deadline) return lies;
    await setTimeout(200);
  }
}

/** A mutation that is in flight, with the answer of the process that is hit: null when it never comes. */
interface Flying {
  readonly run: CrashRun;
  readonly first: Promise<Answer | null>;
}

/** Three processes with one database: one that is hit, a second one, and the process of the tests. */
export class CrashStage {
  readonly #processes: Processes;
  readonly #vendors: CrashVendors;
  readonly #own: TestGateway;
  readonly #url: string;
  readonly #config: string;
  readonly #second: Replica;
  #victim: Promise<Replica> | null = null;
  #count = 0;
  /** How many mutations were hit. */
  hits = 0;

  private constructor(
    processes: Processes,
    {
      vendors,
      own,
      url,
      config,
      second,
    }: { vendors: CrashVendors; own: TestGateway; url: string; config: string; second: Replica },
  ) {
    this.#processes = processes;
    this.#vendors = vendors;
    this.#own = own;
    this.#url = url;
    this.#config = config;
    this.#second = second;
  }

  static async start(server: PostgresServer, processes: Processes): Promise<CrashStage> {
    const url = await server.createDatabase();
    const sandbox = await startSandbox(0);
    const vendors = await startCrashVendors(PAIRS, sandbox.instances);
    await sandbox.close();
    const settings = { store: { url }, audit: { key: AUDIT_KEY }, limits: LIMITS };
    const own = await startTestGateway({ ...settings, instances: () => vendors.instances });
    await runSql(url, TRIGGERS);
    const config = { server: { port: 0, checkAtStart: false }, ...settings, instances: vendors.instances };
    const path = await processes.file('crash.json', JSON.stringify(config));
    const second = await startReplica(processes, path);
    return new CrashStage(processes, { vendors, own, url, config: path, second });
  }

  async close(): Promise<void> {
    await this.#own.close();
    await this.#vendors.close();
  }

  /** Returns the process that is hit next. */
  async #nextVictim(): Promise<Replica> {
    return (this.#victim ??= startReplica(this.#processes, this.#config));
  }

  async #send(body: object): Promise<Answer> {
    const { query, variables } = body as { query: string; variables: Record<string, unknown> };
    const { data, text } = await this.#own.ask(query, variables);
    if (!data) throw new Error([text, ...this.#own.log].join('\n'));
    return data.result as Answer;
  }

  /** Prepares a mutation: its vendors, and the connections that exist before. */
  async #prepare(kind: Kind, step: Step, { hit, round, plan }: Batch): Promise<CrashRun> {
    this.#count += 1;
    const name = `crash_${this.#count}`;
    const { looker, chartbrew } = this.#vendors.vendors[this.#count % PAIRS] as CrashVendors['vendors'][number];
    const both = round.first === 'looker' ? [looker, chartbrew] : [chartbrew, looker];
    const targets = hasTargets(kind) ? both : both.slice(0, 1);
    for (const vendor of targets) vendor.begin();
    const ids: string[] = [];
    for (const vendor of kind === 'create' || isFanOut(kind) ? [] : targets) {
      const { connection } = await this.#send({ query: CREATE, variables: { input: createInput(name, vendor) } });
      ids.push(connection?.id ?? '');
    }
    for (const vendor of targets) vendor.begin();
    const position = hasTargets(kind) ? round.position : 0;
    const run = { kind, step, name, isKeyed: plan.isKeyed ?? true, targets, ids, ...hit, ...round, position };
    const held = heldWrite(run);
    if (step === 'sending') held.vendor.holds = held.write;
    if (kind === 'undo' && targets[1]) targets[1].refusesCreates = true;
    return run;
  }

  /** Prepares mutations and sends them to the process that is hit. @param ready runs between the two. */
  async #fly(kinds: readonly Kind[], step: Step, batch: Batch, ready = async () => {}): Promise<Flying[]> {
    const runs = await Promise.all(kinds.map(async (kind) => this.#prepare(kind, step, batch)));
    await ready();
    return runs.map((run) => ({ run, first: batch.victim.send(bodyOf(run)).catch(() => null) }));
  }

  /** Sends the mutations of a plan, until each waits at its step. */
  async #launch(batch: Batch): Promise<{ readonly flying: readonly Flying[]; readonly locks: readonly Client[] }> {
    const { sending, recorded, groups } = batch.plan;
    const told = await this.#fly(recorded, 'recorded', batch);
    await Promise.all(told.map(async ({ first }) => first));
    const sent = await this.#fly(sending, 'sending', batch);
    await eventually(() => sent.every(({ run }) => heldWrite(run).vendor.waiting === 1));
    const flying = [...told, ...sent];
    const locks: Client[] = [];
    let waiting = 0;
    for (const { lock, step, kinds } of groups) {
      const group = await this.#fly(kinds, step, batch, async () => void locks.push(await holdLock(this.#url, lock)));
      flying.push(...group);
      waiting += group.length;
      await eventually(async () => (await this.#waiting()) === waiting);
    }
    return { flying, locks };
  }

  async #waiting(): Promise<number> {
    return (await runSql(this.#url, WAITING)).rows.length;
  }

  /** Sends a mutation again to the other processes, until one of them has an answer. */
  async #repeat({ run }: Flying, at: number): Promise<Answer> {
    for (let attempt = at; ; attempt += 1) {
      const body = bodyOf(run);
      const answer = attempt % 2 === 0 ? await this.#send(body) : await this.#second.send(body);
      if (answer.conflict !== 'IN_PROGRESS') return answer;
      await setTimeout(50);
    }
  }

  /** Hits the process, and lets what it waits for happen, or not. */
  async #strike({ victim, hit }: Batch, flying: readonly Flying[], locks: readonly Client[]): Promise<void> {
    const { child } = victim.process;
    child.kill(hit.signal);
    // The writes of the other processes get an answer.
    for (const { run } of flying) heldWrite(run).vendor.holds = null;
    if (hit.signal === 'SIGKILL') {
      await once(child, 'exit');
      // Starts while the others work.
      this.#victim = startReplica(this.#processes, this.#config);
      // The tests may end before it is ready.
      this.#victim.catch(() => {});
    }
    if (!hit.happens) await runSql(this.#url, `select pg_terminate_backend(pid) from (${WAITING}) as waiting`);
    for (const lock of locks) await lock.end();
    await eventually(async () => (await this.#waiting()) === 0);
    if (hit.signal === 'SIGKILL') await this.#goOn(hit, flying);
    await runSql(this.#url, GIVE_UP);
  }

  /** Lets the vendors carry out what they got from the process that was hit, or not. */
  async #goOn({ happens }: Hit, flying: readonly Flying[]): Promise<void> {
    await Promise.all(flying.map(async ({ run }) => heldWrite(run).vendor.goOn(happens)));
  }

  /**
   * Hits a process with the mutations of a plan in flight, and lets other processes answer the same requests. Mutations without keys are
   * not sent again.
   * @returns what is wrong.
   */
  async hit(plan: Plan, hit: Hit, round: Round): Promise<readonly string[]> {
    await runSql(this.#url, `update crash_position set position = ${round.position}`);
    const batch = { plan, hit, round, victim: await this.#nextVictim() };
    const { flying, locks } = await this.#launch(batch);
    await this.#strike(batch, flying, locks);
    const again = plan.isKeyed === false ? [] : flying;
    const seconds = await Promise.all(again.map(async (one, at) => this.#repeat(one, at)));
    if (hit.signal === 'SIGSTOP') {
      await this.#goOn(hit, flying);
      batch.victim.process.child.kill('SIGCONT');
    }
    const firsts = await Promise.all(flying.map(async ({ first }) => first));
    await runSql(this.#url, GIVE_UP);
    const lies = await Promise.all(
      flying.map(async (one, at) => {
        const answers = [firsts[at] ?? null, seconds[at] ?? null].filter((answer) => answer !== null);
        return untilRight(async () => (one.run.isKeyed ? this.#lies(one, answers) : this.#liesOfStates(one)));
      }),
    );
    this.hits += flying.length;
    return lies.flat();
  }

  /** Returns what is wrong with a mutation. @param answers the answers so far; the last one is that of another process. */
  async #lies(one: Flying, answers: readonly Answer[]): Promise<string[]> {
    const last = answers.at(-1) as Answer;
    const final = isReleased(last) ? last : await this.#repeat(one, 0);
    return liesOf(one.run, [...answers, final], final);
  }

  /** Returns what is wrong with what the store knows of a fan-out without a key. */
  async #liesOfStates({ run }: Flying): Promise<string[]> {
    const keys = run.targets.map(({ key }) => key);
    const newest = `select operation from patchbay_targets join patchbay_operations on id = operation
      where key is null and instance = $1 order by started_at desc limit 1`;
    const { rows } = await runSql(
      this.#url,
      `select state, finished_at from patchbay_targets join patchbay_operations on id = operation
        where operation = (${newest}) order by position`,
      keys.slice(0, 1),
    );
    const isFinished = rows.every(({ finished_at }) => finished_at !== null);
    const lies = liesOfStates(
      run,
      rows.map(({ state }) => String(state)),
    );
    return isFinished ? lies : [`${run.name} is not finished`, ...lies];
  }

  /** Lets many processes send one create at the same time. @returns how many writes the vendor got, and the answers. */
  async race(processes: number): Promise<{ readonly writes: number; readonly answers: readonly Answer[] }> {
    const started = Array.from({ length: processes }, async () => startReplica(this.#processes, this.#config));
    const replicas = await Promise.all(started);
    const batch = { plan: UNKEYED, hit: NO_HIT, round: { position: 0, first: 'chartbrew' } } as const;
    const prepared = await this.#prepare('create', 'recorded', { ...batch, victim: this.#second });
    const run = { ...prepared, isKeyed: true };
    const answers = await Promise.all(replicas.map(async ({ send }) => send(bodyOf(run))));
    for (const { process } of replicas) process.child.kill('SIGKILL');
    return { writes: run.targets[0]?.arrived.create ?? 0, answers };
  }
}
