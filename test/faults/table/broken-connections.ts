// Connections that break before, within or after an answer, once or each time.
import {
  afterSocketsWereRead,
  closeAndWait,
  HEAD,
  ONE_CALL,
  firstRequestOnly,
  THREE_READS,
  TWO_READS,
  forTests,
  unknownOutcome,
  NORMAL_OUTCOMES,
  forWrites,
  type Fault,
  type Outcomes,
  type Behavior,
} from './fault.ts';

const resets: Behavior = ({ socket }) => socket.resetAndDestroy();
const closes: Behavior = ({ socket }) => socket.end();
const sendsAndCloses =
  (start: string): Behavior =>
  ({ socket }) =>
    socket.end(start);
const sendsAndResets =
  (start: (body: string) => string): Behavior =>
  ({ socket, healthyAnswer }) =>
    // A reset discards what the gateway has not read yet.
    socket.write(start(healthyAnswer), () => afterSocketsWereRead(() => socket.resetAndDestroy()));

const halfOf = (body: string): string =>
  `${HEAD}content-length: ${body.length}\r\n\r\n${body.slice(0, body.length / 2)}`;
const wholeOf = (body: string): string => `${HEAD}content-length: ${body.length}\r\n\r\n${body}`;

const BROKEN = { outcomes: unknownOutcome('CONNECT'), calls: THREE_READS };
const CUT_SHORT = { outcomes: unknownOutcome('BAD_RESPONSE', 200), calls: ONE_CALL };
/** A read is retried. A write has an unknown outcome, and a test is not retried. */
const HEALED_READS: Outcomes = {
  ...NORMAL_OUTCOMES,
  ...forWrites('OutcomeUnknownError'),
  ...forTests('VendorUnavailableError CONNECT'),
};

export const brokenConnections: readonly Fault[] = [
  { name: 'it closes the connection instead of answering', behavior: closes, ...BROKEN },
  { name: 'it resets the connection instead of answering', behavior: resets, ...BROKEN },
  {
    name: 'it closes the connection within the head',
    behavior: sendsAndCloses('HTTP/1.1 200 OK\r\ncontent-ty'),
    ...BROKEN,
  },
  {
    name: 'it resets the connection within the head',
    behavior: sendsAndResets(() => 'HTTP/1.1 200 OK\r\ncontent-ty'),
    ...BROKEN,
  },
  {
    name: 'it resets the connection after the head',
    behavior: sendsAndResets(() => `${HEAD}content-length: 100\r\n\r\n`),
    ...CUT_SHORT,
  },
  { name: 'it resets the connection within the body', behavior: sendsAndResets(halfOf), ...CUT_SHORT },
  {
    name: 'it sends less than it announced',
    behavior: ({ socket, healthyAnswer }) => socket.end(halfOf(healthyAnswer)),
    ...CUT_SHORT,
  },
  {
    name: 'its chunks have no end',
    behavior: sendsAndCloses(`${HEAD}transfer-encoding: chunked\r\n\r\n3\r\n[{"\r\n`),
    ...CUT_SHORT,
  },
  {
    name: 'it resets the connection after its answer',
    behavior: sendsAndResets(wholeOf),
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
  {
    name: 'it closes the connection once',
    behavior: firstRequestOnly(closes),
    outcomes: HEALED_READS,
    calls: TWO_READS,
  },
  {
    name: 'it resets the connection once',
    behavior: firstRequestOnly(resets),
    outcomes: HEALED_READS,
    calls: TWO_READS,
  },
  {
    name: 'an idle connection was closed',
    beforeOperation: async (server) => {
      await Promise.all(server.sockets.map(closeAndWait));
    },
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
  {
    name: 'an idle connection is reset by the next request',
    beforeOperation: async () => {},
    behavior: firstRequestOnly(resets),
    outcomes: HEALED_READS,
    calls: TWO_READS,
  },
  {
    name: 'it restarts within its answer',
    behavior: firstRequestOnly(({ socket, server, healthyAnswer }) =>
      socket.write(halfOf(healthyAnswer), () =>
        afterSocketsWereRead(() => void server.stop().then(() => server.start())),
      ),
    ),
    ...CUT_SHORT,
    healsAfter: true,
  },
];
