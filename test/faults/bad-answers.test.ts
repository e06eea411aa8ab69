// Each kind of bad answer of a vendor, sent from a bare socket, becomes a typed error. What the vendor said, which may contain
// secrets, is neither returned nor logged.
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { addressAt, startTestGateway, type Answer, type TestGateway, type VendorName } from '../support/gateway.ts';
import { createManualDeadline } from '../support/manual-deadline.ts';
import { httpAnswer, startRawServer, type RawAnswer, type RawServer } from '../support/raw-server.ts';

const ERROR = `__typename
  ... on Error { message requestId }
  ... on VendorError { instance { key } vendorStatus }
  ... on VendorUnavailableError { unavailable retryable }
  ... on RateLimitedError { retryAfterMs }`;
const QUERY = `query($instance: ID!, $id: ID!) {
  connections(filter: {instance: [$instance]}) { totalCount isComplete nodes { name } sources { error { ${ERROR} } } }
  connection(id: $id) { name }
}`;

const CANARY = '7Canary';

const says =
  (status: number, body = CANARY, headers: Record<string, string> = {}): RawAnswer =>
  (socket) =>
    socket.write(httpAnswer(status, body, headers));
const saysAndCloses =
  (text: string): RawAnswer =>
  (socket) =>
    socket.end(text);
const drips =
  (start: string): RawAnswer =>
  (socket) => {
    socket.write(start);
    const drip = setInterval(() => socket.write('7'), 50);
    socket.once('close', () => clearInterval(drip));
  };

const unavailable = (reason: string, vendorStatus: number | null = null) => ({
  __typename: 'VendorUnavailableError',
  unavailable: reason,
  vendorStatus,
  retryable: reason !== 'CREDENTIALS_REJECTED' && reason !== 'TLS',
});
const rateLimited = (retryAfterMs: number | null) => ({
  __typename: 'RateLimitedError',
  vendorStatus: 429,
  retryAfterMs,
});
const CODES: Readonly<Record<string, string>> = {
  VendorUnavailableError: 'VENDOR_UNAVAILABLE',
  RateLimitedError: 'RATE_LIMITED',
  PermissionError: 'PERMISSION_DENIED',
};

interface VendorFault {
  readonly __typename: string;
  readonly unavailable?: string;
  readonly retryAfterMs?: number | null;
}

const codeOf = ({ __typename: type }: VendorFault): string | undefined => CODES[type];
/** Returns the key of the instance to call: one with a short deadline where only the deadline ends the call. */
const keyFor = (vendor: VendorName, { unavailable: reason }: VendorFault): string =>
  reason === 'TIMEOUT' ? `hurried-${vendor}` : vendor;

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const SELDOM = 'Fri, 01 Jan 2100 00:00:00 GMT';

