// A stub Credible with one connection, whose row the test provides. Like Credible, an update replaces whole top-level
// fields of the row.
import { onTestFinished } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { journalOf } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { idOf } from '../../support/watched-gateway.ts';

type Values = Readonly<Record<string, unknown>>;

export interface CredibleStub {
  readonly gateway: TestGateway;
  /** The global id of the connection. */
  readonly id: string;
  /** Returns the current row. */
  readonly stored: () => Values;
  /** Returns the bodies of the updates that the stub received. */
  readonly changes: () => Promise<readonly Values[]>;
}

/** Starts a gateway over this Credible. @param meanwhile fields that another client changes after the first read. */
export async function startCredibleStub(row: Values, meanwhile?: Values): Promise<CredibleStub> {
  let stored: Values = { name: 'one', ...row };
  let reads = 0;
  const stubbed = await startStubbedGateway('credible', ({ method, body, path }) => {
    if (method === 'GET') {
      reads += 1;
      const answer = stored;
      if (reads === 1 && meanwhile) stored = { ...stored, ...meanwhile };
      return { status: 200, body: path.endsWith('/connections') ? [answer] : answer };
    }
    if (method !== 'PATCH') return { status: 404, body: {} };
    stored = { ...stored, ...(JSON.parse(body.toString()) as Values) };
    return { status: 200, body: stored };
  });
  onTestFinished(() => stubbed.close());
  return {
    gateway: stubbed.gateway,
    id: idOf('v1:c:credible:one'),
    stored: () => stored,
    changes: async () =>
      (await journalOf(stubbed.origin))
        .filter(({ method }) => method === 'PATCH')
        .map(({ body }) => JSON.parse(body) as Values),
  };
}
