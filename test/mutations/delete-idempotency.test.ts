// deleteConnection that is sent again with the same idempotency key.
import { expect, it, onTestFinished } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

const DELETE = `mutation ($input: DeleteConnectionInput!) { result: deleteConnection(input: $input) {
  __typename ... on Error { message } ... on ConflictError { conflict }
  ... on DeleteConnectionSuccess { deletedId archived warnings { code } }
} }`;
const idOf = (instance: string, vendorId: string) => Buffer.from(`v1:c:${instance}:${vendorId}`).toString('base64url');
const LOOKER = idOf('looker', 'billing');
const OMNI = idOf('omni', 'c0f12353-4817-4398-bcc0-d501e6dd2f64');

async function start() {
  const gateway = await startTestGateway();
  onTestFinished(() => gateway.close());
  const remove = async (input: object) => (await gateway.ask(DELETE, { input })).data.result;
  const deletes = async (instance: 'looker' | 'omni') =>
    (await gateway.received(instance)).filter(({ method }) => method === 'DELETE').length;
  return { remove, deletes };
}

it.each([
  ['looker', LOOKER, { archived: false }],
  ['omni', OMNI, { archived: true }],
] as const)('a repeated key at %s returns the first answer, although the connection is gone', async (key, id, more) => {
  const { remove, deletes } = await start();
  const input = { id, idempotencyKey: 'key-1' };
  const first = await remove(input);
  expect(first).toMatchObject({ __typename: 'DeleteConnectionSuccess', deletedId: id, ...more });
  expect(await remove(input)).toEqual(first);
  expect(await deletes(key)).toBe(1);
  expect(await remove({ id, idempotencyKey: 'key-2' })).toMatchObject({ __typename: 'NotFoundError' });
});

it('a key can be used again after a delete that was refused, and not for another connection', async () => {
  const { remove, deletes } = await start();
  const refused = await remove({ id: LOOKER, expectName: 'other', idempotencyKey: 'key-1' });
  expect(refused).toMatchObject({ __typename: 'ConflictError', conflict: 'NAME_CHANGED' });
  expect(await deletes('looker')).toBe(0);
  expect(await remove({ id: LOOKER, idempotencyKey: 'key-1' })).toMatchObject({ deletedId: LOOKER });
  const other = await remove({ id: OMNI, idempotencyKey: 'key-1' });
  expect(other).toMatchObject({ __typename: 'ConflictError', conflict: 'IDEMPOTENCY_KEY_REUSED' });
});
