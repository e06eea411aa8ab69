// The search finds a canary in every spelling, and finds none in a text without a canary.
import { expect, it } from 'vitest';
import { coresIn, findAny, findCanary, makeCanary, makeNumber, reversed } from './canary.ts';

it.each([
  ['plain', (text: string) => text],
  ['upper case', (text: string) => text.toUpperCase()],
  ['lower case', (text: string) => text.toLowerCase()],
  ['base64', (text: string) => Buffer.from(text).toString('base64')],
  ['base64, after one letter', (text: string) => Buffer.from(`a${text}`).toString('base64')],
  ['base64, after two letters', (text: string) => Buffer.from(`ab${text}`).toString('base64')],
  ['hex', (text: string) => Buffer.from(text).toString('hex')],
  ['reversed', reversed],
  ['a piece of six characters', (text: string) => text.slice(5, 11)],
])('the search finds a secret in the encoding: %s', (_name, spell) => {
  const canary = makeCanary();
  const said = `before ${spell(canary.core)} after`;
  expect(findCanary(said, [makeCanary(), canary])?.core).toBeDefined();
  expect(findCanary(said, [canary])).toEqual(canary);
  expect(findCanary('before and after', [canary])).toBeUndefined();
});

it.each([
  ['plain', (text: string) => text],
  ['base64', (text: string) => Buffer.from(text).toString('base64')],
  ['hex', (text: string) => Buffer.from(text).toString('hex')],
  ['lower case', (text: string) => text.toLowerCase()],
])('the search finds any canary in the encoding: %s', (_name, spell) => {
  expect(findAny(`before ${spell(makeCanary().core)} after`)).not.toBeNull();
  expect(findAny('before and after')).toBeNull();
});

it('whole canaries in the body that a vendor received are counted, also inside key files', () => {
  const [letters, digits] = [makeCanary().core, makeNumber().core];
  const file = Buffer.from(`-----BEGIN PRIVATE KEY-----\nMII${letters}\n`).toString('base64');
  expect(coresIn(`{"a":"x${digits}","b":"${letters}","certificate":"${file}"}`)).toEqual([digits, letters, letters]);
  expect(coresIn('{"a":"pw-secret-1"}')).toEqual([]);
});
