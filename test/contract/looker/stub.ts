// A Looker of a test's own with one connection in it, `orders`, for rows and answers that no sandbox gives.
import { onTestFinished } from 'vitest';
import type { SandboxRequest, SandboxResponse } from '../../../src/sandbox/server.ts';
import { callsTo, journalOf } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { runMutation } from '../../support/mutations.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Global id of that connection. */
export const STUB_ID = Buffer.from('v1:c:looker:orders').toString('base64url');

const LOGIN = 'POST /login';

export const ok = (body: unknown): SandboxResponse => ({ status: 200, body });
/** A Looker that answers by `METHOD /path`; of several answers the first first, the last for ever. */
export async function startLookerStub(answers: Readonly<Record<string, SandboxResponse | readonly SandboxResponse[]>>) {
  const left = new Map(Object.entries(answers).map(([call, one]) => [call, [one].flat()]));
  const played = await startStubbedGateway('looker', ({ method, path }: SandboxRequest) => {
    const call = `${method} ${path.replace('/api/4.0', '')}`;
    if (call === LOGIN) return ok({ access_token: 'token-1', expires_in: 3600 });
    const queue = left.get(call) ?? [];
    return (queue.length > 1 ? queue.shift() : queue[0]) ?? { status: 404, body: { message: 'Not found' } };
  });
  onTestFinished(() => played.close());
  const calls = async () =>
    (await callsTo(played.origin)).map((call) => call.replace('/api/4.0', '')).filter((call) => call !== LOGIN);
  const sent = async () =>
    (await journalOf(played.origin)).flatMap(({ method, body }) => (method === 'PATCH' ? [JSON.parse(body)] : []));
  const update = (input: Values) => runMutation(played.gateway, 'updateConnection', { id: STUB_ID, ...input });
  return { update, remove: () => runMutation(played.gateway, 'deleteConnection', { id: STUB_ID }), calls, sent };
}

/** Such a Looker with one row, which it gives to every read and change; and how to change it. */
export async function startLookerStubWithRow(row: Values) {
  const whole = ok({ name: 'orders', ...row });
  return startLookerStub({ 'GET /connections/orders': whole, 'PATCH /connections/orders': whole });
}
