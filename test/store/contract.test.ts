// The contract of stores, run by the store in memory, by the one in a file and by the one in PostgreSQL.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '../../src/services/idempotency/memory-store.ts';
import { createMemoryOperations } from '../../src/services/operations/memory-operations.ts';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeAuditContract, read, record } from './audit-contract.ts';
import { describeStoreContract } from './contract.ts';
import { openAt } from './open.ts';
import { describeOperationContract } from './operation-contract.ts';

const DAY_MS = 86_400_000;
const AGE = `update patchbay_keys set lease_until = lease_until - ${DAY_MS}, expires_at = expires_at - ${DAY_MS}`;
const AGE_OPERATIONS = [
  `update patchbay_operations set lease_until = lease_until - ${DAY_MS}, started_at = started_at - ${DAY_MS}`,
  `update patchbay_targets set changed_at = changed_at - ${DAY_MS}`,
];

/** Returns the path of a database file in a folder that is removed after the test. */
function filePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'patchbay.db');
}

async function open(url: string) {
  const store = await openAt(url);
  onTestFinished(() => store.close());
  return store;
}

describe('The store in memory', () => {
  describeStoreContract(async () => {
    let time = Date.now();
    const keys = createMemoryStore(() => time);
    return {
      keys,
      passDay: async () => {
        time += DAY_MS;
      },
    };
  });

  describeOperationContract(async () => {
    let time = Date.now();
    const operations = createMemoryOperations(() => time);
    return {
      operations,
      writeCounts: null,
      passDay: async () => {
        time += DAY_MS;
      },
    };
  });
});

describe('The audit in memory', () => {
  describeAuditContract(async () => openStore(null));

  it('the newest 10,000 entries are kept', async () => {
    const store = await openStore(null);
    const records = Array.from({ length: 10_002 }, () => record());
    for (const one of records) await store.audit.append(one);
    const entries = await read(store, { count: 20_000 });
    expect(entries).toHaveLength(10_000);
    expect([entries.at(0)?.id, entries.at(-1)?.id]).toEqual([records.at(-1)?.id, records.at(2)?.id]);
  });
});

/** Statements that make 2,500 entries of each one. */
const MULTIPLY = [
  `with recursive s(n) as (select 1 union all select n + 1 from s where n < 2500)
    insert into patchbay_audit select id || n, at - n, caller, mutation, outcome, entry from patchbay_audit cross join s`,
  `with recursive s(n) as (select 1 union all select n + 1 from s where n < 2500)
    insert into patchbay_audit_terms select term, at - n, id || n from patchbay_audit_terms cross join s`,
];

/**
 * Stores many old entries and a newer one, and opens the store again. @param execute runs a statement in the database.
 * @returns the ids of the entries that are kept, and the newer one.
 */
async function keepThirtyDays(url: string, execute: (statement: string) => Promise<unknown>) {
  const store = await openAt(url);
  const secretChanges = [{ connection: 'id-1', set: ['config.postgres.password'], isFresh: true }];
  await store.audit.append(record({ endedAt: performance.now() - 31 * DAY_MS, secretChanges }));
  for (const statement of MULTIPLY) await execute(statement);
  const young = record({ endedAt: performance.now() - 29 * DAY_MS });
  await store.audit.append(young);
  expect(await read(store, { count: 5000 })).toHaveLength(2502);
  await store.close();
  const again = await openAt(url, { keptMs: () => 30 * DAY_MS });
  onTestFinished(() => again.close());
  const kept = (await read(again, { count: 5000 })).map(({ id }) => id);
  expect(await again.audit.secretTimes(['id-1'])).toHaveLength(1);
  return { kept, young: young.id };
}

describe('The audit in a file', () => {
  describeAuditContract(async () => open(`file:${filePath()}`));

  it('the entries of the last days are kept, and all times of secrets', async () => {
    const path = filePath();
    await (await openAt(`file:${path}`)).close();
    const file = new Database(path);
    onTestFinished(() => void file.close());
    const { kept, young } = await keepThirtyDays(`file:${path}`, async (statement) => file.exec(statement));
    expect(kept).toEqual([young]);
    expect(file.prepare('select distinct id from patchbay_audit_terms').all()).toEqual([{ id: young }]);
  });

  it('the entries of a file are there after a restart', async () => {
    const url = `file:${filePath()}`;
    const first = await openAt(url);
    await first.audit.append(record({ requestId: 'before' }));
    await first.close();
    expect(await read(await open(url))).toMatchObject([{ requestId: 'before' }]);
  });
});

