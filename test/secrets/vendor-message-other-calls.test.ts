// A vendor's own words on ways round: what the gateway asks besides is never quoted, what is kept is kept as it was shown, and
// credentials that were renewed meanwhile are known too.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredAnswer } from '../../src/services/idempotency.ts';
import { CREATE_MANY } from '../fan-out/create-connections.ts';
import { CREATE } from '../support/create-connection.ts';
import { playVendor } from '../support/stub-vendor.ts';
import {
  inputFor,
  LOGIN,
  refusal,
  rowOf,
  rowTold,
  startStage,
  VENDORS,
  WORDS,
  type Stage,
  type Values,
} from './vendor-message-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

describe('Words on a way round', () => {
  it.each(VENDORS)('of %s that takes no more requests are shown', async (vendor) => {
    // On a gateway of its own, which sends no more after it.
    const { gateway, close } = await playVendor(vendor, ({ path }) =>
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

  it('of a credential that is renewed: neither the old token nor the new one is shown', async () => {
    let logins = 0;
    const { gateway, close } = await playVendor('looker', ({ path, headers }) => {
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

  it('of a login are not shown', async () => {
    const { gateway, close } = await playVendor('looker', () => ({ status: 403, body: { message: WORDS } }));
    try {
      const { data } = await gateway.ask(CREATE, { input: inputFor('looker') });
      expect(data.createConnection).toMatchObject({ __typename: 'PermissionError', vendorMessage: null });
    } finally {
      await close();
    }
  });

  it('of a look afterwards are not shown', async () => {
    stage.answer = ({ method }) => (method === 'POST' ? { status: 500, body: {} } : refusal('looker', WORDS, 403));
    const result = await stage.run('looker', CREATE, inputFor('looker'));
    expect(result).toMatchObject({ __typename: 'OutcomeUnknownError', vendorMessage: null });
  });

  it('of what takes a target back are not shown', async () => {
    let posts = 0;
    stage.answer = ({ method }) => {
      if (method !== 'POST') return refusal('looker', WORDS, 403);
      posts += 1;
      return posts === 1 ? { status: 200, body: rowTold('looker') } : refusal('looker', WORDS);
    };
    const { config } = inputFor('looker');
    const targets = [{ instance: 'looker' }, { instance: 'looker', name: 'newer' }];
    const { fanOut } = await stage.run('looker', CREATE_MANY, {
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

  it('are kept under an idempotency key as they were shown', async () => {
    const input = inputFor('credible', { idempotencyKey: 'words' });
    stage.answer = ({ method }) =>
      method === 'POST' ? refusal('credible', WORDS, 500) : refusal('credible', 'away', 404);
    const first = await stage.run('credible', CREATE, input);
    stage.answer = () => refusal('credible', 'never asked');
    const again = await stage.run('credible', CREATE, input);
    for (const one of [first, again]) {
      expect(one).toMatchObject({ __typename: 'OutcomeUnknownError', vendorMessage: WORDS });
    }
    expect(stage.kept.at(-1)?.['failure']).toMatchObject({
      vendorMessage: 'The host db.acme.example is out of reach.',
    });
    expect(Object.keys(stage.kept.at(-1)?.['failure'] as StoredAnswer)).not.toContain('vendorText');
  });

  it('are kept for each target as they were shown, and nothing of those that were not', async () => {
    let posts = 0;
    stage.answer = () => {
      posts += 1;
      return posts === 1
        ? { status: 200, body: rowTold('credible') }
        : refusal('credible', posts === 2 ? WORDS : 'pw-secret-1');
    };
    const { config } = inputFor('credible');
    const targets = ['orders', 'newer', 'newest'].map((name) => ({ instance: 'credible', name }));
    const input = { name: 'x', config, targets, onFailure: 'COMPENSATE', idempotencyKey: 'several' };
    const tell = async () =>
      (await stage.run('credible', CREATE_MANY, { ...input, onFailure: 'KEEP' })).fanOut.outcomes.map(
        ({ result }: { result: { issues?: readonly Values[] } }) => result.issues?.[0]?.['vendorMessage'],
      );
    const first = await tell();
    expect(new Set(first)).toEqual(new Set([WORDS, null, undefined]));
    stage.answer = () => rowOf('credible');
    expect(await tell()).toEqual(first);
    expect(JSON.stringify(stage.kept.at(-1))).not.toMatch(/vendorText|vendor text|secret/);
  });
});
