// Refusals and failures by HTTP status and, where a vendor's documentation says so, by the text of the body.
import {
  unavailable,
  NOT_FOUND,
  ONE_CALL,
  firstRequestOnly,
  THREE_READS,
  TWO_READS,
  answerWith,
  answerHealthy,
  forTests,
  TWO_CALLS,
  unknownOutcome,
  NORMAL_OUTCOMES,
  forWrites,
  type Calls,
  type Fault,
  type Outcomes,
  type Behavior,
} from './fault.ts';
import { httpAnswer } from '../../support/raw-server.ts';

/** A Looker that refuses a list of some fields is asked for whole rows. */
const WHOLE_ROWS: Partial<Calls> = { list: 2 };

/** Older Omni servers cannot read one connection. The gateway then reads the list. */
const ALSO_LISTED: Partial<Calls> = { get: 2 };

/** Returns the outcomes when the vendor refuses the form of the request. */
const badResponse = (status: number): Outcomes => unavailable('BAD_RESPONSE', status);
const REJECTED = unavailable('CREDENTIALS_REJECTED final', 401);
const FORBIDDEN: Outcomes = {
  list: 'PermissionError 403',
  get: 'PERMISSION_DENIED',
  ...forWrites('PermissionError 403'),
  ...forTests('PermissionError 403'),
};
/** The outcomes of operations that send settings, when the vendor refuses the settings. */
const REFUSED = {
  create: 'ValidationError',
  update: 'ValidationError',
  testConfig: 'ValidationError',
} as const satisfies Partial<Outcomes>;
const NO_TOKEN = answerWith(403, '{"detail":"Invalid bearer token words-secret-7","status":403}');

/** Changes the key in the gateway's file and refuses the first request. Then refuses all keys but the new one. */
const rotatesKey =
  (refusal: Behavior): Behavior =>
  (context) => {
    context.rotateKey();
    const isNew = context.vendor === 'looker' || context.request.includes('key-secret-2');
    (context.nth > 1 && isNew ? answerHealthy : refusal)(context);
  };

const redirectHeaders = { location: '/words-secret-7' };

const refusals: readonly Fault[] = [
  {
    name: '400',
    behavior: answerWith(400),
    outcomes: { ...badResponse(400), ...REFUSED },
    calls: ONE_CALL,
    // Chartbrew answers 400 when a test fails.
    except: { chartbrew: { outcomes: forTests('TestConnectionSuccess FAILED') }, looker: { calls: WHOLE_ROWS } },
  },
  {
    name: '401',
    behavior: answerWith(401),
    outcomes: REJECTED,
    calls: ONE_CALL,
    except: { looker: { calls: TWO_CALLS } },
  },
  {
    // The gateway gets a new token from Looker. The keys of the other vendors do not change.
    name: '401 once',
    behavior: firstRequestOnly(answerWith(401)),
    outcomes: REJECTED,
    calls: ONE_CALL,
    except: { looker: { outcomes: NORMAL_OUTCOMES, calls: TWO_CALLS } },
    healsAfter: true,
  },
  {
    name: '401 once, while the key in its file changes',
    behavior: rotatesKey(answerWith(401)),
    outcomes: NORMAL_OUTCOMES,
    calls: TWO_CALLS,
  },
  { name: '403', behavior: answerWith(403), outcomes: FORBIDDEN, calls: ONE_CALL },
  {
    name: '403 for an unknown key',
    vendors: ['omni'],
    behavior: NO_TOKEN,
    outcomes: unavailable('CREDENTIALS_REJECTED final', 403),
    calls: ONE_CALL,
  },
  {
    name: '403 for an old key, while the key in its file changes',
    vendors: ['omni'],
    behavior: rotatesKey(NO_TOKEN),
    outcomes: NORMAL_OUTCOMES,
    calls: TWO_CALLS,
  },
  {
    name: '404',
    behavior: answerWith(404),
    outcomes: { ...badResponse(404), ...NOT_FOUND },
    calls: ONE_CALL,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE BAD_RESPONSE' }, calls: ALSO_LISTED } },
  },
  {
    name: '404 for the connection, and a list without it',
    isFor: (operation) => ['list', 'get', 'create'].includes(operation),
    behavior: ({ socket, request, healthyAnswerWith }) =>
      socket.write(
        /\/connections(\?\S*)? /.test(request) ? httpAnswer(200, healthyAnswerWith()) : httpAnswer(404, '{}'),
      ),
    outcomes: { ...NORMAL_OUTCOMES, list: 'rows', get: 'null' },
    calls: ONE_CALL,
    except: { omni: { calls: ALSO_LISTED } },
  },
  {
    name: '405',
    behavior: answerWith(405),
    outcomes: badResponse(405),
    calls: ONE_CALL,
    // Older Omni servers cannot delete either.
    except: { omni: { outcomes: { delete: 'UnsupportedError' }, calls: ALSO_LISTED } },
  },
  { name: '408', behavior: answerWith(408), outcomes: badResponse(408), calls: ONE_CALL },
  {
    // Names are unique at Looker and Credible only.
    name: '409',
    behavior: answerWith(409),
    outcomes: badResponse(409),
    calls: ONE_CALL,
    except: {
      looker: { outcomes: { create: 'ConflictError' } },
      credible: { outcomes: { create: 'ConflictError', testConfig: 'ValidationError' } },
    },
  },
  {
    name: '410',
    behavior: answerWith(410),
    outcomes: { ...badResponse(410), ...NOT_FOUND },
    calls: ONE_CALL,
    except: { omni: { outcomes: { get: 'VENDOR_UNAVAILABLE BAD_RESPONSE' }, calls: ALSO_LISTED } },
  },
  {
    name: '413',
    behavior: answerWith(413),
    outcomes: badResponse(413),
    calls: ONE_CALL,
    except: { chartbrew: { outcomes: REFUSED } },
  },
  {
    // Chartbrew has none.
    name: '422',
    behavior: answerWith(422),
    outcomes: { ...badResponse(422), ...REFUSED },
    calls: ONE_CALL,
    except: { chartbrew: { outcomes: badResponse(422) }, looker: { calls: WHOLE_ROWS } },
  },
];

