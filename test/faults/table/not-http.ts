// Answers that are not HTTP, or that are too large.
import { httpAnswer } from '../../support/raw-server.ts';
import { HEAD, ONCE, READS_AGAIN, says, unknown, WELL, WORDS, type Fault, type Play } from './fault.ts';
import { OTHER_OMNI_ID } from './vendors.ts';

const sends =
  (text: string): Play =>
  ({ socket }) =>
    socket.write(text);

const OTHER_ROW = {
  looker: { name: 'other', dialect_name: 'postgres' },
  omni: { id: OTHER_OMNI_ID, name: 'other', dialect: 'postgres' },
  credible: { name: 'other', type: 'postgres' },
  chartbrew: { id: 8, name: 'other', type: 'postgres' },
};

const NOT_TAKEN = { outcomes: unknown('BAD_RESPONSE'), calls: ONCE };

export const notHttp: readonly Fault[] = [
  { name: 'it speaks SSH', play: ({ socket }) => socket.end(`SSH-2.0-${WORDS}\r\n`), ...NOT_TAKEN },
  { name: 'its status is no number', play: sends('HTTP/1.1 OK\r\n\r\n'), ...NOT_TAKEN },
  { name: 'a header has no name', play: sends(`${HEAD}: ${WORDS}\r\n\r\n`), ...NOT_TAKEN },
  { name: 'its head is huge', play: says(200, '[]', { 'x-more': WORDS.repeat(20_000) }), ...NOT_TAKEN },
  { name: 'its length is no number', play: sends(`${HEAD}content-length: ${WORDS}\r\n\r\n[]`), ...NOT_TAKEN },
  { name: 'its length is negative', play: sends(`${HEAD}content-length: -2\r\n\r\n[]`), ...NOT_TAKEN },
  {
    name: 'it tells two lengths',
    play: sends(`${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n[]`),
    ...NOT_TAKEN,
  },
  { name: 'a chunk has no length', play: sends(`${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n[]\r\n`), ...NOT_TAKEN },
  {
    name: 'its body is huge',
    play: ({ socket }) => socket.write(httpAnswer(200, `"${'7'.repeat(5_100_000)}"`)),
    ...NOT_TAKEN,
  },
  {
    name: 'its body is huge and told by no length',
    play: ({ socket }) => socket.end(`${HEAD}connection: close\r\n\r\n"${'7'.repeat(5_100_000)}"`),
    ...NOT_TAKEN,
  },
  {
    // The client takes this and the next one for a line that broke.
    name: 'it changes to another protocol',
    play: sends('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: words\r\n\r\n'),
    outcomes: unknown('CONNECT'),
    calls: READS_AGAIN,
  },
  {
    name: 'it asks to go on with what was sent whole',
    play: sends('HTTP/1.1 100 Continue\r\n\r\n'),
    outcomes: unknown('CONNECT'),
    calls: READS_AGAIN,
  },
  {
    name: 'it gives hints before its answer',
    play: ({ socket, well }) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </${WORDS}>\r\n\r\n${httpAnswer(200, well)}`),
    outcomes: WELL,
    calls: ONCE,
  },
  {
    // What nobody asked for must not be taken for the answer to the next request on that line.
    name: 'it answers twice',
    play: ({ socket, well, wellWith, vendor }) =>
      socket.write(httpAnswer(200, well) + httpAnswer(200, wellWith(OTHER_ROW[vendor]))),
    outcomes: WELL,
    calls: ONCE,
    healsAfter: true,
  },
];
