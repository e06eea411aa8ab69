// Every secret of every dialect at Chartbrew is kept, replaced and cleared. The expected requests,
// or issues, are typed from the vendor's notes. Null clears a connection string, lists and sign-in
// methods. It does not change other texts. Files can only be replaced.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSITIONS } from '../../secrets/positions.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';
import { chartbrewSecrets, NEVER_SHOWN, type SecretCase } from './secret-cases.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

type Values = Readonly<Record<string, unknown>>;

/** Returns the row as the vendor's API returns it. */
async function rowOf(vendorId: string): Promise<Values> {
  const { origin } = gateway.sandbox.servers.chartbrew;
  const headers = { authorization: 'Bearer sandbox-chartbrew-key' };
  return (await (await fetch(`${origin}/team/7/connections/${vendorId}`, { headers })).json()) as Values;
}

const makeOne = ({ dialect, config, options }: SecretCase) =>
  createForUpdate(gateway, {
    instance: 'chartbrew',
    name: 'one',
    config: { [dialect]: config },
    ...(options && { options: { chartbrew: options } }),
  });

const inputOf = ({ dialect, of }: SecretCase, change: Values) =>
  of === 'config' ? { config: { [dialect]: change } } : { options: { chartbrew: change } };

const isThere = ({ stored: [column, value] }: SecretCase, row: Values) =>
  expect(row[column]).toEqual(
    value === NEVER_SHOWN ? expect.stringMatching(/^\.connectionFiles\/[\da-f]{32}$/) : value,
  );

const update = (id: string, change: Values) =>
  recordSent(gateway, 'chartbrew', () => runMutation(gateway, 'updateConnection', { id, ...change }));

const pathOf = ({ dialect, of, secret }: SecretCase): string[] => [
  of,
  of === 'config' ? dialect : 'chartbrew',
  ...secret.split('.'),
];

/** `path CODE` without `input`. */
const warningsOf = ({ warnings }: { warnings: readonly { path: string[]; code: string }[] }): string[] =>
  warnings.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);

describe.each(chartbrewSecrets)('$secret of $dialect', (one) => {
  it('$secret of $dialect is kept when an update does not mention it', async () => {
    const { id, vendorId } = await makeOne(one);
    const before = await rowOf(vendorId);
    isThere(one, before);
    const { result, sent } = await update(id, { name: 'other', ...inputOf(one, one.kept) });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', connection: { name: 'other' } });
    expect(sent).toEqual([[`PUT /team/7/connections/${vendorId}`, { name: 'other' }]]);
    const [column] = one.stored;
    expect((await rowOf(vendorId))[column]).toEqual(before[column]);
  });

  it('$secret of $dialect is replaced', async () => {
    const { id, vendorId } = await makeOne(one);
    const { result, sent } = await update(id, inputOf(one, one.replaced));
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(warningsOf(result)).toEqual(one.warns ? [one.warns] : []);
    const path = `/team/7/connections/${vendorId}`;
    expect(sent).toEqual(one.files ? [[`POST ${path}/files`, one.files]] : [[`PUT ${path}`, one.sends]]);
    const { secrets } = result.connection;
    expect(secrets).toContainEqual({ path: pathOf(one), status: 'SET' });
  });
});

describe.each(chartbrewSecrets.filter(({ clears }) => clears))('$secret of $dialect', (one) => {
  it('$secret of $dialect is cleared', async () => {
    const { id, vendorId } = await makeOne(one);
    const { result, sent } = await update(id, inputOf(one, one.cleared));
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    expect(sent).toEqual([[`PUT /team/7/connections/${vendorId}`, one.clears]]);
    expect(result.connection.secrets).not.toContainEqual({ path: pathOf(one), status: 'SET' });
  });
});

describe.each(chartbrewSecrets.filter(({ refused }) => refused))('$secret of $dialect', (one) => {
  it('$secret of $dialect cannot be cleared, and the update is refused before any write', async () => {
    const { id, vendorId } = await makeOne(one);
    const { result, sent } = await update(id, inputOf(one, one.cleared));
    expect(result).toMatchObject({ __typename: 'ValidationError' });
    expect(issuesOf(result)).toEqual([`input.${one.refused}`]);
    expect(sent).toEqual([]);
    isThere(one, await rowOf(vendorId));
  });
});

const sorted = (fields: readonly string[]): string[] => [...new Set(fields)].toSorted();

describe('The cases of these tests', () => {
  it('the cases have every secret that a create at Chartbrew accepts', () => {
    const created = POSITIONS.filter(({ vendor }) => vendor === 'chartbrew').map(({ field }) => field);
    expect(sorted(chartbrewSecrets.map((one) => pathOf(one).join('.')))).toEqual(sorted(created));
    expect(chartbrewSecrets).toHaveLength(26);
    expect(chartbrewSecrets.filter(({ clears, refused }) => !clears === !refused)).toEqual([]);
  });
});
