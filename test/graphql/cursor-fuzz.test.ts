// Randomly changed cursors return a page or are refused. They never cause another error.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startWatchedGateway } from '../support/watched-gateway.ts';

const SEED = 20_260_722;

/** Marsaglia's xorshift: the same numbers from the same seed. Gives whole numbers below a limit. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const random = createRandom(SEED);
const LETTERS = 'ABCZabcz0189-_=+/ %"\\{}[]:,\u0000é'.split('');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();
const encode = (text: string): string => Buffer.from(text).toString('base64url');
const letter = (): string => LETTERS[random(LETTERS.length)] ?? '';

const cut = (text: string): string => text.slice(0, random(text.length));
const insert = (text: string): string => {
  const at = random(text.length + 1);
  return text.slice(0, at) + letter() + text.slice(at);
};
const replace = (text: string): string => {
  const at = random(text.length);
  return text.slice(0, at) + letter() + text.slice(at + 1);
};
const remove = (text: string): string => {
  const at = random(text.length);
  return text.slice(0, at) + text.slice(at + 1);
};
const PARTS = ['NAME:ASC', 'NAME:DESC', '', 'zzz', null, -1, 1e308, true, [], {}, '\ud800', '__proto__'];
const part = () => PARTS[random(PARTS.length)];
const replacePart = (text: string): string => {
  const parts = JSON.parse(text) as unknown[];
  parts[random(parts.length)] = part();
  return JSON.stringify(parts);
};

const onCursor = [cut, insert, replace, remove];
const onContent = [cut, insert, replace, remove, replacePart, replacePart];

function mutate(cursor: string): string {
  const isInside = random(2) === 1;
  const changes = isInside ? onContent : onCursor;
  const change = changes[random(changes.length)] ?? cut;
  return isInside ? encode(change(decode(cursor))) : change(cursor);
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const PAGE = `query ($after: String) {
  connections(first: 3, after: $after, filter: { vendor: [OMNI] }) { totalCount edges { cursor } }
}`;

it('each of 500 changed cursors returns a page or BAD_USER_INPUT', async () => {
  const { data } = await gateway.ask(PAGE.replace('first: 3', 'first: 100'));
  const cursors = data.connections.edges.map(({ cursor }: { cursor: string }) => cursor) as string[];
  expect(cursors).toHaveLength(11);
  const seen = { page: 0, BAD_USER_INPUT: 0 };
  const surprises: string[] = [];
  for (let round = 0; round < 500; round += 1) {
    const after = mutate(cursors[random(cursors.length)] ?? '');
    const { data: found, errors = [], text } = await gateway.ask(PAGE, { after });
    const codes = errors.map(({ extensions }) => extensions['code']).join();
    const outcome = found?.connections?.totalCount === 11 && codes === '' ? 'page' : codes;
    if (outcome === 'page' || outcome === 'BAD_USER_INPUT') seen[outcome] += 1;
    else surprises.push(`seed ${SEED}, round ${round}, cursor ${JSON.stringify(after)}: ${text}`);
  }
  expect(surprises).toEqual([]);
  // Some changed cursors are refused, and some are not.
  expect(seen.page).toBeGreaterThan(50);
  expect(seen.BAD_USER_INPUT).toBeGreaterThan(250);
  const events = gateway.log.map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect([...new Set(events)]).toEqual(['request refused']);
});
