// Options and database names of a MongoDB connection that try to send its password to another server: names in any case and
// percent-encoded, further options inside a name, a value or a database, and characters that cut off options.
import * as fc from 'fast-check';

export interface Option {
  readonly name: string;
  readonly value: string;
}

export interface Attempt {
  readonly options: readonly Option[];
  readonly database: string;
  readonly srv: boolean;
}

const NAMES = [
  'proxyHost',
  'proxyPort',
  'proxyUsername',
  'proxyPassword',
  'authMechanism',
  'authSource',
  'tls',
  'ssl',
  'tlsInsecure',
  'tlsAllowInvalidCertificates',
  'srvServiceName',
  'replicaSet',
  'appName',
];

const VALUES = ['other.example', '54888', 'PLAIN', '$external', 'true', 'false', 'rs0', 'admin'];

const SMUGGLED = [
  'proxyHost=other.example',
  'PROXYHOST=other.example&proxyPort=54888',
  'proxy%48ost=other.example',
  'authMechanism=PLAIN&authSource=%24external',
  'AuthMechanism=PLAIN',
  'tls=false',
  'ssl=false',
  'tlsInsecure=true',
];

/** Generates spellings of a text: as it is, in mixed case, percent-encoded in part or whole, or with white space in it. */
const spelt = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(text) },
    fc.mixedCase(fc.constant(text)),
    fc.nat({ max: text.length - 1 }).map((at) => {
      const code = text.charCodeAt(at).toString(16).toUpperCase();
      return `${text.slice(0, at)}%${code}${text.slice(at + 1)}`;
    }),
    fc.constant(encodeURIComponent(text)),
    fc.constantFrom(
      ` ${text}`,
      `${text}\u00A0`,
      `${text.slice(0, 3)}\t${text.slice(3)}`,
      `${text.slice(0, 3)}\n${text.slice(3)}`,
    ),
  );

const smuggled = fc.constantFrom(...SMUGGLED).chain(spelt);
const behind = (start: fc.Arbitrary<string>, marks: readonly string[]) =>
  fc.tuple(start, fc.constantFrom(...marks), smuggled).map(([text, mark, rest]) => text + mark + rest);

const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NAMES).chain(spelt) },
  // The value of the option is then the value of the last name in the text.
  fc.constantFrom(
    'appName=x&proxyHost',
    'appName=x&authMechanism',
    'x&PROXYHOST',
    '#',
    'appName#',
    '&proxyHost',
    '?proxyHost',
  ),
);

const plainValue = fc.constantFrom(...VALUES);
const value = fc.oneof(
  { weight: 4, arbitrary: plainValue },
  behind(plainValue, ['&', '%26', ';', '#', '?', '&&']),
  fc.constantFrom('x#', '#', 'true#x', 'other.example&', '&', ''),
);

const database = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('shop', 'shop2', 'Shop') },
  behind(fc.constantFrom('shop', ''), ['?', '&', '#', '%3F', '/', '/?', '?x=y&', ';', '\\']),
  fc.constantFrom(
    'shop#',
    '#',
    '?',
    'shop?',
    'shop?x=y#',
    '@other.example/shop',
    'shop@other.example',
    '..',
    'shop%23',
  ),
);

export const attempts: fc.Arbitrary<Attempt> = fc.record({
  options: fc.array(fc.record({ name, value }), { maxLength: 4 }),
  database,
  srv: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
});
