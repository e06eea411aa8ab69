// vendorMessage and the other calls of a mutation: the gateway never quotes the answers to those calls. A stored answer has the message
// that was returned. A message with a renewed credential is not shown.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredAnswer } from '../../src/services/idempotency/idempotency.ts';
import { CREATE_MANY } from '../fan-out/create-connections.ts';
import { CREATE } from '../support/create-connection.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import {
  inputFor,
  LOGIN,
  refusal,
  rowOf,
  rowTold,
  startMessageGateways,
  VENDORS,
  WORDS,
  type MessageGateways,
  type Values,
} from './vendor-message-gateways.ts';

let gateways: MessageGateways;
beforeAll(async () => {
  gateways = await startMessageGateways();
});
afterAll(() => gateways.close());

describe('the vendorMessage of other calls than the write', () => {
  it.each(VENDORS)('the message of %s is quoted when it answers 429', async (vendor) => {
    // Another gateway, because this one sends no requests after a 429.
    const { gateway, close } = await startStubbedGateway(vendor, ({ path }) =>
      path.endsWith('/login') ? LOGIN : refusal(vendor, 'Wait a while, please.', 429),
    );
    try {
      const { data } = await gateway.ask(CREATE, { input: inputFor(vendor) });
      expect(data.createConnection).toMatchObject({
        __typename: 'RateLimitedError',
        vendorMessage: 'Wait a while, please.',
      });
    } finally {
      await close();
    }
  });

  it('a message is not quoted when it holds the old or the new token of a renewed credential', async () => {
    let logins = 0;
    const { gateway, close } = await startStubbedGateway('looker', ({ path, headers }) => {
      if (path.endsWith('/login')) {
        logins += 1;
        return {
          status: 200,
          body: { access_token: logins === 1 ? 'early-bird-51' : 'night-owl-52', expires_in: 3600 },
        };
      }
      const isFirst = headers['authorization']?.includes('early') ?? false;
      return isFirst ? { status: 401, body: {} } : { status: 403, body: { message: 'Not early-bird-51.' } };
    });
    try {
      const { data, text } = await gateway.ask(CREATE, { input: inputFor('looker') });
      expect(logins).toBe(2);
      expect(data.createConnection).toMatchObject({ __typename: 'PermissionError', vendorMessage: null });
      expect(text).not.toMatch(/bird-5|owl-5/);
    } finally {
      await close();
    }
  });

  it('the message of a failed login is not quoted', async () => {
    const { gateway, close } = await startStubbedGateway('looker', () => ({ status: 403, body: { message: WORDS } }));
    try {
      const { data } = await gateway.ask(CREATE, { input: inputFor('looker') });
      expect(data.createConnection).toMatchObject({ __typename: 'PermissionError', vendorMessage: null });
    } finally {
      await close();
    }
  });

  it('the message of the read that verifies an outcome is not quoted', async () => {
    gateways.answer = ({ method }) => (method === 'POST' ? { status: 500, body: {} } : refusal('looker', WORDS, 403));
    const result = await gateways.run('looker', CREATE, inputFor('looker'));
    expect(result).toMatchObject({ __typename: 'OutcomeUnknownError', vendorMessage: null });
  });

  it('the message of a failed compensation is not quoted', async () => {
    let posts = 0;
    gateways.answer = ({ method }) => {
      if (method !== 'POST') return refusal('looker', WORDS, 403);
      posts += 1;
      return posts === 1 ? { status: 200, body: rowTold('looker') } : refusal('looker', WORDS);
    };
    const { config } = inputFor('looker');
    const targets = [{ instance: 'looker' }, { instance: 'looker', name: 'newer' }];
    const { fanOut } = await gateways.run('looker', CREATE_MANY, {
      name: 'orders',
      config,
      targets,
      onFailure: 'COMPENSATE',
    });
    expect(fanOut.outcomes.map(({ compensation }: Values) => compensation)).toMatchObject([
      { status: 'FAILED', error: { __typename: 'PermissionError', vendorMessage: null } },
      { status: 'NOT_NEEDED' },
    ]);
    expect(fanOut.outcomes[1].result.issues[0].vendorMessage).toBe(WORDS);
  });

  it('an idempotency key stores the message as it was returned', async () => {
    const input = inputFor('credible', { idempotencyKey: 'words' });
    gateways.answer = ({ method }) =>
      method === 'POST' ? refusal('credible', WORDS, 500) : refusal('credible', 'away', 404);
    const first = await gateways.run('credible', CREATE, input);
    gateways.answer = () => refusal('credible', 'never asked');
    const again = await gateways.run('credible', CREATE, input);
    for (const one of [first, again]) {
      expect(one).toMatchObject({ __typename: 'OutcomeUnknownError', vendorMessage: WORDS });
    }
    expect(gateways.stored.at(-1)?.['failure']).toMatchObject({
      vendorMessage: 'The host db.acme.example is out of reach.',
    });
    expect(Object.keys(gateways.stored.at(-1)?.['failure'] as StoredAnswer)).not.toContain('vendorText');
  });

  it('an idempotency key stores the message of each target as it was returned, and nothing of a redacted one', async () => {
    let posts = 0;
    gateways.answer = () => {
      posts += 1;
      return posts === 1
        ? { status: 200, body: rowTold('credible') }
        : refusal('credible', posts === 2 ? WORDS : 'pw-secret-1');
    };
    const { config } = inputFor('credible');
    const targets = ['orders', 'newer', 'newest'].map((name) => ({ instance: 'credible', name }));
    const input = { name: 'x', config, targets, onFailure: 'COMPENSATE', idempotencyKey: 'several' };
    const messages = async () =>
      (await gateways.run('credible', CREATE_MANY, { ...input, onFailure: 'KEEP' })).fanOut.outcomes.map(
        ({ result }: { result: { issues?: readonly Values[] } }) => result.issues?.[0]?.['vendorMessage'],
      );
    const first = await messages();
    expect(new Set(first)).toEqual(new Set([WORDS, null, undefined]));
    gateways.answer = () => rowOf('credible');
    expect(await messages()).toEqual(first);
    expect(JSON.stringify(gateways.stored.at(-1))).not.toMatch(/vendorText|vendor text|secret/);
  });
});
