// The contract of stores, run by the store in memory and by the one in a file. contract.full.ts runs it by the one in PostgreSQL.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryStore } from '../../src/services/idempotency/memory-store.ts';
import { createMemoryOperations } from '../../src/services/operations/memory-operations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { AGE, AGE_OPERATIONS, DAY_MS, keepThirtyDays } from './aging.ts';
import { describeAuditContract, read, record } from './audit-contract.ts';
import { describeStoreContract } from './contract.ts';
import { open, openAt } from './open.ts';
import { describeOperationContract } from './operation-contract.ts';

/** Returns the path of a database file in a folder that is removed after the test. */
function filePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'patchbay.db');
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
    const ids: string[] = [];
    while (ids.length < 10_002) {
      // A record is made right before it is stored. One that is stored more than a second after its mutation ended would keep the time of
      // that end, and a slow machine would change the order.
      const one = record();
      ids.push(one.id);
      await store.audit.append(one);
    }
    const entries = await read(store, { count: 20_000 });
    expect(entries).toHaveLength(10_000);
    expect([entries.at(0)?.id, entries.at(-1)?.id]).toEqual([ids.at(-1), ids.at(2)]);
  });

  it('the times of secrets of the 10,000 connections that were changed last are kept', async () => {
    const { audit } = await openStore(null);
    const ids = Array.from({ length: 10_002 }, (_, at) => `id-${at}`);
    const set = async (connection: string) =>
      audit.append(record({ secretChanges: [{ connection, set: ['config.postgres.password'], isFresh: false }] }));
    for (const id of ids) await set(id);
    await set('id-2');
    await set('id-new');
    const asked = ['id-0', 'id-1', 'id-2', 'id-3', 'id-4', 'id-new'];
    expect((await audit.secretTimes(asked)).map(({ connection }) => connection)).toEqual(['id-2', 'id-4', 'id-new']);
  });
});

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
