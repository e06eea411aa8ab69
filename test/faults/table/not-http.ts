// Answers that are not HTTP, or that are too large.
import { httpAnswer } from '../../support/raw-server.ts';
import {
  HEAD,
  ONE_CALL,
  THREE_READS,
  answerWith,
  unknownOutcome,
  NORMAL_OUTCOMES,
  VENDOR_TEXT,
  type Fault,
  type Behavior,
} from './fault.ts';
import { OTHER_OMNI_ID } from './vendors.ts';

const sendsText =
  (text: string): Behavior =>
  ({ socket }) =>
    socket.write(text);

const OTHER_ROW = {
  looker: { name: 'other', dialect_name: 'postgres' },
  omni: { id: OTHER_OMNI_ID, name: 'other', dialect: 'postgres' },
  credible: { name: 'other', type: 'postgres' },
  chartbrew: { id: 8, name: 'other', type: 'postgres' },
};

const REJECTED_ANSWER = { outcomes: unknownOutcome('BAD_RESPONSE'), calls: ONE_CALL };

export const notHttp: readonly Fault[] = [
  { name: 'it speaks SSH', behavior: ({ socket }) => socket.end(`SSH-2.0-${VENDOR_TEXT}\r\n`), ...REJECTED_ANSWER },
  { name: 'its status is no number', behavior: sendsText('HTTP/1.1 OK\r\n\r\n'), ...REJECTED_ANSWER },
  { name: 'a header has no name', behavior: sendsText(`${HEAD}: ${VENDOR_TEXT}\r\n\r\n`), ...REJECTED_ANSWER },
  {
    name: 'its head is huge',
    behavior: answerWith(200, '[]', { 'x-more': VENDOR_TEXT.repeat(20_000) }),
    ...REJECTED_ANSWER,
  },
  {
    name: 'its length is no number',
    behavior: sendsText(`${HEAD}content-length: ${VENDOR_TEXT}\r\n\r\n[]`),
    ...REJECTED_ANSWER,
  },
  { name: 'its length is negative', behavior: sendsText(`${HEAD}content-length: -2\r\n\r\n[]`), ...REJECTED_ANSWER },
  {
    name: 'its head has two different lengths',
    behavior: sendsText(`${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n[]`),
    ...REJECTED_ANSWER,
  },
  {
    name: 'a chunk has no length',
    behavior: sendsText(`${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n[]\r\n`),
    ...REJECTED_ANSWER,
  },
  {
    name: 'its body is huge',
    behavior: ({ socket }) => socket.write(httpAnswer(200, `"${'7'.repeat(5_100_000)}"`)),
    ...REJECTED_ANSWER,
  },
  {
    name: 'its body is huge and its head has no length',
    behavior: ({ socket }) => socket.end(`${HEAD}connection: close\r\n\r\n"${'7'.repeat(5_100_000)}"`),
    ...REJECTED_ANSWER,
  },
  {
    // The HTTP client treats this fault and the next one as a broken connection.
    name: 'it switches to another protocol',
    behavior: sendsText('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: words\r\n\r\n'),
    outcomes: unknownOutcome('CONNECT'),
    calls: THREE_READS,
  },
  {
    name: 'it answers 100 Continue to a complete request',
    behavior: sendsText('HTTP/1.1 100 Continue\r\n\r\n'),
    outcomes: unknownOutcome('CONNECT'),
    calls: THREE_READS,
  },
  {
    name: 'it sends 103 Early Hints before its answer',
    behavior: ({ socket, healthyAnswer }) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: </${VENDOR_TEXT}>\r\n\r\n${httpAnswer(200, healthyAnswer)}`),
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
  {
    // The second answer must not be used for the next request on that connection.
    name: 'it answers twice',
    behavior: ({ socket, healthyAnswer, healthyAnswerWith, vendor }) =>
      socket.write(httpAnswer(200, healthyAnswer) + httpAnswer(200, healthyAnswerWith(OTHER_ROW[vendor]))),
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
    healsAfter: true,
  },
];
