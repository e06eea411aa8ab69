// Connections that break before, within or after an answer, once or each time.
import {
  afterPolls,
  endAndWait,
  HEAD,
  ONCE,
  once,
  READS_AGAIN,
  READS_TWICE,
  tests,
  unknown,
  WELL,
  writes,
  type Fault,
  type Outcomes,
  type Play,
} from './fault.ts';

const resets: Play = ({ socket }) => socket.resetAndDestroy();
const closes: Play = ({ socket }) => socket.end();
const saysAndCloses =
  (start: string): Play =>
  ({ socket }) =>
    socket.end(start);
const saysAndResets =
  (start: (well: string) => string): Play =>
  ({ socket, well }) =>
    // A reset discards what the gateway has not read yet.
    socket.write(start(well), () => afterPolls(() => socket.resetAndDestroy()));

const half = (well: string): string => `${HEAD}content-length: ${well.length}\r\n\r\n${well.slice(0, well.length / 2)}`;
const whole = (well: string): string => `${HEAD}content-length: ${well.length}\r\n\r\n${well}`;

const BROKEN = { outcomes: unknown('CONNECT'), calls: READS_AGAIN };
const CUT_SHORT = { outcomes: unknown('BAD_RESPONSE', 200), calls: ONCE };
/** A read is retried. A write has an unknown outcome, and a test is not retried. */
const READS_HEALED: Outcomes = {
  ...WELL,
  ...writes('OutcomeUnknownError'),
  ...tests('VendorUnavailableError CONNECT'),
};

export const cut: readonly Fault[] = [
  { name: 'it closes the line in place of an answer', play: closes, ...BROKEN },
  { name: 'it cuts the line in place of an answer', play: resets, ...BROKEN },
  { name: 'it closes the line within the head', play: saysAndCloses('HTTP/1.1 200 OK\r\ncontent-ty'), ...BROKEN },
  { name: 'it cuts the line within the head', play: saysAndResets(() => 'HTTP/1.1 200 OK\r\ncontent-ty'), ...BROKEN },
  {
    name: 'it cuts the line after the head',
    play: saysAndResets(() => `${HEAD}content-length: 100\r\n\r\n`),
    ...CUT_SHORT,
  },
  { name: 'it cuts the line within the body', play: saysAndResets(half), ...CUT_SHORT },
  { name: 'it sends less than it announced', play: ({ socket, well }) => socket.end(half(well)), ...CUT_SHORT },
  {
    name: 'its chunks have no end',
    play: saysAndCloses(`${HEAD}transfer-encoding: chunked\r\n\r\n3\r\n[{"\r\n`),
    ...CUT_SHORT,
  },
  { name: 'it cuts the line after its answer', play: saysAndResets(whole), outcomes: WELL, calls: ONCE },
  { name: 'it closes the line once', play: once(closes), outcomes: READS_HEALED, calls: READS_TWICE },
  { name: 'it cuts the line once', play: once(resets), outcomes: READS_HEALED, calls: READS_TWICE },
  {
    name: 'a line that was kept has died',
    first: async (server) => {
      await Promise.all(server.sockets.map(endAndWait));
    },
    outcomes: WELL,
    calls: ONCE,
  },
  {
    name: 'a line that was kept dies under the next request',
    first: async () => {},
    play: once(resets),
    outcomes: READS_HEALED,
    calls: READS_TWICE,
  },
  {
    name: 'it starts anew within its answer',
    play: once(({ socket, server, well }) =>
      socket.write(half(well), () => afterPolls(() => void server.stop().then(() => server.start()))),
    ),
    ...CUT_SHORT,
    healsAfter: true,
  },
];
