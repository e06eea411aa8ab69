// A vendor that sends nothing for too long, before its answer or in the middle of the body, while the deadline is far away.
// undici measures the silence with its own clock, which this test advances.
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../../src/http/client.ts';
import type { HttpFailure } from '../../src/http/failures.ts';
import type { HttpRequest } from '../../src/http/request.ts';
import { startRawServer, type RawAnswer, type RawServer } from '../support/raw-server.ts';

const undiciClock = createRequire(import.meta.url)('undici/lib/util/timers.js') as { tick: (ms: number) => void };

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const silences: readonly (readonly [where: string, answer: RawAnswer])[] = [
  ['before the answer', () => {}],
  ['in the head', (socket) => void socket.write(HEAD)],
  ['in the body', (socket) => void socket.write(`${HEAD}content-length: 100\r\n\r\n[{"name":`)],
  ['between chunks', (socket) => void socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n3\r\n[{"\r\n`)],
];

const FAR_AWAY_MS = 600_000;
const LIST: HttpRequest = { kind: 'list', method: 'GET', path: '/' };
const requests: readonly (readonly [what: string, request: HttpRequest, limitMs: number])[] = [
  ['a list', LIST, 10_000],
  ['a read', { ...LIST, kind: 'read' }, 10_000],
  ['a write', { ...LIST, kind: 'write', method: 'POST', body: { json: {} } }, 60_000],
];
const unlimited: readonly (readonly [what: string, request: HttpRequest])[] = [
  ['a test', { ...LIST, kind: 'test' }],
  ['a read that continues after its deadline', { ...LIST, kind: 'read', atDeadline: 'continue' }],
];

const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: HttpFailure) => `${error.reason} ${error.mayHaveArrived}`,
  );

/** Lets the client read what is on the socket. */
const readSockets = () => new Promise((resolve) => void setTimeout(resolve, 30));

describe('a silent vendor', () => {
  let server: RawServer;
  let client: HttpClient;
  beforeEach(async () => {
    server = await startRawServer();
    client = createHttpClient({
      baseUrl: server.origin,
      timeouts: {
        connectMs: 3000,
        listMs: FAR_AWAY_MS,
        readMs: FAR_AWAY_MS,
        writeMs: FAR_AWAY_MS,
        testMs: FAR_AWAY_MS,
      },
    });
  });
  afterEach(async () => {
    await client.close();
    await server.close();
  });

  /** Sends a request and waits until the vendor has received it. */
  async function send(request: HttpRequest, answer: RawAnswer) {
    const caller = new AbortController();
    server.answer = answer;
    let outcome = 'pending';
    const call = outcomeOf(client.send({ ...request, signal: caller.signal }));
    void call.then((ended) => {
      outcome = ended;
    });
    await expect.poll(() => server.requests.length).toBe(1);
    await readSockets();
    // Starts the timers that this exchange has set.
    undiciClock.tick(0);
    return { outcome: () => outcome, leave: () => caller.abort(), call };
  }

  const cases = silences.flatMap(([where, answer]) =>
    requests.map(([what, request, limitMs]) => [what, limitMs, where, request, answer] as const),
  );
  it.each(cases)('the client ends %s after %i ms of silence %s', async (_what, limitMs, _where, request, answer) => {
    const { outcome, leave, call } = await send(request, answer);
    // The clock has a resolution of a second.
    undiciClock.tick(limitMs - 2000);
    await readSockets();
    expect(outcome()).toBe('pending');
    expect(server.sockets[0]?.destroyed).toBe(false);
    undiciClock.tick(4000);
    await expect.poll(() => server.sockets[0]?.destroyed).toBe(true);
    // A read is sent again; the test does not wait for that.
    if (request.kind !== 'write') leave();
    expect(await call).toMatch(request.kind === 'write' ? /^TIMEOUT true$/ : /^(TIMEOUT|CALLER_LEFT) /);
  });

  it.each(unlimited)('the client does not end %s when the vendor is silent', async (_what, request) => {
    const { outcome } = await send(request, silences[2]?.[1] as RawAnswer);
    undiciClock.tick(500_000);
    await readSockets();
    expect(outcome()).toBe('pending');
    expect(server.sockets[0]?.destroyed).toBe(false);
  });
});
