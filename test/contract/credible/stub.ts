// A Credible that holds one connection just as a test writes it, echoes it, and puts what a change sends in place of what is
// there, part by part at the top, as Credible does.
import { onTestFinished } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { journalOf } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { idOf } from '../../support/watched-gateway.ts';

type Values = Readonly<Record<string, unknown>>;

export interface CredibleStub {
  readonly gateway: TestGateway;
  /** Global id of the connection. */
  readonly id: string;
  /** What it is by now, as the vendor has it. */
  readonly stored: () => Values;
  /** Bodies of the changes that reached it. */
  readonly changes: () => Promise<readonly Values[]>;
}

/** @param meanwhile what somebody else makes of the connection right after it was read for the first time. */
export async function startCredibleStub(row: Values, meanwhile?: Values): Promise<CredibleStub> {
  let stored: Values = { name: 'one', ...row };
  let reads = 0;
  const played = await startStubbedGateway('credible', ({ method, body, path }) => {
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
  onTestFinished(() => played.close());
  return {
    gateway: played.gateway,
    id: idOf('v1:c:credible:one'),
    stored: () => stored,
    changes: async () =>
      (await journalOf(played.origin))
        .filter(({ method }) => method === 'PATCH')
        .map(({ body }) => JSON.parse(body) as Values),
  };
}
