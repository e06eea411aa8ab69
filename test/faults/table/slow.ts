// Vendors that take a call and do not come to an end: only the deadline ends it. A read is given up there, and the line
// with it; a call that may kill Chartbrew's server is left to go on.
import { down, HEAD, NOT_FOUND, ONCE, says, saysWell, unknown, WELL, writes, type Fault, type Play } from './fault.ts';
import type { OperationName } from './operations.ts';

const EVERY_MS = 100;
/** Leaves less time than another call may take. */
const LATE_MS = 700;

/** Sends a beginning at once, and a bit more now and then until the gateway hangs up. */
const drips =
  (start: string, drop: string): Play =>
  ({ socket }) => {
    socket.write(start);
    const drip = setInterval(() => socket.write(drop), EVERY_MS);
    socket.once('close', () => clearInterval(drip));
  };

/** Answers after a while the first thing that these operations ask; to all else it says nothing. */
const saysOnly =
  (operations: readonly OperationName[], afterMs: number, answer: Play): Play =>
  (turn) => {
    if (turn.nth === 1 && operations.includes(turn.operation)) setTimeout(() => answer(turn), afterMs);
  };

const WRITES = ['create', 'update', 'delete'] as const;
const TAKEN = writes('VendorUnavailableError BAD_RESPONSE 409');

const silent = (name: string, play: Play): Fault => ({
  name,
  play,
  pace: 'hurried',
  keepsLine: true,
  outcomes: unknown('TIMEOUT'),
  calls: ONCE,
});

export const slow: readonly Fault[] = [
  silent('it never answers', () => {}),
  silent('its head comes in drops', drips('HTTP/1.1 200 OK\r\nx-more: ', '7')),
  silent('its head comes in drops of one header each', drips('HTTP/1.1 200 OK\r\n', 'x-more: 7\r\n')),
  silent('it sends empty lines and no answer', drips('\r\n', '\r\n')),
  silent('its body stalls', ({ socket, well }) => socket.write(`${HEAD}content-length: 5000\r\n\r\n${well}`)),
  silent('its body comes a byte at a time', drips(`${HEAD}content-length: 5000\r\n\r\n`, ' ')),
  silent('its body comes in chunks without an end', drips(`${HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n')),
  silent('its answer has no end that is told', drips(`${HEAD}\r\n`, ' ')),
  {
    name: 'its answer comes too late',
    play: (turn) => {
      const late = setTimeout(() => saysWell(turn), 4000);
      turn.socket.once('close', () => clearTimeout(late));
    },
    pace: 'hurried',
    outcomes: unknown('TIMEOUT'),
    calls: ONCE,
  },
  // What else the gateway asks for its answer must fit into the time that is left.
  {
    name: 'it takes a write late and then says nothing',
    play: saysOnly(WRITES, LATE_MS, saysWell),
    lasts: true,
    pace: 'hurried',
    outcomes: {
      ...unknown('TIMEOUT'),
      create: 'CreateConnectionSuccess orders',
      update: 'UpdateConnectionSuccess orders',
      delete: 'DeleteConnectionSuccess',
    },
    calls: ONCE,
  },
  {
    name: 'it says late that a name is taken and then nothing',
    play: saysOnly(WRITES, LATE_MS, says(409)),
    lasts: true,
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), ...TAKEN },
    calls: ONCE,
    except: { looker: { outcomes: { create: 'ConflictError' } }, credible: { outcomes: { create: 'ConflictError' } } },
  },
  {
    name: 'it says late that it knows no such one and then nothing',
    play: saysOnly(['get', 'update', 'delete', 'test'], LATE_MS, says(404)),
    lasts: true,
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), ...NOT_FOUND },
    calls: ONCE,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE TIMEOUT' }, calls: { get: 2 } } },
  },
  {
    // The look whether a write was done has no more time than the write has left.
    name: 'it fails late and then says nothing',
    play: saysOnly(['list', 'get', ...WRITES, 'test', 'testConfig'], LATE_MS, says(500)),
    lasts: true,
    pace: 'hurried',
    outcomes: { ...down('SERVER_ERROR', 500), ...writes('OutcomeUnknownError 500') },
    calls: ONCE,
  },
  {
    name: 'its answer is slow but in time',
    play: (turn) => void setTimeout(() => saysWell(turn), 500),
    outcomes: WELL,
    calls: ONCE,
  },
];
