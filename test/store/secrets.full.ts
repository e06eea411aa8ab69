// A store in PostgreSQL holds no secret, no idempotency key and no setting: not in its tables or its statements. Only the audit and the
// origins of fan-outs with COMPENSATE name callers.
import { describe, expect, it } from 'vitest';
import { findCanary } from '../secrets/canary.ts';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { AUDIT_TABLES, fillStore, OPERATION_TABLES, rowsOf, withoutOrigins } from './fill-store.ts';

describe.skipIf(skipsPostgres)('The store in PostgreSQL', () => {
  const server = usePostgres();

  it('the tables and the statements with their values have no canary', async () => {
    const url = await server.createDatabase();
    const { canaries, caller } = await fillStore(url);
    const tables: Record<string, readonly unknown[]> = {};
    const names = await runSql(url, "select tablename from pg_tables where schemaname = 'public' order by tablename");
    for (const { tablename } of names.rows as { readonly tablename: string }[]) {
      tables[tablename] = (await runSql(url, `select * from ${tablename}`)).rows;
    }
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining([
        ...AUDIT_TABLES,
        ...OPERATION_TABLES,
        'patchbay_keys',
        'patchbay_limits',
        'patchbay_migrations',
      ]),
    );
    for (const table of [...AUDIT_TABLES, ...OPERATION_TABLES]) expect(tables[table]?.length).toBeGreaterThan(0);
    expect(findCanary(rowsOf(tables).replaceAll(caller, ''), canaries)).toBeUndefined();
    const { patchbay_keys = [], patchbay_limits = [], patchbay_operations = [], patchbay_targets = [] } = tables;
    expect([patchbay_keys.length, patchbay_limits.length > 0]).toEqual([5, true]);
    const operations = withoutOrigins(patchbay_operations);
    expect(rowsOf({ patchbay_keys, patchbay_limits, operations, patchbay_targets })).not.toContain(caller);
    expect(rowsOf({ patchbay_operations })).toContain(caller);
    expect(server.statements()).toContain('OutcomeUnknownError');
    expect(findCanary(server.statements().replaceAll(caller, ''), canaries)).toBeUndefined();
    // The control: a value of a statement is found.
    await runSql(url, 'select $1::text', [`of ${canaries[0]?.core}`]);
    expect(findCanary(server.statements().replaceAll(caller, ''), canaries)).toBe(canaries[0]);
  });
});
