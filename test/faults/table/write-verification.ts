// Writes whose answer is missing: the gateway reads the connection to verify whether the write was carried out.
import { HEAD, ONCE, says, unknown, WORDS, type Fault, type Outcomes, type Play, type WireRow } from './fault.ts';
import { VENDORS } from './vendors.ts';

/** Faults that hide the answer of a write, and the outcomes when nothing proves that it was carried out. */
const WAYS: Readonly<Record<string, readonly [Play, Outcomes]>> = {
  'it says 500': [says(500), unknown('SERVER_ERROR', 500)],
  'it says 504': [says(504), unknown('SERVER_ERROR', 504)],
  'it closes the line': [({ socket }) => socket.end(), unknown('CONNECT')],
  'its answer breaks off': [
    ({ socket }) => socket.end(`${HEAD}content-length: 100\r\n\r\n{`),
    unknown('BAD_RESPONSE', 200),
  ],
  'it answers with a page': [says(200, `<html>${WORDS}</html>`), unknown('BAD_RESPONSE', 200)],
};

interface After extends Pick<Fault, 'vendors' | 'had' | 'hasAfter' | 'first' | 'except'> {
  readonly write: 'create' | 'delete';
  /** What it comes to when that proves it; else nobody knows. */
  readonly proves?: string;
}

const shown = (what: string, { write, proves, ...after }: After): Fault[] =>
  Object.entries(WAYS).map(([way, [play, nothing]]) => ({
    name: `${way}, and ${what}`,
    play,
    isFor: (operation) => operation === write,
    outcomes: proves === undefined ? nothing : { ...nothing, [write]: proves },
    calls: ONCE,
    ...after,
  }));

const CREATED = 'CreateConnectionSuccess orders';

/** Looker's row as it was asked for, made now. */
const made = (more: WireRow = {}): WireRow => ({
  ...VENDORS.looker.row,
  created_at: new Date().toISOString(),
  ...more,
});

/** Credible says nothing of when: the gateway must have seen that there was none. */
const listed: Fault['first'] = async (_server, list) => void (await list());

export const proof: readonly Fault[] = [
  ...shown('it has a new one as it was asked for', {
    write: 'create',
    vendors: ['looker'],
    had: [],
    hasAfter: () => [made()],
    proves: CREATED,
  }),
  ...shown('it has a new one that leads elsewhere', {
    write: 'create',
    vendors: ['looker'],
    had: [],
    hasAfter: () => [made({ host: 'other.example' })],
  }),
  ...shown('it has one that was not listed before', {
    write: 'create',
    vendors: ['credible'],
    had: [],
    first: listed,
    hasAfter: () => [VENDORS.credible.row],
    proves: CREATED,
  }),
  ...shown('it has one of which nobody knows whether it was there before', {
    write: 'create',
    vendors: ['credible'],
    had: [],
    hasAfter: () => [VENDORS.credible.row],
  }),
  ...shown('it has one that was listed before', { write: 'create', vendors: ['credible'], first: listed }),
  // Names need not be unique there.
  ...shown('it has one of this name that is new', {
    write: 'create',
    vendors: ['omni', 'chartbrew'],
    had: [],
    first: listed,
    hasAfter: (vendor) => [{ ...VENDORS[vendor].row, createdAt: new Date().toISOString() }],
  }),
  ...shown('it has it no more', {
    write: 'delete',
    hasAfter: () => [],
    proves: 'DeleteConnectionSuccess',
    except: { omni: { outcomes: { delete: 'DeleteConnectionSuccess' } } },
  }),
  ...shown('it has it in its trash', {
    write: 'delete',
    vendors: ['omni'],
    hasAfter: () => [{ ...VENDORS.omni.row, deletedAt: '2026-05-01T10:00:00.000Z' }],
    proves: 'DeleteConnectionSuccess archived',
  }),
];
