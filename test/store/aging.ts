// What lets time pass in the tables of a store.
import { expect, onTestFinished } from 'vitest';
import { read, record } from './audit-contract.ts';
import { openAt } from './open.ts';

/** A day in milliseconds. */
export const DAY_MS = 86_400_000;
/** Lets a day pass for all idempotency keys. */
export const AGE = `update patchbay_keys set lease_until = lease_until - ${DAY_MS}, expires_at = expires_at - ${DAY_MS}`;
/** Let a day pass for all operations. */
export const AGE_OPERATIONS = [
  `update patchbay_operations set lease_until = lease_until - ${DAY_MS}, started_at = started_at - ${DAY_MS}`,
  `update patchbay_targets set changed_at = changed_at - ${DAY_MS}`,
];

/** Statements that add 2,500 copies of each stored entry. */
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
export async function keepThirtyDays(url: string, execute: (statement: string) => Promise<unknown>) {
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