const redirects: readonly Fault[] = [301, 302, 303, 307, 308].map((status) => ({
  name: `${status}`,
  behavior: answerWith(status, 'words-secret-7', redirectHeaders),
  outcomes: unknownOutcome('BAD_RESPONSE', status),
  calls: ONE_CALL,
}));

const failures: readonly Fault[] = [
  // A write that failed may have been carried out, also behind a proxy that stopped waiting.
  { name: '500', behavior: answerWith(500), outcomes: unknownOutcome('SERVER_ERROR', 500), calls: ONE_CALL },
  {
    name: '500 for a name that is taken',
    vendors: ['credible'],
    behavior: answerWith(500, '{"code":500,"message":"Connection orders already exists"}'),
    outcomes: { ...unknownOutcome('SERVER_ERROR', 500), create: 'ConflictError', testConfig: 'ValidationError' },
    calls: ONE_CALL,
  },
  { name: '501', behavior: answerWith(501), outcomes: unknownOutcome('SERVER_ERROR', 501), calls: ONE_CALL },
  { name: '502', behavior: answerWith(502), outcomes: unknownOutcome('SERVER_ERROR', 502), calls: THREE_READS },
  { name: '503', behavior: answerWith(503), outcomes: unknownOutcome('SERVER_ERROR', 503), calls: THREE_READS },
  { name: '504', behavior: answerWith(504), outcomes: unknownOutcome('SERVER_ERROR', 504), calls: THREE_READS },
  ...[502, 503, 504].map((status) => ({
    name: `${status} once`,
    behavior: firstRequestOnly(answerWith(status)),
    outcomes: {
      ...NORMAL_OUTCOMES,
      ...forWrites(`OutcomeUnknownError ${status}`),
      ...forTests(`VendorUnavailableError SERVER_ERROR ${status}`),
    },
    calls: TWO_READS,
  })),
  {
    name: '304 to a request without If-None-Match',
    behavior: answerWith(304, ''),
    outcomes: unknownOutcome('BAD_RESPONSE', 304),
    calls: ONE_CALL,
  },
];

export const statuses: readonly Fault[] = [...refusals, ...redirects, ...failures];
