// The audit of replicas with one PostgreSQL: what it costs, and what happens while the database does not answer.
import { describe, expect, it } from 'vitest';
import { AUDIT, brief, linesOf, mutate, orders, readAudit, refusalsOf } from '../audit/audit.ts';
import { skipsPostgres, usePostgres } from '../support/postgres.ts';
import { create, eventually, startReplica, startStub } from './replicas.ts';

interface Row {
  readonly name: string;
  readonly history: { readonly nodes: readonly Readonly<Record<string, unknown>>[] };
  readonly secrets: readonly { readonly lastRotatedAt: string | null }[];
}

const KEY = { idempotencyKey: 'key-1' };
const CREATED = 'createConnection CreateConnectionSuccess chartbrew';

/** What replicas ask from time to time: which lists others changed, and which fan-outs have lost their process. */
const IN_BACKGROUND = /^select (?:\* from "patchbay_writes"|"id" from "patchbay_operations")/;

const list = (selection: string) => `{ connections(first: 200) { nodes { name ${selection} } } }`;

describe.skipIf(skipsPostgres)('The audit in PostgreSQL', () => {
  const server = usePostgres();

  async function start() {
    const stub = await startStub('chartbrew');
    const url = await server.createDatabase();
    return { stub, url, gateway: await startReplica(stub, url) };
  }

  /** Returns the first two words of each statement that is made while something runs, without those in the background. */
  const statementsOf = async (run: () => Promise<unknown>): Promise<string[]> =>
    (await server.statementsOf(run))
      .filter((text) => !IN_BACKGROUND.test(text))
      .map((text) => text.split(' ', 2).join(' '));

  it('a create with a key makes three statements, one without a key makes two, and a refused one makes one', async () => {
    const { gateway } = await start();
    expect(await statementsOf(async () => create(gateway, 'chartbrew', KEY))).toEqual([
      'insert into',
      'update "patchbay_keys"',
      'with "changed"',
    ]);
    expect(await statementsOf(async () => create(gateway, 'chartbrew'))).toEqual(['select 1', 'with "entry"']);
    const refused = async () => mutate(gateway, 'createConnection', { ...orders('chartbrew'), name: '' });
    expect(await statementsOf(refused)).toEqual(['with "entry"']);
    expect(await linesOf(gateway)).toEqual(['createConnection ValidationError chartbrew', CREATED, CREATED]);
  });

  it('an entry of one replica is read at the other', async () => {
    const { stub, url, gateway } = await start();
    const other = await startReplica(stub, url);
    const { connection } = await create(gateway, 'chartbrew', KEY);
    await create(other, 'chartbrew', KEY);
    expect(await linesOf(other, { connection: connection.id })).toEqual([CREATED, CREATED]);
    const { nodes } = await readAudit(gateway, { filter: { secret: 'pw-secret-1' } });
    expect(nodes.map(({ isReplay }: { isReplay: boolean }) => isReplay)).toEqual([true, false]);
  });

  it('a list of connections reads all histories by one statement and all times of secrets by another', async () => {
    const { gateway } = await start();
    for (const name of ['one', 'two', 'three']) await create(gateway, 'chartbrew', { name });
    const history = 'history(first: 2) { nodes { mutation outcome instances } }';
    const secrets = 'secrets { path status lastRotatedAt }';
    const whole = await gateway.ask(list(`${history} ${secrets}`));
    const rows: readonly Row[] = whole.data.connections.nodes;
    const known = rows.filter(({ history: { nodes } }) => nodes.length > 0);
    expect(known.map((row) => [row.name, ...row.history.nodes.map(brief)].join(' '))).toEqual(
      ['one', 'three', 'two'].map((name) => `${name} ${CREATED}`),
    );
    const times = known.flatMap((row) => row.secrets.filter(({ lastRotatedAt }) => lastRotatedAt !== null));
    expect(times).toHaveLength(3);
    expect(await statementsOf(async () => gateway.ask(list('secrets { path status }')))).toEqual([]);
    expect(await statementsOf(async () => gateway.ask(list(secrets)))).toEqual(['select *']);
    expect(await statementsOf(async () => gateway.ask(list(history)))).toEqual(['select *']);
    expect(await statementsOf(async () => gateway.ask(list(`${history} ${secrets}`)))).toHaveLength(2);
  });

  it('while the database is down, the audit is null with an error, and the rest of the query is answered', async () => {
    const { gateway } = await start();
    const { connection } = await create(gateway, 'chartbrew');
    await server.crash();
    const query = `query ($id: ID!) { audit { nodes { mutation } } connection(id: $id) { name history { nodes { mutation } }
      secrets { path lastRotatedAt } } }`;
    const answer = await gateway.ask(query, { id: connection.id });
    expect(answer.data).toMatchObject({ audit: null, connection: { name: 'orders', history: null } });
    const { secrets } = answer.data.connection as Row;
    expect(secrets.map(({ lastRotatedAt }) => lastRotatedAt)).toEqual(secrets.map(() => null));
    const message = "The gateway's store does not answer, so the audit cannot be read.";
    expect(new Set(refusalsOf(answer).map(String))).toEqual(new Set([`VENDOR_UNAVAILABLE,${message}`]));
    expect(answer.errors?.[0]?.extensions).toMatchObject({ unavailable: 'STORE', instance: null });
    await server.start();
    expect((await gateway.ask(AUDIT)).data.audit.nodes.map(brief)).toEqual([CREATED]);
  });

  it('the entry of a mutation during an outage is stored after it', async () => {
    const { stub, url } = await start();
    const gateway = await startReplica(stub, url, { store: { url, onFailure: 'allow' } });
    await server.crash();
    await create(gateway, 'chartbrew');
    await server.start();
    await eventually(async () => (await linesOf(gateway)).length > 0);
    expect(await linesOf(gateway)).toEqual([CREATED]);
  });
});
