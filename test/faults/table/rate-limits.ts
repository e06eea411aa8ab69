// 429 with each kind of Retry-After. A read waits for up to two seconds when its deadline allows it. A write or a test does not wait.
import {
  rateLimited,
  ONE_CALL,
  firstRequestOnly,
  THREE_READS,
  TWO_READS,
  answerWith,
  forTests,
  NORMAL_OUTCOMES,
  VENDOR_TEXT,
  forWrites,
  type Fault,
} from './fault.ts';

const after = (text: string) => answerWith(429, VENDOR_TEXT, { 'retry-after': text });

const notRetried = (text: string, retryAfterMs: number | null): Fault => ({
  name: `429, again after ${text}`,
  behavior: after(text),
  outcomes: rateLimited(retryAfterMs),
  calls: ONE_CALL,
});

export const rateLimits: readonly Fault[] = [
  { name: '429 without Retry-After', behavior: answerWith(429), outcomes: rateLimited(null), calls: ONE_CALL },
  notRetried('-5', null),
  notRetried('abc', null),
  notRetried('5', 5000),
  notRetried('86400', 3_600_000),
  notRetried('Fri, 01 Jan 2100 00:00:00 GMT', 3_600_000),
  {
    name: '429, again after Sun, 06 Nov 1994 08:49:37 GMT',
    behavior: after('Sun, 06 Nov 1994 08:49:37 GMT'),
    outcomes: rateLimited(0),
    calls: THREE_READS,
  },
  { name: '429, again after 1', behavior: after('1'), outcomes: rateLimited(1000), calls: THREE_READS },
  {
    name: '429 once, again after 1',
    behavior: firstRequestOnly(after('1')),
    outcomes: {
      ...NORMAL_OUTCOMES,
      ...forWrites('RateLimitedError 1000 429'),
      ...forTests('RateLimitedError 1000 429'),
    },
    calls: TWO_READS,
  },
  {
    name: '429, again after 2, which is too late',
    behavior: after('2'),
    pace: 'hurried',
    outcomes: rateLimited(2000),
    calls: ONE_CALL,
  },
];
