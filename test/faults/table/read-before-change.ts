// Faults of the read before a change or a test, and operations that a vendor does not support. Nothing was carried out.
import { down, HEAD, NONE, NOT_FOUND, says, tests, WELL, WORDS, writes, type Fault, type Play } from './fault.ts';
import { saysNothing } from './slow.ts';

type Told = Pick<Fault, 'outcomes'> & Partial<Fault>;

const fault = (name: string, play: Play, told: Told): Fault => ({
  name: `to the read before it ${name}`,
  at: 'readBefore',
  isFor: (operation) => operation === 'update' || operation === 'test',
  play,
  calls: NONE,
  ...told,
});

export const before: readonly Fault[] = [
  fault('500', says(500), { outcomes: down('SERVER_ERROR', 500) }),
  fault('503', says(503), { outcomes: down('SERVER_ERROR', 503) }),
  fault('404', says(404), {
    outcomes: { ...WELL, ...NOT_FOUND },
    except: { omni: { outcomes: { update: 'VendorUnavailableError BAD_RESPONSE 404' } } },
  }),
  fault('403', says(403), { outcomes: { ...WELL, ...writes('PermissionError 403'), ...tests('PermissionError 403') } }),
  fault('a page in HTML', says(200, `<html>${WORDS}</html>`), { outcomes: down('BAD_RESPONSE', 200) }),
  fault('a closed line', ({ socket }) => socket.end(), { outcomes: down('CONNECT') }),
  fault('half an answer', ({ socket }) => socket.end(`${HEAD}content-length: 100\r\n\r\n{`), {
    outcomes: down('BAD_RESPONSE', 200),
  }),
  fault('no answer', saysNothing, { outcomes: down('TIMEOUT'), pace: 'hurried', keepsLine: true }),
];

export const noWay: Fault = {
  name: 'has no way to do it',
  outcomes: { ...WELL, ...tests('UnsupportedError') },
  calls: NONE,
};
