// Faults of the read before a change or a test, and operations that a vendor does not support. Nothing was carried out.
import {
  unavailable,
  HEAD,
  NO_CALLS,
  NOT_FOUND,
  answerWith,
  forTests,
  NORMAL_OUTCOMES,
  VENDOR_TEXT,
  forWrites,
  type Fault,
  type Behavior,
} from './fault.ts';
import { neverAnswers } from './slow.ts';

type FaultDetails = Pick<Fault, 'outcomes'> & Partial<Fault>;

const fault = (name: string, behavior: Behavior, details: FaultDetails): Fault => ({
  name: `the read before the operation gets ${name}`,
  appliesTo: 'readBefore',
  isFor: (operation) => operation === 'update' || operation === 'test',
  behavior,
  calls: NO_CALLS,
  ...details,
});

export const readBeforeChange: readonly Fault[] = [
  fault('500', answerWith(500), { outcomes: unavailable('SERVER_ERROR', 500) }),
  fault('503', answerWith(503), { outcomes: unavailable('SERVER_ERROR', 503) }),
  fault('404', answerWith(404), {
    outcomes: { ...NORMAL_OUTCOMES, ...NOT_FOUND },
    except: { omni: { outcomes: { update: 'VendorUnavailableError BAD_RESPONSE 404' } } },
  }),
  fault('403', answerWith(403), {
    outcomes: { ...NORMAL_OUTCOMES, ...forWrites('PermissionError 403'), ...forTests('PermissionError 403') },
  }),
  fault('a page in HTML', answerWith(200, `<html>${VENDOR_TEXT}</html>`), {
    outcomes: unavailable('BAD_RESPONSE', 200),
  }),
  fault('a closed connection', ({ socket }) => socket.end(), { outcomes: unavailable('CONNECT') }),
  fault('half an answer', ({ socket }) => socket.end(`${HEAD}content-length: 100\r\n\r\n{`), {
    outcomes: unavailable('BAD_RESPONSE', 200),
  }),
  fault('no answer', neverAnswers, { outcomes: unavailable('TIMEOUT'), pace: 'hurried', leavesConnectionOpen: true }),
];

export const unsupported: Fault = {
  name: 'it has no such operation',
  outcomes: { ...NORMAL_OUTCOMES, ...forTests('UnsupportedError') },
  calls: NO_CALLS,
};