describe('The store in a file', () => {
  describeStoreContract(async () => {
    const path = filePath();
    const { keys } = await open(`file:${path}`);
    return {
      keys,
      passDay: async () => {
        const file = new Database(path);
        file.exec(AGE);
        file.close();
      },
    };
  });

  describeOperationContract(async () => {
    const path = filePath();
    const { operations, writeCounts } = await open(`file:${path}`);
    return {
      operations,
      writeCounts,
      passDay: async () => {
        const file = new Database(path);
        for (const statement of AGE_OPERATIONS) file.exec(statement);
        file.close();
        await open(`file:${path}`);
      },
    };
  });

  it('the file keeps its keys, and only its owner may read it', async () => {
    const path = filePath();
    const first = await openAt(`file:${path}`);
    await first.keys.begin('k', 'input', { attempt: 'a', leaseMs: 60_000 });
    await first.keys.finish('k', { id: 'x' }, { attempt: 'a', isKnown: true });
    await first.close();
    const { keys } = await open(`file:${path}`);
    const again = await keys.begin('k', 'input', { attempt: 'b', leaseMs: 60_000 });
    expect(again).toEqual({ state: 'DONE', answer: { id: 'x' } });
    expect(statSync(path).mode % 0o1000).toBe(0o600);
  });

  it('the keys whose day is over are removed at the next start', async () => {
    const path = filePath();
    const first = await openAt(`file:${path}`);
    await first.keys.begin('k', 'input', { attempt: 'a', leaseMs: 60_000 });
    await first.close();
    const database = new Database(path);
    onTestFinished(() => void database.close());
    const count = () => database.prepare('select key from patchbay_keys').all().length;
    await open(`file:${path}`);
    expect(count()).toBe(1);
    database.exec(AGE);
    await open(`file:${path}`);
    expect(count()).toBe(0);
  });

  it('two processes may use the file at the same time', async () => {
    const path = filePath();
    const [one, other] = [await open(`file:${path}`), await open(`file:${path}`)];
    const lease = { attempt: 'a', leaseMs: 60_000 };
    expect(await one.keys.begin('k', 'input', lease)).toEqual({ state: 'NEW' });
    expect(await other.keys.begin('k', 'input', { ...lease, attempt: 'b' })).toEqual({ state: 'IN_PROGRESS' });
  });

  it('a path that cannot be opened is refused without naming it', async () => {
    const opening = openAt('file:/proc/no-such-folder/secret-name.db');
    await expect(opening).rejects.toThrow('the file cannot be opened as a database (ENOENT)');
  });
});

describe.skipIf(skipsPostgres)('The store in PostgreSQL', () => {
  const server = usePostgres();

  describeStoreContract(async () => {
    const url = await server.createDatabase();
    const { keys } = await open(url);
    return { keys, passDay: async () => void (await runSql(url, AGE)) };
  });

  describeOperationContract(async () => {
    const url = await server.createDatabase();
    const { operations, writeCounts } = await open(url);
    return {
      operations,
      writeCounts,
      passDay: async () => {
        for (const statement of AGE_OPERATIONS) await runSql(url, statement);
        await open(url);
      },
    };
  });

  describeAuditContract(async () => open(await server.createDatabase()));

  it('the entries of the last days are kept, and all times of secrets', async () => {
    const url = await server.createDatabase();
    const { kept, young } = await keepThirtyDays(url, async (statement) => runSql(url, statement));
    expect(kept).toEqual([young]);
    const { rows } = await runSql(url, 'select distinct id from patchbay_audit_terms');
    expect(rows).toEqual([{ id: young }]);
  });

  it('a create with a key makes three statements, of which the last one also stores the audit entry', async () => {
    const url = await server.createDatabase();
    const store = await open(url);
    const made = await server.statementsOf(async () => {
      await store.keys.begin('k', 'input', { attempt: 'a', leaseMs: 60_000 });
      await store.keys.markSending('k', 'a');
      const secretChanges = [{ connection: 'id-1', set: ['config.postgres.password'], isFresh: true }];
      await store.keys.finish('k', { id: 'id-1' }, { attempt: 'a', isKnown: true }, record({ secretChanges }));
    });
    expect(made.map((text) => text.split(' ', 2).join(' '))).toEqual([
      'insert into',
      'update "patchbay_keys"',
      'with "changed"',
    ]);
    expect(await read(store, { connection: 'id-1' })).toHaveLength(1);
    expect(await store.audit.secretTimes(['id-1'])).toHaveLength(1);
  });

  it('replicas that start together migrate once', async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, async () => open(url)));
    await Promise.all(stores.map(async ({ keys }) => keys.check()));
    const { rows } = await runSql(url, 'select name from patchbay_migrations order by name');
    expect(rows).toEqual(['1-keys', '2-limits', '3-audit', '4-operations', '5-writes'].map((name) => ({ name })));
  });

  it('a version works with the tables of a later one', async () => {
    const url = await server.createDatabase();
    await (await openAt(url)).close();
    await runSql(url, "insert into patchbay_migrations values ('9-later')");
    const { keys } = await open(url);
    expect(await keys.begin('k', 'input', { attempt: 'a', leaseMs: 60_000 })).toEqual({ state: 'NEW' });
  });

  it('a database that cannot be reached is refused without naming its address', async () => {
    const opening = openAt('postgres://user:pw-secret-1@127.0.0.1:1/patchbay');
    await expect(opening).rejects.toThrow('the database cannot be used (ECONNREFUSED)');
  });
});
