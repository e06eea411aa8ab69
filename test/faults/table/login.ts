// Faults of Looker's login, which precedes its first call: nothing was carried out, not even by a write.
import { down, HEAD, limited, NONE, ONCE, says, WELL, WORDS, type Fault, type Outcomes, type Play } from './fault.ts';
import { saysNothing } from './slow.ts';

const fault = (name: string, play: Play, outcomes: Outcomes, more: Partial<Fault> = {}): Fault => ({
  name: `at login ${name}`,
  vendors: ['looker'],
  at: 'login',
  play,
  outcomes,
  calls: NONE,
  ...more,
});

export const login: readonly Fault[] = [
  // Looker's word for a wrong id or secret.
  fault('404', says(404), down('CREDENTIALS_REJECTED final', 404)),
  fault('401', says(401), down('CREDENTIALS_REJECTED final', 401)),
  fault('429, again after 5', says(429, WORDS, { 'retry-after': '5' }), limited(5000)),
  fault('500', says(500), down('SERVER_ERROR', 500)),
  fault('503', says(503), down('SERVER_ERROR', 503)),
  fault('302', says(302, '', { location: `/${WORDS}` }), down('BAD_RESPONSE', 302)),
  fault('a page in HTML', says(200, `<html>${WORDS}</html>`), down('BAD_RESPONSE', 200)),
  fault('no token', says(200, '{"expires_in":3600}'), down('BAD_RESPONSE', 200)),
  fault(
    'a token with a line in it',
    says(200, '{"access_token":"words\\r\\nx-more: secret-7","expires_in":3600}'),
    down('BAD_RESPONSE', 200),
  ),
  fault('a token that has expired', says(200, '{"access_token":"token-secret-6","expires_in":0}'), WELL, {
    calls: ONCE,
  }),
  fault('a closed line', ({ socket }) => socket.end(), down('CONNECT')),
  fault('half an answer', ({ socket }) => socket.end(`${HEAD}content-length: 100\r\n\r\n{`), down('BAD_RESPONSE', 200)),
  fault('no answer', saysNothing, down('TIMEOUT'), { pace: 'hurried' }),
];
