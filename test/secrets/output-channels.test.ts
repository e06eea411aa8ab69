// No output channel of the process contains a secret after an operation that came over a socket. output-channels-leak.test.ts shows
// that a leak would be found.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCanary, type Canary } from './canary.ts';
import { everyNth } from '../support/exhaustive.ts';
import { ask, inEveryPrint, leaking, textsOf, type ChannelAnswer } from './output-channels.ts';
import { deepTextBut } from './collect-texts.ts';
import { secretOf, SPELLINGS } from './inputs.ts';
import { OPERATIONS } from './matrix/operations.ts';
import { prepare, withKey } from './matrix/run.ts';
import { overSocket } from './matrix/socket.ts';
import { keyOf, startStage, type See, type Stage } from './matrix/stage.ts';
import { POSITIONS, type Position } from './positions.ts';

const ASKED = ['well', '400-raw', '500-base64', 'bug'];
const CASTS = [...ASKED, 'other'];
const [POSITION] = POSITIONS as [Position];

describe('output channels', () => {
  let stage: Stage;
  /** The contexts and arguments of mutations, as a resolver has them. */
  let seen: string[] = [];
  /** Objects that an earlier request of the same test has searched, such as the schema. */
  let known = new Set<object>();
  let ids: ReadonlyMap<Position, string>;
  const see: See = (context, args) => void seen.push([deepTextBut(known, context), inEveryPrint(args)].join('\n'));
  beforeAll(async () => {
    stage = await overSocket(await startStage(see, { casts: CASTS }));
    ids = await prepare(stage);
  });
  afterAll(() => stage.close());

  const ways = OPERATIONS.flatMap((operation) => ASKED.map((cast) => ({ operation, cast, name: operation.name })));

  // Three does not divide the number of kinds of vendors, so the sample has all of them and all operations.
  it.each(everyNth(ways, 3))(
    'no output channel contains a secret after $name at a vendor that is $cast',
    async ({ operation, cast }) => {
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
        const keys = { instance: keyOf(position.vendor, cast), other: keyOf(position.vendor, 'other') };
        const name = `channel_${operation.name}_${cast}_${at}`.replaceAll('-', '_');
        const input = operation.input({ position, secret, ...keys, vendorId: ids.get(position) ?? '', name, turn: 0 });
        answers.push(await ask(stage, operation.document, withKey(operation, input, name)));
      }
      const texts = { ...(await textsOf(stage, answers)), 'on the way': seen.join('\n') };
      expect(seen).toHaveLength(canaries.length);
      expect(leaking(texts, ...canaries)).toEqual([]);
    },
  );
});
