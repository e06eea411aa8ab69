// Reads a large audit page by page, and compares the time of the last pages with that of the first ones. It fills an empty store.
//   npx tsx bench/audit-pages.ts                                      in an SQLite file of its own
//   npx tsx bench/audit-pages.ts --store postgres://127.0.0.1/empty   in PostgreSQL
// It fails when all thousands take on average more than 1.5 times as long as the first one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'libsql';
import { Client } from 'pg';
import { createCredential } from '../src/config/references.ts';
import type { AuditFilter, AuditPosition, AuditStore } from '../src/services/audit/audit-store.ts';
import { openStore } from '../src/store/open-store.ts';

const { values: flags } = parseArgs({
  options: {
    store: { type: 'string' },
    rows: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'patchbay-audit-'));
const url = flags.store ?? `file:${join(folder, 'audit.db')}`;
const rows = Number(flags.rows);

const PAGE = 100;
const PART = 1000;
const MOST = 1.5;
const runCount = Number(flags.runs);

/** Every entry names one of ten instances and one of a hundred connections, and has one of a hundred secrets. */
const ENTRY = `'{"requestId":"r","address":"192.0.2.7","instances":["omni-' || (n % 10) || '"],"connections":["c' || (n % 100) ||
  '"],"isReplay":false,"durationMs":12,"secrets":["input.config.postgres.password"]}'`;

/** Returns the statements that fill the store. @param numbers a table of the numbers from 1 on, as `n`. @param id the id of `n`. */
const fillingOf = (numbers: string, id: string): string[] => {
  const at = `${Date.now() - rows * PART} + n * ${PART}`;
  const term = `case k when 1 then 'instance:omni-' || (n % 10) when 2 then 'connection:c' || (n % 100) else 'secret:t' || (n % 100) end`;
  const kinds = '(select 1 as k union all select 2 union all select 3) as kinds';
  return [
    `insert into patchbay_audit select ${id}, ${at}, 'caller-' || (n % 20), 'updateConnection',
      case n % 50 when 0 then 'ValidationError' else 'UpdateConnectionSuccess' end, ${ENTRY} from ${numbers}`,
    // In the order in which a gateway inserts them.
    `insert into patchbay_audit_terms select ${term}, ${at}, ${id} from ${numbers} cross join ${kinds} order by n`,
  ];
};

async function fill(): Promise<void> {
  if (url.startsWith('file:')) {
    const file = new Database(url.slice('file:'.length));
    const numbers = `(with recursive s(n) as (select 1 union all select n + 1 from s where n < ${rows}) select n from s) as numbers`;
    for (const statement of fillingOf(numbers, "printf('%032x', n)")) file.exec(statement);
    file.exec('analyze');
    file.close();
    return;
  }
  const client = new Client(url);
  await client.connect();
  const numbers = `(select n from generate_series(1, ${rows}) n) as numbers`;
  for (const statement of fillingOf(numbers, "lpad(to_hex(n), 32, '0')")) await client.query(statement);
  await client.query('analyze');
  await client.end();
}

interface Part {
  readonly ms: number;
  readonly last: AuditPosition;
}

type Selection = readonly [filter: AuditFilter, visible: readonly string[] | null];

/** Reads a thousand entries. Returns null when there are fewer. */
async function readPart(
  audit: AuditStore,
  [filter, visible]: Selection,
  from: AuditPosition | null,
): Promise<Part | null> {
  const began = performance.now();
  let after = from;
  for (let count = 0; count < PART; count += PAGE) {
    const [page = []] = await audit.read([{ filter, visible, count: PAGE + 1, after }]);
    after = page[PAGE - 1] ?? null;
    if (!after) return null;
  }
  return after && { ms: performance.now() - began, last: after };
}

interface Compared {
  /** How many times as long as the first thousand this one took, in the fastest of some runs that alternate. */
  readonly ratio: number;
  readonly firstMs: number;
  readonly last: AuditPosition;
}

async function compare(audit: AuditStore, selection: Selection, from: AuditPosition | null): Promise<Compared | null> {
  let [firstMs, ms] = [Infinity, Infinity];
  for (let run = 0; ; run += 1) {
    const first = await readPart(audit, selection, null);
    const part = await readPart(audit, selection, from);
    if (!first || !part) return null;
    [firstMs, ms] = [Math.min(firstMs, first.ms), Math.min(ms, part.ms)];
    if (run === runCount) return { ratio: ms / firstMs, firstMs, last: part.last };
  }
}

/** Compares all thousands of a selection with its first one. */
async function compareAll(audit: AuditStore, selection: Selection): Promise<Compared[]> {
  const found: Compared[] = [];
  for (let part = await compare(audit, selection, null); part; part = await compare(audit, selection, part.last)) {
    found.push(part);
  }
  return found;
}

const SELECTIONS: Readonly<Record<string, Selection>> = {
  'all entries': [{}, null],
  'one instance': [{ instance: 'omni-3' }, null],
  'one caller': [{ caller: 'caller-3' }, null],
  'one outcome': [{ outcomes: ['ValidationError'] }, null],
  'a secret and a mutation': [{ tag: 't3', mutations: ['updateConnection'] }, null],
  'a caller with a pattern': [{}, ['omni-*']],
};

await (await openStore({ url: createCredential(url, {}), password: undefined })).close();
await fill();
const store = await openStore({ url: createCredential(url, {}), password: undefined });
for (const [name, selection] of Object.entries(SELECTIONS)) {
  const parts = await compareAll(store.audit, selection);
  const mean = parts.reduce((sum, { ratio }) => sum + ratio, 0) / parts.length;
  const slowest = Math.max(...parts.map(({ ratio }) => ratio));
  const numbers = `${parts.length * PART} entries, the first thousand ${parts[0]?.firstMs.toFixed(1)} ms`;
  process.stdout.write(`${name}: ${numbers}; others ${mean.toFixed(2)} times that, at most ${slowest.toFixed(2)}\n`);
  if (mean > MOST) process.exitCode = 1;
}
await store.close();
rmSync(folder, { recursive: true });
