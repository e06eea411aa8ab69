// 429 with each kind of Retry-After. A read waits for up to two seconds when its deadline allows it. A write or a test does not wait.
import {
  limited,
  ONCE,
  once,
  READS_AGAIN,
  READS_TWICE,
  says,
  tests,
  WELL,
  WORDS,
  writes,
  type Fault,
} from './fault.ts';

const after = (text: string) => says(429, WORDS, { 'retry-after': text });

const told = (text: string, retryAfterMs: number | null): Fault => ({
  name: `429, again after ${text}`,
  play: after(text),
  outcomes: limited(retryAfterMs),
  calls: ONCE,
});

export const rateLimits: readonly Fault[] = [
  { name: '429 without a word on when', play: says(429), outcomes: limited(null), calls: ONCE },
  told('-5', null),
  told('abc', null),
  told('5', 5000),
  told('86400', 3_600_000),
  told('Fri, 01 Jan 2100 00:00:00 GMT', 3_600_000),
  {
    name: '429, again after Sun, 06 Nov 1994 08:49:37 GMT',
    play: after('Sun, 06 Nov 1994 08:49:37 GMT'),
    outcomes: limited(0),
    calls: READS_AGAIN,
  },
  { name: '429, again after 1', play: after('1'), outcomes: limited(1000), calls: READS_AGAIN },
  {
    name: '429 once, again after 1',
    play: once(after('1')),
    outcomes: { ...WELL, ...writes('RateLimitedError 1000 429'), ...tests('RateLimitedError 1000 429') },
    calls: READS_TWICE,
  },
  {
    name: '429, again after 2, which is too late',
    play: after('2'),
    pace: 'hurried',
    outcomes: limited(2000),
    calls: ONCE,
  },
];
