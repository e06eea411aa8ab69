// The limits of a vendor's answers: a list may be as large as `limits.listMb`, any other answer 5 MB.
import { expect, it, onTestFinished } from 'vitest';
import { vendorWithRows } from '../support/stub-rows.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

const QUERY = `query ($id: ID!) {
  connections(filter: { instance: ["looker"] }) {
    totalCount
    nodes { id name }
    sources { error { __typename ... on VendorUnavailableError { unavailable message } } }
  }
  connection(id: $id) { name }
}`;

/** One connection whose JSON has a little more than 5 MB. */
const ROW = { name: 'large', dialect_name: 'postgres', host: 'db.example.com', note: 'x'.repeat(5_000_000) };
const ID = Buffer.from('v1:c:looker:large').toString('base64url');

const REFUSED = { message: 'Looker (sandbox) sent an answer that is too large.', unavailable: 'BAD_RESPONSE' };

async function listAndRead(settings: object) {
  const { gateway, close } = await startStubbedGateway('looker', vendorWithRows('looker', [ROW]), { ...settings });
  onTestFinished(close);
  const { data, errors } = await gateway.ask(QUERY, { id: ID });
  return { ...data, errors };
}

it('a list of more than 5 MB is read by default, and a single connection of more than 5 MB is refused', async () => {
  const { connections, connection, errors } = await listAndRead({});
  expect(connections).toEqual({ totalCount: 1, nodes: [{ id: ID, name: 'large' }], sources: [{ error: null }] });
  expect(connection).toBeNull();
  expect(errors).toMatchObject([
    { path: ['connection'], message: REFUSED.message, extensions: { code: 'VENDOR_UNAVAILABLE' } },
  ]);
});

it('a list of more than `limits.listMb` is refused', async () => {
  const { connections } = await listAndRead({ limits: { listMb: 5 } });
  expect(connections).toEqual({
    totalCount: null,
    nodes: [],
    sources: [{ error: { __typename: 'VendorUnavailableError', ...REFUSED } }],
  });
});
