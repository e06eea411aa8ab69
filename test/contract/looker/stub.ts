// A stub Looker with one connection, `orders`, for rows and answers that the sandbox does not give.
import { onTestFinished } from 'vitest';
import type { SandboxRequest, SandboxResponse } from '../../../src/sandbox/server.ts';
import { callsTo, journalOf } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { runMutation } from '../../support/mutations.ts';

export type Values = Readonly<Record<string, unknown>>;

/** The global id of that connection. */
export const STUB_ID = Buffer.from('v1:c:looker:orders').toString('base64url');

const LOGIN = 'POST /login';

export const ok = (body: unknown): SandboxResponse => ({ status: 200, body });
/** Starts a stub Looker that answers by `METHOD /path`. Several answers are given in order, and the last one is repeated. */
export async function startLookerStub(answers: Readonly<Record<string, SandboxResponse | readonly SandboxResponse[]>>) {
  const left = new Map(Object.entries(answers).map(([call, answer]) => [call, [answer].flat()]));
  const stubbed = await startStubbedGateway('looker', ({ method, path }: SandboxRequest) => {
    const call = `${method} ${path.replace('/api/4.0', '')}`;
    if (call === LOGIN) return ok({ access_token: 'token-1', expires_in: 3600 });
    const queue = left.get(call) ?? [];
    return (queue.length > 1 ? queue.shift() : queue[0]) ?? { status: 404, body: { message: 'Not found' } };
  });
  onTestFinished(() => stubbed.close());
  const calls = async () =>
    (await callsTo(stubbed.origin)).map((call) => call.replace('/api/4.0', '')).filter((call) => call !== LOGIN);
  const sent = async () =>
    (await journalOf(stubbed.origin)).flatMap(({ method, body }) => (method === 'PATCH' ? [JSON.parse(body)] : []));
  const update = (input: Values) => runMutation(stubbed.gateway, 'updateConnection', { id: STUB_ID, ...input });
  return { update, remove: () => runMutation(stubbed.gateway, 'deleteConnection', { id: STUB_ID }), calls, sent };
}

/** Starts a stub Looker that answers every read and update with one row. */
export async function startLookerStubWithRow(row: Values) {
  const whole = ok({ name: 'orders', ...row });
  return startLookerStub({ 'GET /connections/orders': whole, 'PATCH /connections/orders': whole });
}
