// textIfFreeOfSecrets returns a vendor's text whole or not at all.
import { generateKeyPairSync } from 'node:crypto';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { textIfFreeOfSecrets } from '../../src/secrets/secret-search/text-if-free-of-secrets.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { VendorText } from '../../src/secrets/vendor-text.ts';

const shown = (text: string, ...secrets: readonly string[]) =>
  textIfFreeOfSecrets(
    text,
    secrets.map((one) => new Secret(one)),
  );

const PASSWORD = 'pw-secret-1';

describe('a vendor text without a trace of a secret', () => {
  it.each([
    ['password authentication failed for user "bi_user"'],
    ['getaddrinfo ENOTFOUND db.acme.example'],
    ['connect ECONNREFUSED 10.20.30.40:5432'],
    ["Access denied for user 'bi'@'10.0.0.7' (using password: YES)"],
    ['Bad Request: passwordUnencrypted: Required'],
    ['Bad Request: host: Please only include your Snowflake account identifier'],
    ['Connection 3f1c9a2e-1b7d-4f7e-9c55-0a1b2c3d4e5f is locked until 2026-11-22T10:00:00Z.'],
    ['Unexpected token \'o\', "other text"... is not valid JSON'],
    ['No pg_hba.conf entry for host "10.0.0.7", user "bi", database "orders", SSL off'],
    ['Der Server „größe“ wurde nicht gefunden: 接続できません 💥'],
    ['The private key cannot be used; see https://docs.acme.example/errors/1234?lang=en#keys'],
  ])('a text without a trace of a secret is shown whole: %s', (text) => {
    expect(shown(text, PASSWORD, 'omni-sandbox-key', 'xy1')).toBe(text);
  });

  it('a text is compared with keys of 2048 bits and of 64 KiB', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const lines = Array.from({ length: 1000 }, (_, at) => `${at}:${'abcdefghij'.repeat(6)}`).join('\n');
    expect(lines.length).toBeGreaterThan(63_000);
    const text = 'Invalid private key: the server does not take it.';
    expect(shown(text, pem, lines)).toBe('Invalid private key: the server does not take it.');
    expect(shown(`line 2 of it, ${pem.split('\n')[2]?.slice(0, 6)}, is wrong`, pem)).toBeNull();
    expect(shown('what is in it, hijabc, is wrong', pem, lines)).toBeNull();
  });

  it('at most 500 characters of a text are shown, without control characters', () => {
    expect(shown('no 💥 '.repeat(200))).toBe('no 💥 '.repeat(100));
    expect(shown('one\r\n\ttwo\u0000\u001b[31m \u202Ethree\u200b')).toBe('one two[31m three');
    expect(shown('\u0000 \u200b')).toBeNull();
    expect(shown('')).toBeNull();
  });
});

