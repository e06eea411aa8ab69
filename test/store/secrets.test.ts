// A store in a file holds no secret, no idempotency key and no setting: not in its tables, its files or its write-ahead log. Only the audit
// and the origins of fan-outs with COMPENSATE name callers. secrets.full.ts has the same for PostgreSQL.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findCanary } from '../secrets/canary.ts';
import { AUDIT_TABLES, fillStore, OPERATION_TABLES, rowsOf, withoutOrigins } from './fill-store.ts';

describe('The store in a file', () => {
  it('the tables, the file and its write-ahead log have no canary', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'patchbay.db');
    const { canaries, caller } = await fillStore(`file:${path}`);
    const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(readdirSync(folder)).toContain('patchbay.db-wal');
    expect(files().join('\n')).toContain('OutcomeUnknownError');
    expect(files().map((text) => findCanary(text.replaceAll(caller, ''), canaries))).toEqual(
      files().map(() => undefined),
    );
    const database = new Database(path);
    const all = (table: string) => database.prepare(`select * from ${table}`).all();
    const keys = rowsOf({ keys: all('patchbay_keys') });
    expect(JSON.parse(keys).keys).toHaveLength(5);
    expect(findCanary(keys, canaries)).toBeUndefined();
    expect(keys).not.toContain(caller);
    const audit = rowsOf(Object.fromEntries(AUDIT_TABLES.map((table) => [table, all(table)])));
    expect(JSON.parse(audit).patchbay_audit).toHaveLength(7);
    const operations = rowsOf(Object.fromEntries(OPERATION_TABLES.map((table) => [table, all(table)])));
    expect(JSON.parse(operations)).toMatchObject({ patchbay_operations: [{}, {}], patchbay_targets: [{}, {}] });
    expect(
      rowsOf({ operations: withoutOrigins(all('patchbay_operations')), targets: all('patchbay_targets') }),
    ).not.toContain(caller);
    expect(operations).toContain(caller);
    expect(findCanary(operations.replaceAll(caller, ''), canaries)).toBeUndefined();
    expect(audit).toContain(caller);
    expect(findCanary(audit.replaceAll(caller, ''), canaries)).toBeUndefined();
    // The control: a canary in a row is found in the write-ahead log.
    database.prepare("update patchbay_keys set answer = 'of ' || ?").run(canaries[0]?.core);
    expect(findCanary(files().join('\n').replaceAll(caller, ''), canaries)).toBe(canaries[0]);
    database.close();
  });
});
