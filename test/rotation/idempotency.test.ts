// rotateConnectionSecret that is sent again with the same idempotency key.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { VendorName } from '../support/gateway.ts';
import { idOf, rotate, rotateOrNot, SEEDS, statuses } from './rotate.ts';
import { startScriptedGateway, type Fault, type Role, type ScriptedGateway } from './scripted-vendors.ts';

const role = (vendor: VendorName, fault?: Fault): Role => ({ key: vendor, vendor, ...(fault && { fault }) });
const idsAt = (...vendors: readonly VendorName[]) => ({ ids: vendors.map((one) => idOf(one, SEEDS[one].id)) });
const KEYED = { secret: 'pw-secret-2', idempotencyKey: 'key-1' } as const;
const FORBIDDEN = { at: 'write', isDone: false, answer: { status: 403, body: {} } } as const;

async function start(...roles: readonly Role[]) {
  const gateway = await startScriptedGateway(roles);
  onTestFinished(() => gateway.close());
  return gateway;
}

const writesTo = (gateway: ScriptedGateway, vendor: VendorName): number =>
  gateway.receivedBy(vendor).filter(({ kind }) => kind === 'write').length;

describe('An idempotency key of a rotation', () => {
  it('a repeated key returns the same outcomes without a test and without a write', async () => {
    const gateway = await start(role('looker'), role('chartbrew', FORBIDDEN));
    const input = { ...KEYED, connections: idsAt('looker', 'chartbrew') };
    const first = await rotate(gateway, input);
    expect(statuses(first)).toEqual(['DONE', 'REFUSED']);
    expect(first.outcomes[0]?.verification).toMatchObject({ outcome: 'PASSED' });
    expect(first.outcomes[1]?.result).toMatchObject({ __typename: 'PermissionError', vendorStatus: 403 });
    const calls = gateway.receivedBy('looker').length;
    expect(await rotate(gateway, input)).toEqual(first);
    const later = gateway.receivedBy('looker').slice(calls);
    expect(later.map(({ kind }) => kind)).toEqual(['read']);
    expect(writesTo(gateway, 'chartbrew')).toBe(1);
  });

  it('a repeated key returns the instances that a match could not search', async () => {
    const gateway = await start(role('looker'), role('omni'));
    const [id] = idsAt('looker').ids;
    const { data } = await gateway.ask(`{ connection(id: "${id}") { host username } }`);
    const input = { ...KEYED, connections: { match: data.connection } };
    const first = await rotate(gateway, input);
    expect(statuses(first)).toEqual(['DONE']);
    expect(first.unsearchable).toEqual([{ key: 'omni' }]);
    expect(await rotate(gateway, input)).toEqual(first);
    expect(writesTo(gateway, 'looker')).toBe(1);
  });

  it('a used key is refused for another secret', async () => {
    const gateway = await start(role('looker'));
    await rotate(gateway, { ...KEYED, connections: idsAt('looker') });
    const other = await rotateOrNot(gateway, { ...KEYED, secret: 'pw-secret-3', connections: idsAt('looker') });
    expect(other).toMatchObject({ __typename: 'ConflictError' });
    expect(writesTo(gateway, 'looker')).toBe(1);
  });

  it('a key can be used again after a rotation that wrote nothing', async () => {
    const gateway = await start(role('looker'), role('chartbrew', FORBIDDEN));
    const refused = await rotate(gateway, { ...KEYED, connections: idsAt('chartbrew') });
    expect(statuses(refused)).toEqual(['REFUSED']);
    const planned = await rotate(gateway, { ...KEYED, connections: idsAt('looker'), dryRun: true });
    expect(statuses(planned)).toEqual(['PLANNED']);
    const written = await rotate(gateway, { ...KEYED, connections: idsAt('looker') });
    expect(statuses(written)).toEqual(['DONE']);
  });

  it('a repeated key says of a connection that it was deleted since', async () => {
    const gateway = await start(role('looker'));
    const input = { ...KEYED, connections: idsAt('looker') };
    await rotate(gateway, input);
    const [id] = input.connections.ids;
    await gateway.ask(`mutation { deleteConnection(input: { id: "${id}" }) { __typename } }`);
    const { outcomes } = await rotate(gateway, input);
    expect(outcomes).toMatchObject([{ status: 'DONE', connection: null, result: { __typename: 'ValidationError' } }]);
  });
});
