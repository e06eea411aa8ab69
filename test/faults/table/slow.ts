// Vendors that accept a call and never finish their answer: only the deadline ends the call. The gateway then closes the
// connection, except for a call whose abort may crash Chartbrew's server.
import {
  unavailable,
  HEAD,
  NOT_FOUND,
  ONE_CALL,
  answerWith,
  answerHealthy,
  unknownOutcome,
  NORMAL_OUTCOMES,
  forWrites,
  type Fault,
  type Behavior,
} from './fault.ts';
import type { OperationName } from './operations.ts';

/** The pause between two pieces of an answer. */
const PIECE_PAUSE_MS = 20;
/** The time from the start of a fault to the deadline: a few pieces are sent, and another attempt would be seen. */
const UNTIL_DEADLINE_MS = 100;

/** Applies a behavior and ends the deadline a moment later. */
const untilDeadline =
  (behavior: Behavior): Behavior =>
  (context) => {
    behavior(context);
    setTimeout(context.passDeadline, UNTIL_DEADLINE_MS);
  };

/** Sends nothing until the deadline. */
export const neverAnswers = untilDeadline(() => {});

/** Sends a beginning at once, and another piece every few milliseconds until the gateway closes the connection. */
const sendsSlowly =
  (start: string, piece: string): Behavior =>
  ({ socket }) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(piece), PIECE_PAUSE_MS);
    socket.once('close', () => clearInterval(timer));
  };

/** Answers the first request of these operations. Every other request gets no answer until the deadline. */
const answersOnlyFirst =
  (operations: readonly OperationName[], answer: Behavior): Behavior =>
  (context) =>
    (context.nth === 1 && operations.includes(context.operation) ? answer : neverAnswers)(context);

const WRITES = ['create', 'update', 'delete'] as const;
const NAME_TAKEN = forWrites('VendorUnavailableError BAD_RESPONSE 409');

const timingOut = (name: string, behavior: Behavior): Fault => ({
  name,
  behavior: untilDeadline(behavior),
  pace: 'hurried',
  leavesConnectionOpen: true,
  outcomes: unknownOutcome('TIMEOUT'),
  calls: ONE_CALL,
});

export const slow: readonly Fault[] = [
  timingOut('it never answers', () => {}),
  timingOut('its head arrives byte by byte', sendsSlowly('HTTP/1.1 200 OK\r\nx-more: ', '7')),
  timingOut('its head arrives header by header without an end', sendsSlowly('HTTP/1.1 200 OK\r\n', 'x-more: 7\r\n')),
  timingOut('it sends empty lines and no answer', sendsSlowly('\r\n', '\r\n')),
  timingOut('its body stalls', ({ socket, healthyAnswer }) =>
    socket.write(`${HEAD}content-length: 5000\r\n\r\n${healthyAnswer}`),
  ),
  timingOut('its body arrives byte by byte', sendsSlowly(`${HEAD}content-length: 5000\r\n\r\n`, ' ')),
  timingOut(
    'its body arrives in chunks without an end',
    sendsSlowly(`${HEAD}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
  ),
  timingOut('its body has no length and no end', sendsSlowly(`${HEAD}\r\n`, ' ')),
  {
    name: 'its answer comes too late',
    behavior: (context) => {
      context.passDeadline();
      setTimeout(() => {
        if (!context.socket.destroyed) answerHealthy(context);
      }, UNTIL_DEADLINE_MS);
    },
    pace: 'hurried',
    outcomes: unknownOutcome('TIMEOUT'),
    calls: ONE_CALL,
  },
  // Further requests of the same operation share its deadline.
  {
    name: 'it answers a write and no later request',
    behavior: answersOnlyFirst(WRITES, answerHealthy),
    affectsLaterRequests: true,
    pace: 'hurried',
    outcomes: {
      ...unknownOutcome('TIMEOUT'),
      create: 'CreateConnectionSuccess orders',
      update: 'UpdateConnectionSuccess orders',
      delete: 'DeleteConnectionSuccess',
    },
    calls: ONE_CALL,
  },
  {
    name: 'it answers 409 and no later request',
    behavior: answersOnlyFirst(WRITES, answerWith(409)),
    affectsLaterRequests: true,
    pace: 'hurried',
    outcomes: { ...unknownOutcome('TIMEOUT'), ...NAME_TAKEN },
    calls: ONE_CALL,
    except: { looker: { outcomes: { create: 'ConflictError' } }, credible: { outcomes: { create: 'ConflictError' } } },
  },
  {
    name: 'it answers 404 and no later request',
    behavior: answersOnlyFirst(['get', 'update', 'delete', 'test'], answerWith(404)),
    affectsLaterRequests: true,
    pace: 'hurried',
    outcomes: { ...unknownOutcome('TIMEOUT'), ...NOT_FOUND },
    calls: ONE_CALL,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE TIMEOUT' }, calls: { get: 2 } } },
  },
  {
    // The read that checks whether a write was carried out shares the deadline of the write.
    name: 'it answers 500 and no later request',
    behavior: answersOnlyFirst(['list', 'get', ...WRITES, 'test', 'testConfig'], answerWith(500)),
    affectsLaterRequests: true,
    pace: 'hurried',
    outcomes: { ...unavailable('SERVER_ERROR', 500), ...forWrites('OutcomeUnknownError 500') },
    calls: ONE_CALL,
  },
  {
    name: 'its answer is slow but in time',
    behavior: (context) => void setTimeout(() => answerHealthy(context), 300),
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
];
