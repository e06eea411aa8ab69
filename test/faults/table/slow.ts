// Vendors that take a call and do not come to an end: only the deadline ends it. A read is given up there, and the line
// with it; a call that may kill Chartbrew's server is left to go on.
import { HEAD, ONCE, says, saysWell, unknown, WELL, type Fault, type Play } from './fault.ts';

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

/** Answers after a while what is written, or what is asked by id; to all else it says nothing. */
const saysOnly =
  (what: 'writes' | 'one', afterMs: number, answer: Play): Play =>
  (turn) => {
    const isWrite = turn.request.startsWith('POST ');
    const isList = /^GET \S*\/connections(\?\S*)? /.test(turn.request);
    if (what === 'writes' ? !isWrite : isWrite || isList) return;
    setTimeout(() => answer(turn), afterMs);
  };

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
    play: saysOnly('writes', LATE_MS, saysWell),
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), create: 'CreateConnectionSuccess orders' },
    calls: ONCE,
  },
  {
    name: 'it says late that a name is taken and then nothing',
    play: saysOnly('writes', LATE_MS, says(409)),
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), create: 'VendorUnavailableError BAD_RESPONSE 409' },
    calls: ONCE,
    except: { looker: { outcomes: { create: 'ConflictError' } }, credible: { outcomes: { create: 'ConflictError' } } },
  },
  {
    name: 'it says late that it knows no such one and then nothing',
    play: saysOnly('one', LATE_MS, says(404)),
    pace: 'hurried',
    outcomes: { ...unknown('TIMEOUT'), get: 'null' },
    calls: ONCE,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE TIMEOUT' }, calls: { get: 2 } } },
  },
  {
    name: 'its answer is slow but in time',
    play: (turn) => void setTimeout(() => saysWell(turn), 500),
    outcomes: WELL,
    calls: ONCE,
  },
];