/** `tries`: how often each read is sent in all. Default: once. */
const faults: readonly (readonly [what: string, answer: RawAnswer, error: VendorFault, tries?: number])[] = [
  [
    'a page in HTML',
    says(200, `<html>${CANARY}</html>`, { 'content-type': 'text/html' }),
    unavailable('BAD_RESPONSE', 200),
  ],
  ['nothing', says(200, ''), unavailable('BAD_RESPONSE', 200)],
  ['no content', saysAndCloses('HTTP/1.1 204 No Content\r\n\r\n'), unavailable('BAD_RESPONSE', 204)],
  ['null', says(200, 'null'), unavailable('BAD_RESPONSE', 200)],
  ['a text', says(200, `"${CANARY}"`), unavailable('BAD_RESPONSE', 200)],
  ['another shape', says(200, `{"connections":"${CANARY}"}`), unavailable('BAD_RESPONSE', 200)],
  ['rows without names', says(200, `[{"type":"${CANARY}"}]`), unavailable('BAD_RESPONSE', 200)],
  ['JSON cut short', says(200, `[{"name":"${CANARY}"`), unavailable('BAD_RESPONSE', 200)],
  [
    'less than it announced',
    saysAndCloses(`${HEAD}content-length: 100\r\n\r\n[{"name":"${CANARY}"`),
    unavailable('BAD_RESPONSE', 200),
  ],
  [
    'chunks without an end',
    saysAndCloses(`${HEAD}transfer-encoding: chunked\r\n\r\n3\r\n[{"\r\n`),
    unavailable('BAD_RESPONSE', 200),
  ],
  ['more than 5 MB', says(200, `"${CANARY.repeat(720_000)}"`), unavailable('BAD_RESPONSE')],
  ['a huge header', says(200, '[]', { 'x-more': CANARY.repeat(20_000) }), unavailable('BAD_RESPONSE')],
  ['something that is not HTTP', saysAndCloses(`SSH-2.0-${CANARY}\r\n`), unavailable('BAD_RESPONSE')],
  [
    'a body that was packed unasked',
    (socket) => {
      const packed = gzipSync('[]');
      socket.write(`${HEAD}content-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`);
      socket.write(packed);
    },
    unavailable('BAD_RESPONSE', 200),
  ],
  ['a byte now and then', drips(`${HEAD}content-length: 100000\r\n\r\n`), unavailable('TIMEOUT')],
  ['a header that never ends', drips('HTTP/1.1 200 OK\r\nx-more: '), unavailable('TIMEOUT')],
  ['nothing at all', () => {}, unavailable('TIMEOUT')],
  ['by closing the line', (socket) => socket.end(), unavailable('CONNECT'), 3],
  ['by cutting the line', (socket: Socket) => socket.resetAndDestroy(), unavailable('CONNECT'), 3],
  ['500', says(500, `{"message":"${CANARY}"}`), unavailable('SERVER_ERROR', 500)],
  ['503 with seconds to wait', says(503, CANARY, { 'retry-after': '7' }), unavailable('SERVER_ERROR', 503)],
  ['502', says(502, CANARY), unavailable('SERVER_ERROR', 502), 3],
  ['504', says(504, CANARY), unavailable('SERVER_ERROR', 504), 3],
  ['400', says(400, `{"message":"${CANARY}"}`), unavailable('BAD_RESPONSE', 400)],
  ['401', says(401, `{"message":"${CANARY}"}`), unavailable('CREDENTIALS_REJECTED', 401)],
  ['403', says(403, `{"message":"${CANARY}"}`), { __typename: 'PermissionError' }],
  ['429 with seconds to wait', says(429, CANARY, { 'retry-after': '7' }), rateLimited(7000)],
  ['429 with a day to wait', says(429, CANARY, { 'retry-after': '86400' }), rateLimited(3_600_000)],
  [
    '429 with a date long past',
    says(429, CANARY, { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }),
    rateLimited(0),
    3,
  ],
  ['429 with a date far ahead', says(429, CANARY, { 'retry-after': SELDOM }), rateLimited(3_600_000)],
  ['429 with no word on when', says(429), rateLimited(null)],
  ['429 with a word for when', says(429, CANARY, { 'retry-after': `soon ${CANARY}` }), rateLimited(null)],
  ['429 with less than nothing to wait', says(429, CANARY, { 'retry-after': '-7' }), rateLimited(null)],
];

const idOf = (key: string, vendorId: string) => Buffer.from(`v1:c:${key}:${vendorId}`).toString('base64url');

const LIMITS = { limits: { listMb: 5 } };
const ALL_CALLS = (limitMs: number) => ({ connectMs: limitMs, listMs: limitMs, readMs: limitMs, writeMs: limitMs });

interface Played {
  readonly raw: RawServer;
  readonly test: TestGateway;
  readonly ask: (instance: string, vendorId: string) => Promise<Answer>;
}

/**
 * Calls `use` with a gateway whose instances lead to a vendor with these answers. Each test has its own gateway, so that the state that one
 * fault leaves in a gateway does not change the next test.
 */
async function withVendor(vendorAnswer: RawAnswer, use: (played: Played) => Promise<void>): Promise<void> {
  const raw = await startRawServer();
  const deadline = createManualDeadline();
  raw.answer = (socket, request) => {
    vendorAnswer(socket, request);
    // The list and the connection. Looker's are behind one login.
    if (raw.requests.length >= (request.includes('/login') ? 1 : 2)) deadline.end();
  };
  const test = await startTestGateway({
    instances: (sandbox) =>
      sandbox.flatMap((instance) => {
        const baseUrl = addressAt(raw.origin, instance);
        return [
          { ...instance, ...LIMITS, baseUrl, timeouts: ALL_CALLS(60_000) },
          { ...instance, ...LIMITS, baseUrl, key: `hurried-${instance.key}`, timeouts: ALL_CALLS(deadline.durationMs) },
        ];
      }),
  });
  const ask = async (instance: string, vendorId: string) => {
    const answer = await test.ask(QUERY, { instance, id: idOf(instance, vendorId) });
    expect(answer.text + test.log.join('')).not.toMatch(/7canary/i);
    return answer;
  };
  try {
    await use({ raw, test, ask });
  } finally {
    await test.close();
    await raw.close();
  }
}

