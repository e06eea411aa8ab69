// No output channel of the process contains a secret after an operation that came over a socket. output-channels-leak.test.ts shows
// that a leak would be found.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCanary, type Canary } from './canary.ts';
import { everyNth } from '../support/exhaustive.ts';
import { ask, inEveryPrint, leaking, textsOf, type ChannelAnswer } from './output-channels.ts';
import { deepTextBut } from './collect-texts.ts';
import { secretOf, SPELLINGS } from './inputs.ts';
import { OPERATIONS } from './matrix/operations.ts';
import { createConnections, withKey } from './matrix/run-cells.ts';
import { serveOverSocket } from './matrix/serve-over-socket.ts';
import {
  instanceKeyOf,
  startHostileGateway,
  type ObserveMutation,
  type HostileGateway,
} from './matrix/hostile-gateway.ts';
import { POSITIONS, type Position } from './positions.ts';

const TESTED_BEHAVIORS = ['normal', '400-raw', '500-base64', 'bug'];
const BEHAVIORS = [...TESTED_BEHAVIORS, 'other'];
const [POSITION] = POSITIONS as [Position];

describe('output channels', () => {
  let hostile: HostileGateway;
  /** The contexts and arguments of mutations, as a resolver has them. */
  let seen: string[] = [];
  /** Objects that an earlier request of the same test has searched, such as the schema. */
  let known = new Set<object>();
  let ids: ReadonlyMap<Position, string>;
  const see: ObserveMutation = (context, args) =>
    void seen.push([deepTextBut(known, context), inEveryPrint(args)].join('\n'));
  beforeAll(async () => {
    hostile = await serveOverSocket(await startHostileGateway(see, { behaviors: BEHAVIORS }));
    ids = await createConnections(hostile);
  });
  afterAll(() => hostile.close());

  const cases = OPERATIONS.flatMap((operation) =>
    TESTED_BEHAVIORS.map((behavior) => ({ operation, behavior, name: operation.name })),
  );

  // Three does not divide the number of kinds of vendors, so the sample has all of them and all operations.
  it.each(everyNth(cases, 3))(
    'no output channel contains a secret after $name at a vendor that is $behavior',
    async ({ operation, behavior }) => {
      const canaries: Canary[] = [];
      const answers: ChannelAnswer[] = [];
      seen = [];
      known = new Set();
      for (const [at, spelling] of Object.keys(SPELLINGS).entries()) {
        // A private key, a password, driver parameters, files: in turn.
        const position = POSITIONS.filter(operation.takes)[at * 7] ?? POSITION;
        const canary = makeCanary();
        canaries.push(canary);
        const secret = secretOf(position, canary, spelling);
        const keys = {
          instance: instanceKeyOf(position.vendor, behavior),
          other: instanceKeyOf(position.vendor, 'other'),
        };
        const name = `channel_${operation.name}_${behavior}_${at}`.replaceAll('-', '_');
        const input = operation.input({ position, secret, ...keys, vendorId: ids.get(position) ?? '', name, turn: 0 });
        answers.push(await ask(hostile, operation.document, withKey(operation, input, name)));
      }
      const texts = { ...(await textsOf(hostile, answers)), 'on the way': seen.join('\n') };
      expect(seen).toHaveLength(canaries.length);
      expect(leaking(texts, ...canaries)).toEqual([]);
      // The request in the context has the header of the caller. No output shows the context.
      expect(leaking({ ...texts, context: '', 'on the way': '' }, hostile.tokenCanary)).toEqual([]);
    },
  );
});
