// Faults of Looker's login, which precedes its first call: nothing was carried out, not even by a write.
import {
  unavailable,
  HEAD,
  rateLimited,
  NO_CALLS,
  ONE_CALL,
  answerWith,
  NORMAL_OUTCOMES,
  VENDOR_TEXT,
  type Fault,
  type Outcomes,
  type Behavior,
} from './fault.ts';
import { neverAnswers } from './slow.ts';

const fault = (name: string, behavior: Behavior, outcomes: Outcomes, more: Partial<Fault> = {}): Fault => ({
  name: `at login ${name}`,
  vendors: ['looker'],
  appliesTo: 'login',
  behavior,
  outcomes,
  calls: NO_CALLS,
  ...more,
});

export const login: readonly Fault[] = [
  // Looker answers 404 to a wrong client id or secret.
  fault(
    '404 of the API',
    answerWith(404, `{"message":"Not found","documentation_url":"${VENDOR_TEXT}"}`),
    unavailable('CREDENTIALS_REJECTED final', 404),
  ),
  // Another server, or another path.
  fault('404', answerWith(404), unavailable('BAD_RESPONSE', 404)),
  fault('401', answerWith(401), unavailable('CREDENTIALS_REJECTED final', 401)),
  fault('429, again after 5', answerWith(429, VENDOR_TEXT, { 'retry-after': '5' }), rateLimited(5000)),
  fault('500', answerWith(500), unavailable('SERVER_ERROR', 500)),
  fault('503', answerWith(503), unavailable('SERVER_ERROR', 503)),
  fault('302', answerWith(302, '', { location: `/${VENDOR_TEXT}` }), unavailable('BAD_RESPONSE', 302)),
  fault('a page in HTML', answerWith(200, `<html>${VENDOR_TEXT}</html>`), unavailable('BAD_RESPONSE', 200)),
  fault('no token', answerWith(200, '{"expires_in":3600}'), unavailable('BAD_RESPONSE', 200)),
  fault(
    'a token with a line break',
    answerWith(200, '{"access_token":"words\\r\\nx-more: secret-7","expires_in":3600}'),
    unavailable('BAD_RESPONSE', 200),
  ),
  fault(
    'a token that has expired',
    answerWith(200, '{"access_token":"token-secret-6","expires_in":0}'),
    NORMAL_OUTCOMES,
    {
      calls: ONE_CALL,
    },
  ),
  fault('a closed connection', ({ socket }) => socket.end(), unavailable('CONNECT')),
  fault(
    'half an answer',
    ({ socket }) => socket.end(`${HEAD}content-length: 100\r\n\r\n{`),
    unavailable('BAD_RESPONSE', 200),
  ),
  fault('no answer', neverAnswers, unavailable('TIMEOUT'), { pace: 'hurried' }),
];