// Most of these tests wait for a deadline or between two attempts.
describe.concurrent('answers of a vendor', () => {
  it.each<[string, RawAnswer, VendorFault, number]>(
    faults.map(([what, answer, error, tries = 1]) => [what, answer, error, tries]),
  )(
    'the list and the read of a connection each report an error when the vendor answers with %s',
    async (_what, vendorAnswer, error, tries) =>
      withVendor(vendorAnswer, async ({ raw, test, ask }) => {
        const key = keyFor('credible', error);
        const { data, errors, headers } = await ask(key, 'orders');
        const requestId = headers.get('x-request-id');
        expect(data.connections).toMatchObject({ totalCount: null, isComplete: false, nodes: [] });
        expect(data.connections.sources).toHaveLength(1);
        expect(data.connections.sources[0].error).toMatchObject({ ...error, requestId, instance: { key } });
        expect(data.connection).toBeNull();
        expect(errors).toHaveLength(1);
        expect(errors?.[0]).toMatchObject({ path: ['connection'], message: data.connections.sources[0].error.message });
        expect(errors?.[0]?.extensions).toEqual({
          code: codeOf(error),
          instance: key,
          requestId,
          ...('unavailable' in error && { unavailable: error.unavailable }),
          ...('retryAfterMs' in error && { retryAfterMs: error.retryAfterMs }),
        });
        // The log has the class and the status of each failure, and no text of the vendor.
        const { __typename: errorClass, vendorStatus } = data.connections.sources[0].error;
        const line = { level: 50, time: expect.any(String), msg: 'vendor failed' };
        const logged = { ...line, requestId, errorClass, instance: key, vendorStatus };
        expect(test.log.map((text) => JSON.parse(text))).toEqual([logged, logged]);
        // The gateway asks for an uncompressed body, and repeats only failures that may be temporary.
        const path = '/api/v0/organizations/acme/projects/analytics/connections';
        const paths = new Set(raw.requests.map((request) => request.split(' ')[1]));
        expect(raw.requests).toHaveLength(2 * tries);
        expect(paths).toEqual(new Set([path, `${path}/orders`]));
        for (const request of raw.requests) expect(request).toMatch(/^accept-encoding: identity\r$/m);
      }),
  );

  it.each<[string, RawAnswer, string]>([
    ['a huge header', says(200, '[]', { 'x-more': CANARY.repeat(20_000) }), 'sent an answer that is too large'],
    ['a text that is not HTTP', saysAndCloses('SSH-2.0-x\r\n'), 'did not answer in HTTP; check the base URL'],
    ['half an answer', saysAndCloses(`${HEAD}content-length: 100\r\n\r\n[`), 'broke off its answer'],
    ['the end of the connection', (socket) => socket.end(), 'broke off the connection'],
    ['a reset of the connection', (socket: Socket) => socket.resetAndDestroy(), 'broke off the connection'],
  ])('the message says what failed after %s', async (_what, vendorAnswer, problem) =>
    withVendor(vendorAnswer, async ({ ask }) => {
      const { data } = await ask('credible', 'orders');
      expect(data.connections.sources[0].error.message).toBe(`Credible (sandbox) ${problem}.`);
    }),
  );

  it.each([301, 302, 303, 307, 308])('a redirect (%i) to another server is not followed', async (status) => {
    const otherServer = await startRawServer();
    const redirects = says(status, CANARY, { location: `${otherServer.origin}/${CANARY}` });
    await withVendor(redirects, async ({ ask }) => {
      const { data, errors } = await ask('credible', 'orders');
      expect(data.connections.sources[0].error).toMatchObject({
        ...unavailable('BAD_RESPONSE', status),
        message: 'Credible (sandbox) answered with a redirect, which is not followed; check the base URL.',
      });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'VENDOR_UNAVAILABLE', unavailable: 'BAD_RESPONSE' });
    });
    expect(otherServer.sockets).toEqual([]);
    await otherServer.close();
  });

  it('404 is an error of the list, and the connection is null without an error', async () =>
    withVendor(says(404), async ({ ask }) => {
      const { data, errors } = await ask('credible', 'orders');
      expect(data.connections.sources[0].error).toMatchObject(unavailable('BAD_RESPONSE', 404));
      expect(data.connection).toBeNull();
      expect(errors).toBeUndefined();
    }));

  it('an answer with a byte order mark and unknown fields is understood', async () => {
    const row = `{"name":"orders","type":"postgres","more":{"deep":["${CANARY}"]}}`;
    const answersRow: RawAnswer = (socket, request) => {
      const body = `\u{FEFF}${request.includes('/orders') ? row : `[${row}]`}`;
      says(200, body, { 'content-type': 'text/plain' })(socket, request);
    };
    await withVendor(answersRow, async ({ ask }) => {
      const { data, errors } = await ask('credible', 'orders');
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        connections: { isComplete: true, totalCount: 1, nodes: [{ name: 'orders' }] },
        connection: { name: 'orders' },
      });
    });
  });

  const UUID = '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21';
  const notFound = `{"message":"Not found","documentation_url":"${CANARY}"}`;
  const noToken = `{"detail":"Invalid bearer token ${CANARY}","status":403}`;
  it.each([
    ['omni', UUID, 'a failure with the status 200', says(200, `{"success":false}`), unavailable('BAD_RESPONSE', 200)],
    ['omni', UUID, '403 for its key', says(403, noToken), unavailable('CREDENTIALS_REJECTED', 403)],
    ['omni', UUID, '403', says(403, `{"detail":"${CANARY}"}`), { __typename: 'PermissionError', vendorStatus: 403 }],
    ['omni', UUID, '429', says(429, CANARY, { 'retry-after': '60' }), rateLimited(60_000)],
    ['looker', 'orders', 'a login page', says(200, `<html>${CANARY}`), unavailable('BAD_RESPONSE', 200)],
    ['looker', 'orders', 'no access at login', says(404, notFound), unavailable('CREDENTIALS_REJECTED', 404)],
    ['looker', 'orders', '404 of another server at login', says(404, CANARY), unavailable('BAD_RESPONSE', 404)],
    ['looker', 'orders', 'a redirect at login', says(302, CANARY), unavailable('BAD_RESPONSE', 302)],
    ['looker', 'orders', 'silence at login', () => {}, unavailable('TIMEOUT')],
    ['looker', 'orders', 'a closed connection at login', (socket: Socket) => socket.end(), unavailable('CONNECT')],
    ['chartbrew', '7', 'a page in HTML', says(200, `<html>${CANARY}`), unavailable('BAD_RESPONSE', 200)],
    ['chartbrew', '7', '502', says(502, `<html>${CANARY}`), unavailable('SERVER_ERROR', 502)],
    ['chartbrew', '7', 'silence', () => {}, unavailable('TIMEOUT')],
  ] as const)(
    'at %s, the list and the read of the connection %s each report an error when the vendor answers with %s',
    async (vendor, vendorId, _what, answer, error) =>
      withVendor(answer, async ({ ask }) => {
        const key = keyFor(vendor, error);
        const { data, errors } = await ask(key, vendorId);
        expect(data.connections.sources[0].error).toMatchObject({ ...error, instance: { key } });
        expect(data.connection).toBeNull();
        expect(errors?.map(({ extensions }) => extensions['code'])).toEqual([codeOf(error)]);
      }),
  );

  const halfAnAnswer = saysAndCloses(`${HEAD}content-length: 100\r\n\r\n{"name":"${CANARY}`);
  it('the outcome of a create is unknown after half an answer', async () =>
    withVendor(halfAnAnswer, async ({ test }) => {
      const { data, text } = await test.ask(
        'mutation($i: CreateConnectionInput!) { createConnection(input: $i) { __typename ... on Error { message } } }',
        { i: { instance: 'credible', name: 'orders', config: { postgres: { host: 'db.example', password: CANARY } } } },
      );
      expect(data.createConnection).toEqual({
        __typename: 'OutcomeUnknownError',
        message: 'Credible (sandbox) broke off its answer after the request was sent. The change may have been made.',
      });
      expect(text).not.toMatch(/7canary/i);
    }));
});