const json = (text: string) => JSON.stringify(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');

describe('a vendor text with a trace of a secret', () => {
  // The four shapes that were seen on real servers.
  it.each([
    ['a host cut out of a URL', 'getaddrinfo ENOTFOUND ss-SECRET', 'postgres://bi:p@ss-SECRET@db.acme.example/orders'],
    ['the beginning of a key file', 'Unexpected token \'o\', "not json KE"... is not valid JSON', 'not json KEY FILE'],
    [
      'the parameters of a driver',
      '{"name":"RequestError","options":{"auth":{"user":"bi","pass":"pw-secret-1"}}}',
      PASSWORD,
    ],
    ['a connection string', 'cannot parse "mongodb+srv://bi:pw-secret-1@cluster.acme.example/orders"', PASSWORD],
  ])('a text is not shown when it holds what real servers have quoted: %s', (_what, text, secret) => {
    expect(shown(text, secret)).toBeNull();
    expect(
      shown(text.replaceAll(/ss-SECRET|not json KE|pw-secret-1|bi:[^@]*@/g, 'x').replace('"pass"', '"p"'), secret),
    ).not.toBeNull();
  });

  it.each([
    ['as it is', 'it is pw-secret-1, look'],
    ['six of its characters', 'it is w-secr, look'],
    ['in capitals', 'it is PW-SECRET-1, look'],
    ['in full width', 'it is ｐｗ－ｓｅｃｒｅｔ, look'],
    ['reversed', 'it is 1-terces-wp, look'],
    ['with blanks between the characters', 'it is p w - s e c r e t - 1, look'],
    ['with punctuation between the characters', 'it is p.w.s.e.c.r.e.t, look'],
    ['with invisible characters between the characters', 'it is pw-\u200bse\u0000cret, look'],
    ['in escapes of JSON', String.raw`it is \u0070\u0077\u002d\u0073\u0065cret, look`],
    ['in escapes of JavaScript', String.raw`it is \x70\x77\x2d\x73\x65cret, look`],
    ['percent-encoded', 'it is %70%77%2D%73%65cret, look'],
    ['in HTML entities', 'it is &#112;&#x77;&#45;secret&#45;1, look'],
    ['in base64', 'it is cHctc2VjcmV0LTE=, look'],
    ['in base64, after one other byte', 'it is eHB3LXNlY3JldC0x, look'],
    ['in base64, after two other bytes', 'it is eHhwdy1zZWNyZXQtMQ, look'],
    ['in truncated base64', 'it is c2VjcmV0LTE=, look'],
    ['in base64, in capitals', 'it is CHCTC2VJCMV0LTE, look'],
    ['in hex', 'it is 70772d7365637265742d31, look'],
    ['in truncated hex', 'it is 0772d7365637265742d31, look'],
    ['in hex, with separators between the bytes', 'it is 70:77:2d:73:65:63:72:65, look'],
    ['as the bytes that Node prints', '{"type":"Buffer","data":[112,119,45,115,101,99,114,101,116]}'],
    ['in base64 of UTF-16', `it is ${Buffer.from('pw-secret-1', 'utf16le').toString('base64')}, look`],
  ])('a text is not shown when it holds a secret encoded so: %s', (_how, text) => {
    expect(shown(text, PASSWORD)).toBeNull();
    expect(shown(text, 'another-one')).not.toBeNull();
  });

  it.each([
    ['base64 of percent-encoding', base64('%70%77%2d%73%65%63')],
    ['hex of base64', hex('cHctc2Vj')],
    ['percent-encoded JSON', encodeURIComponent(String.raw`"\u0070\u0077-s\u0065c"`)],
    ['JSON in JSON in JSON', json(json(json('p\\w"-"s/e\ncret')))],
    ['base64 of base64 of base64', base64(base64(base64('pw-sec')))],
    ['base64 of hex, without its first character', 'zA3NzJkNzM2NTYzNzI2NTc0MmQzMQ'],
    ['base64 of hex, cut by two', 'A3NzJkNzM2NTYzNzI2NTc0MmQzMQ'],
    ['base64 of hex, cut by three', '3NzJkNzM2NTYzNzI2NTc0MmQzMQ'],
    ['reversed base64', '==QMtQXZyNWZz1ydw'.replace(/^=+/, '')],
    ['HTML entities of percent-encoding', '&#37;70&#37;77&#37;2Dsecret'],
    ['escapes of HTML entities', String.raw`\u0026#112;\u0026#119;-secret`],
  ])('a text is not shown when it holds a secret in %s', (_how, text) => {
    expect(shown(text, 'pw-secret-1', 'p\\w"-"s/e\ncret')).toBeNull();
  });

  it('a text is not shown when it holds a part of a secret: a text of a JSON document, or the user or password of a URL', () => {
    const document = JSON.stringify({ type: 'service_account', key: 'line one\nline two', pin: { code: 'q7x' } });
    expect(shown('the account is "line one line two"', document)).toBeNull();
    expect(shown('q7x is wrong', document)).toBeNull();
    expect(shown('q8x is wrong', document)).toBe('q8x is wrong');
    const url = 'postgres://bi_reader:p%40s%2F%25s@db.acme.example/orders';
    expect(shown('wrong: p@s/%s', url)).toBeNull();
    expect(shown('bi_reader may not', url)).toBeNull();
    expect(shown('wrong: zu1', 'mysql://ab:zu1@db')).toBeNull();
    expect(shown('wrong: fresh bread', base64('fresh bread'))).toBeNull();
  });

  it('a short secret is found as a whole only, and no text is shown beside a secret of fewer than three characters', () => {
    expect(shown('it is q7x, look', 'q7x')).toBeNull();
    expect(shown('it is cTd4, look', 'q7x')).toBeNull();
    expect(shown('it is Q7X12, look', 'q7x12')).toBeNull();
    expect(shown('it is q7x1, look', 'q7x12')).toBe('it is q7x1, look');
    expect(shown('all is well', 'q7')).toBeNull();
    expect(shown('all is well', '')).toBeNull();
  });
});

describe('a vendor text that looks like a secret', () => {
  it.each([
    ['user info in a URL', 'cannot reach postgres://bi:x9@db'],
    ['user info in a URL, percent-encoded', 'cannot reach postgres%3A%2F%2Fbi%3Ax9%40db'],
    ['an assignment', 'host=db password=x9 dbname=orders'],
    ['an assignment of a plain word', 'password: YESTERDAY'],
    ['an assignment in JSON', '{"user":"bi","client_secret":"x9"}'],
    ['an assignment in YAML', 'privateKeyPassphrase: x9'],
    ['a header', 'authorization: x9'],
    ['an access token', 'sent with Bearer x9'],
    ['a PEM text', '-----BEGIN CERTIFICATE-----'],
    ['the end of a PEM text', 'x9 -----END PRIVATE KEY-----'],
    ['a long code', 'key AbCdEfGhIjKlMnOpQrStUvWxYz012345 refused'],
    ['a long code for URLs', 'key AbCdEfGhIj-lMnOpQrStUvWx_z012345 refused'],
    ['a long code in hex', 'hash 0123456789abcdef0123456789abcdef refused'],
  ])('a text is not shown when it holds %s', (_what, text) => {
    expect(shown(text)).toBeNull();
  });

  it('a code of 31 characters does not look like a secret', () => {
    expect(shown('key AbCdEfGhIjKlMnOpQrStUvWxYz01234 refused')).toBe('key AbCdEfGhIjKlMnOpQrStUvWxYz01234 refused');
  });
});

describe('VendorText', () => {
  const text = new VendorText('Only pw-secret-1 knows.', [new Secret('gateway-key-7')]);

  it.each([
    ['a template', `it: ${text as unknown as string}`, 'it: [vendor text]'],
    ['JSON of what holds it', JSON.stringify({ a: [text] }), '{"a":["[vendor text]"]}'],
    ['inspect', inspect({ text }, { showHidden: true, depth: 9 }), '{ text: [vendor text] }'],
    ['%s and %O', format('%s %O', text, text), '[vendor text] [vendor text]'],
  ])('a VendorText prints nothing of its text in %s', (_way, printed, expected) => {
    expect(printed).toBe(expected);
    expect(inspect(text, { customInspect: false, showHidden: true })).not.toMatch(/secret|knows/);
    expect(inspect(structuredClone(text), { showHidden: true })).not.toMatch(/secret|knows/);
  });

  it('a VendorText is redacted by the secrets of the request and of the gateway', () => {
    expect(text.shownUnlessSecret([])).toBe('Only pw-secret-1 knows.');
    expect(text.shownUnlessSecret([new Secret('pw-secret-1')])).toBeNull();
    expect(new VendorText('It is gateway-key-7.', [new Secret('gateway-key-7')]).shownUnlessSecret([])).toBeNull();
  });

  it('a VendorText keeps 4 KiB of its text', () => {
    const long = new VendorText(`${'all is well; '.repeat(400)}pw-secret-1`, []);
    expect(long.shownUnlessSecret([new Secret('pw-secret-1')])).toHaveLength(500);
    const within = new VendorText(`${'all is well; '.repeat(300)}pw-secret-1`, []);
    expect(within.shownUnlessSecret([new Secret('pw-secret-1')])).toBeNull();
  });
});
