// Writes whose answer is missing: the gateway reads the connection to verify whether the write was carried out.
import {
  HEAD,
  ONE_CALL,
  answerWith,
  unknownOutcome,
  VENDOR_TEXT,
  type Fault,
  type Outcomes,
  type Behavior,
  type WireRow,
} from './fault.ts';
import { VENDORS } from './vendors.ts';

/** Faults that hide the answer of a write, and the outcomes when nothing provenOutcome that it was carried out. */
const HIDDEN_ANSWERS: Readonly<Record<string, readonly [Behavior, Outcomes]>> = {
  'it answers 500': [answerWith(500), unknownOutcome('SERVER_ERROR', 500)],
  'it answers 504': [answerWith(504), unknownOutcome('SERVER_ERROR', 504)],
  'it closes the connection': [({ socket }) => socket.end(), unknownOutcome('CONNECT')],
  'its answer is incomplete': [
    ({ socket }) => socket.end(`${HEAD}content-length: 100\r\n\r\n{`),
    unknownOutcome('BAD_RESPONSE', 200),
  ],
  'it answers with a page': [answerWith(200, `<html>${VENDOR_TEXT}</html>`), unknownOutcome('BAD_RESPONSE', 200)],
};

interface LaterState extends Pick<Fault, 'vendors' | 'rowsBefore' | 'rowsAfter' | 'beforeOperation' | 'except'> {
  readonly write: 'create' | 'delete';
  /** The outcome when the later state provenOutcome that the write was carried out. Default: the outcome stays unknown. */
  readonly provenOutcome?: string;
}

const withLaterState = (state: string, { write, provenOutcome, ...after }: LaterState): Fault[] =>
  Object.entries(HIDDEN_ANSWERS).map(([hiddenAnswer, [behavior, outcomes]]) => ({
    name: `${hiddenAnswer}, and ${state}`,
    behavior,
    isFor: (operation) => operation === write,
    outcomes: provenOutcome === undefined ? outcomes : { ...outcomes, [write]: provenOutcome },
    calls: ONE_CALL,
    ...after,
  }));

const CREATED = 'CreateConnectionSuccess orders';

/** Returns Looker's row with the requested settings, created now. */
const made = (more: WireRow = {}): WireRow => ({
  ...VENDORS.looker.row,
  created_at: new Date().toISOString(),
  ...more,
});

/** Credible reports no creation date: only an earlier list without the connection proves that it is new. */
const listed: Fault['beforeOperation'] = async (_server, list) => void (await list());

export const writeVerification: readonly Fault[] = [
  ...withLaterState('a new connection has the requested settings', {
    write: 'create',
    vendors: ['looker'],
    rowsBefore: [],
    rowsAfter: () => [made()],
    provenOutcome: CREATED,
  }),
  ...withLaterState('a new connection has another host', {
    write: 'create',
    vendors: ['looker'],
    rowsBefore: [],
    rowsAfter: () => [made({ host: 'other.example' })],
  }),
  ...withLaterState('a list before did not contain the connection', {
    write: 'create',
    vendors: ['credible'],
    rowsBefore: [],
    beforeOperation: listed,
    rowsAfter: () => [VENDORS.credible.row],
    provenOutcome: CREATED,
  }),
  ...withLaterState('no list shows whether the connection is new', {
    write: 'create',
    vendors: ['credible'],
    rowsBefore: [],
    rowsAfter: () => [VENDORS.credible.row],
  }),
  ...withLaterState('a list before contained the connection', {
    write: 'create',
    vendors: ['credible'],
    beforeOperation: listed,
  }),
  // Names are not unique at Omni and Chartbrew.
  ...withLaterState('a new connection has the same name', {
    write: 'create',
    vendors: ['omni', 'chartbrew'],
    rowsBefore: [],
    beforeOperation: listed,
    rowsAfter: (vendor) => [{ ...VENDORS[vendor].row, createdAt: new Date().toISOString() }],
  }),
  ...withLaterState('the connection is gone', {
    write: 'delete',
    rowsAfter: () => [],
    provenOutcome: 'DeleteConnectionSuccess',
    except: { omni: { outcomes: { delete: 'DeleteConnectionSuccess' } } },
  }),
  ...withLaterState('the connection is in the trash', {
    write: 'delete',
    vendors: ['omni'],
    rowsAfter: () => [{ ...VENDORS.omni.row, deletedAt: '2026-05-01T10:00:00.000Z' }],
    provenOutcome: 'DeleteConnectionSuccess archived',
  }),
];
