// Vendors that accept a call and never finish their answer: only the deadline ends the call. The gateway then closes the
// connection, except for a call whose abort may crash Chartbrew's server.
import { down, HEAD, NOT_FOUND, ONCE, says, saysWell, unknown, WELL, writes, type Fault, type Play } from './fault.ts';
import type { OperationName } from './operations.ts';

/** The pause between two pieces of an answer. */
const DRIP_MS = 20;
/** The time from the start of a fault to the deadline: a few pieces are sent, and another attempt would be seen. */
const UNTIL_DEADLINE_MS = 100;

/** Plays a fault and passes the deadline a moment later. */
const untilDeadline =
  (play: Play): Play =>
  (turn) => {
    play(turn);
    setTimeout(turn.passDeadline, UNTIL_DEADLINE_MS);
  };

/** Sends nothing until the deadline. */
export const saysNothing = untilDeadline(() => {});

/** Sends a beginning at once, and another piece every few milliseconds until the gateway closes the connection. */
const drips =
  (start: string, drop: string): Play =>
  ({ socket }) => {
    socket.write(start);
    const drip = setInterval(() => socket.write(drop), DRIP_MS);
    socket.once('close', () => clearInterval(drip));
  };

/** Answers the first request of these operations. Every other request gets no answer until the deadline. */
const answersOnlyFirst =
  (operations: readonly OperationName[], answer: Play): Play =>
  (turn) =>
    (turn.nth === 1 && operations.includes(turn.operation) ? answer : saysNothing)(turn);

const WRITES = ['create', 'update', 'delete'] as const;
const TAKEN = writes('VendorUnavailableError BAD_RESPONSE 409');

const silent = (name: string, play: Play): Fault => ({
  name,
  play: untilDeadline(play),
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
      turn.passDeadline();
      setTimeout(() => {
        if (!turn.socket.destroyed) saysWell(turn);
      }, UNTIL_DEADLINE_MS);
    },
    pace: 'hurried',
    outcomes: unknown('TIMEOUT'),
    calls: ONCE,
  },
  // Further requests of the same operation share its deadline.
  {
    name: 'it answers a write and then nothing more',
    play: answersOnlyFirst(WRITES, saysWell),
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
    name: 'it says that a name is taken and then nothing more',
    play: answersOnlyFirst(WRITES, says(409)),
    lasts: true,
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), ...TAKEN },
    calls: ONCE,
    except: { looker: { outcomes: { create: 'ConflictError' } }, credible: { outcomes: { create: 'ConflictError' } } },
  },
  {
    name: 'it says that the connection does not exist and then nothing more',
    play: answersOnlyFirst(['get', 'update', 'delete', 'test'], says(404)),
    lasts: true,
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), ...NOT_FOUND },
    calls: ONCE,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE TIMEOUT' }, calls: { get: 2 } } },
  },
  {
    // The read that checks whether a write was carried out shares the deadline of the write.
    name: 'it fails and then says nothing more',
    play: answersOnlyFirst(['list', 'get', ...WRITES, 'test', 'testConfig'], says(500)),
    lasts: true,
    pace: 'hurried',
    outcomes: { ...down('SERVER_ERROR', 500), ...writes('OutcomeUnknownError 500') },
    calls: ONCE,
  },
  {
    name: 'its answer is slow but in time',
    play: (turn) => void setTimeout(() => saysWell(turn), 300),
    outcomes: WELL,
    calls: ONCE,
  },
];
