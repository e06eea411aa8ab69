// Answers that refuse: by status, and where a vendor's notes say so by its words.
import {
  down,
  NOT_FOUND,
  ONCE,
  once,
  READS_AGAIN,
  READS_TWICE,
  says,
  saysWell,
  tests,
  TWICE,
  unknown,
  WELL,
  writes,
  type Calls,
  type Fault,
  type Outcomes,
  type Play,
} from './fault.ts';
import { httpAnswer } from '../../support/raw-server.ts';

/** Omni's older servers cannot read one connection: then its list is read. */
const ALSO_LISTED: Partial<Calls> = { get: 2 };

/** The vendor is asked for something that is not there, or not so. */
const misunderstood = (status: number): Outcomes => down('BAD_RESPONSE', status);
const REJECTED = down('CREDENTIALS_REJECTED final', 401);
const FORBIDDEN: Outcomes = {
  list: 'PermissionError 403',
  get: 'PERMISSION_DENIED',
  ...writes('PermissionError 403'),
  ...tests('PermissionError 403'),
};
/** Settings that are sent and not taken. */
const REFUSED = {
  create: 'ValidationError',
  update: 'ValidationError',
  testConfig: 'ValidationError',
} as const satisfies Partial<Outcomes>;
const NO_TOKEN = says(403, '{"detail":"Invalid bearer token words-secret-7","status":403}');

/** Refuses once, as the key in the gateway's file is changed, and then any but the new one. */
const rotates =
  (refuse: Play): Play =>
  (turn) => {
    turn.rotateKey();
    const isNew = turn.vendor === 'looker' || turn.request.includes('key-secret-2');
    (turn.nth > 1 && isNew ? saysWell : refuse)(turn);
  };

const elsewhere = { location: '/words-secret-7' };

const refusals: readonly Fault[] = [
  {
    name: '400',
    play: says(400),
    outcomes: { ...misunderstood(400), ...REFUSED },
    calls: ONCE,
    // Chartbrew's word for a test that failed.
    except: { chartbrew: { outcomes: tests('TestConnectionSuccess FAILED') } },
  },
  { name: '401', play: says(401), outcomes: REJECTED, calls: ONCE, except: { looker: { calls: TWICE } } },
  {
    // A token of Looker's is one of many; any other key stays what it is.
    name: '401 once',
    play: once(says(401)),
    outcomes: REJECTED,
    calls: ONCE,
    except: { looker: { outcomes: WELL, calls: TWICE } },
    healsAfter: true,
  },
  { name: '401 once, as the key is changed', play: rotates(says(401)), outcomes: WELL, calls: TWICE },
  { name: '403', play: says(403), outcomes: FORBIDDEN, calls: ONCE },
  {
    name: '403 for a key that is not known',
    vendors: ['omni'],
    play: NO_TOKEN,
    outcomes: down('CREDENTIALS_REJECTED final', 403),
    calls: ONCE,
  },
  {
    name: '403 for a key that is not known any more, as it is changed',
    vendors: ['omni'],
    play: rotates(NO_TOKEN),
    outcomes: WELL,
    calls: TWICE,
  },
  {
    name: '404',
    play: says(404),
    outcomes: { ...misunderstood(404), ...NOT_FOUND },
    calls: ONCE,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE BAD_RESPONSE' }, calls: ALSO_LISTED } },
  },
  {
    name: '404 for the one, and a list without it',
    isFor: (operation) => ['list', 'get', 'create'].includes(operation),
    play: ({ socket, request, wellWith }) =>
      socket.write(/\/connections(\?\S*)? /.test(request) ? httpAnswer(200, wellWith()) : httpAnswer(404, '{}')),
    outcomes: { ...WELL, list: 'rows', get: 'null' },
    calls: ONCE,
    except: { omni: { calls: ALSO_LISTED } },
  },
  {
    name: '405',
    play: says(405),
    outcomes: misunderstood(405),
    calls: ONCE,
    // Older servers of Omni's delete nothing either.
    except: { omni: { outcomes: { delete: 'UnsupportedError' }, calls: ALSO_LISTED } },
  },
  { name: '408', play: says(408), outcomes: misunderstood(408), calls: ONCE },
  {
    // Where names are unique.
    name: '409',
    play: says(409),
    outcomes: misunderstood(409),
    calls: ONCE,
    except: {
      looker: { outcomes: { create: 'ConflictError' } },
      credible: { outcomes: { create: 'ConflictError', testConfig: 'ValidationError' } },
    },
  },
  {
    name: '410',
    play: says(410),
    outcomes: { ...misunderstood(410), ...NOT_FOUND },
    calls: ONCE,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE BAD_RESPONSE' }, calls: ALSO_LISTED } },
  },
  {
    name: '413',
    play: says(413),
    outcomes: misunderstood(413),
    calls: ONCE,
    except: { chartbrew: { outcomes: REFUSED } },
  },
  {
    // Chartbrew has none.
    name: '422',
    play: says(422),
    outcomes: { ...misunderstood(422), ...REFUSED },
    calls: ONCE,
    except: { chartbrew: { outcomes: misunderstood(422) } },
  },
];

const redirects: readonly Fault[] = [301, 302, 303, 307, 308].map((status) => ({
  name: `${status}`,
  play: says(status, 'words-secret-7', elsewhere),
  outcomes: unknown('BAD_RESPONSE', status),
  calls: ONCE,
}));

const failures: readonly Fault[] = [
  // What failed half way may have been done; of a proxy that gave up waiting nobody knows what was done behind it.
  { name: '500', play: says(500), outcomes: unknown('SERVER_ERROR', 500), calls: ONCE },
  {
    name: '500 for a name that is taken',
    vendors: ['credible'],
    play: says(500, '{"code":500,"message":"Connection orders already exists"}'),
    outcomes: { ...unknown('SERVER_ERROR', 500), create: 'ConflictError', testConfig: 'ValidationError' },
    calls: ONCE,
  },
  { name: '501', play: says(501), outcomes: unknown('SERVER_ERROR', 501), calls: ONCE },
  { name: '502', play: says(502), outcomes: unknown('SERVER_ERROR', 502), calls: READS_AGAIN },
  { name: '503', play: says(503), outcomes: unknown('SERVER_ERROR', 503), calls: READS_AGAIN },
  { name: '504', play: says(504), outcomes: unknown('SERVER_ERROR', 504), calls: READS_AGAIN },
  ...[502, 503, 504].map((status) => ({
    name: `${status} once`,
    play: once(says(status)),
    outcomes: {
      ...WELL,
      ...writes(`OutcomeUnknownError ${status}`),
      ...tests(`VendorUnavailableError SERVER_ERROR ${status}`),
    },
    calls: READS_TWICE,
  })),
  { name: '304 that nobody asked for', play: says(304, ''), outcomes: unknown('BAD_RESPONSE', 304), calls: ONCE },
];

export const statuses: readonly Fault[] = [...refusals, ...redirects, ...failures];
