// Answers that are valid HTTP, but not what the vendor's API defines.
import { gzipSync } from 'node:zlib';
import type { VendorName } from '../../support/gateway.ts';
import { httpAnswer } from '../../support/raw-server.ts';
import { HEAD, ONCE, says, unknown, WELL, WORDS, type Fault, type Play, type WireRow } from './fault.ts';
import type { OperationName } from './operations.ts';
import { OMNI_ID } from './vendors.ts';

const NOT_READ = { outcomes: unknown('BAD_RESPONSE', 200), calls: ONCE };
const READ = { outcomes: WELL, calls: ONCE };

/** Answers with a connection in them; Omni's to an update has none. */
const tellsRows = (operation: OperationName, vendor: VendorName): boolean =>
  operation === 'update' ? vendor !== 'omni' : ['list', 'get', 'create'].includes(operation);

/** Answers with fields in them; Looker's to a delete is empty. */
const tellsFields = (operation: OperationName, vendor: VendorName): boolean =>
  operation !== 'delete' || vendor !== 'looker';

/** Answers that are one object; Looker's of a test is a list, and of a delete empty. */
const tellsOne = (operation: OperationName, vendor: VendorName): boolean =>
  (operation !== 'list' || vendor === 'omni') && (vendor !== 'looker' || !['test', 'testConfig'].includes(operation));

const saysBytes =
  (body: Buffer, headers: string): Play =>
  ({ socket }) => {
    socket.write(`${HEAD}${headers}content-length: ${body.length}\r\n\r\n`);
    socket.write(body);
  };

/** The well answer with other rows in it. */
const saysRows =
  (...rows: readonly Readonly<Record<VendorName, unknown>>[]): Play =>
  ({ socket, wellWith, vendor }) =>
    socket.write(httpAnswer(200, wellWith(...rows.map((row) => row[vendor] as WireRow))));

const insteadOf =
  (pattern: RegExp, text: string): Play =>
  ({ socket, well }) =>
    socket.write(httpAnswer(200, well.replace(pattern, text)));

const WRONG_TYPES = {
  looker: {
    name: 'orders',
    dialect_name: 7,
    host: {},
    port: ['x'],
    username: false,
    ssl: 'yes',
    created_at: {},
    can: 7,
  },
  omni: {
    id: OMNI_ID,
    name: 'orders',
    dialect: 'postgres',
    database: [7],
    createdAt: false,
    deletedAt: {},
    baseRole: 7,
  },
  credible: { name: 'orders', type: { a: 1 }, postgresConnection: 'x', includeTables: 7, indexingStatus: [] },
  chartbrew: { id: 7, name: 'orders', type: 7, host: [], port: {}, options: 'x', authentication: 7, createdAt: [] },
};
const WRONG_IDS = {
  looker: { name: 7, dialect_name: 'postgres' },
  omni: { id: 7, name: 'orders', dialect: 'postgres' },
  credible: { name: { a: 1 }, type: 'postgres' },
  chartbrew: { id: 'seven', name: 'orders', type: 'postgres' },
};
const ORDERS = {
  looker: { name: 'orders', dialect_name: 'postgres' },
  omni: { id: OMNI_ID, name: 'orders', dialect: 'postgres' },
  credible: { name: 'orders', type: 'postgres' },
  chartbrew: { id: 7, name: 'orders', type: 'postgres' },
};

/** Fifty million zeros, told in fifty thousand bytes. */
const bomb = gzipSync(Buffer.alloc(50_000_000, '0'));

export const shapes: readonly Fault[] = [
  { name: 'a page in HTML', play: says(200, `<html>${WORDS}</html>`, { 'content-type': 'text/html' }), ...NOT_READ },
  { name: 'an empty body', play: says(200, ''), ...NOT_READ },
  {
    name: 'no content',
    play: ({ socket }) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
    outcomes: unknown('BAD_RESPONSE', 204),
    calls: ONCE,
    // Documented there for a delete, and for nothing else.
    except: {
      looker: { outcomes: { delete: 'DeleteConnectionSuccess' } },
      credible: { outcomes: { delete: 'DeleteConnectionSuccess' } },
    },
  },
  { name: 'null', play: says(200, 'null'), ...NOT_READ },
  { name: 'a number', play: says(200, '7'), ...NOT_READ },
  {
    name: 'a text',
    play: says(200, `"${WORDS}"`),
    ...NOT_READ,
    // Its documents have a text as the body of a delete.
    except: { looker: { outcomes: { delete: 'DeleteConnectionSuccess' } } },
  },
  {
    name: 'a list for one and one for a list',
    play: ({ socket, well }) => socket.write(httpAnswer(200, well.startsWith('[') ? '{}' : '[]')),
    ...NOT_READ,
  },
  { name: 'JSON that ends early', play: insteadOf(/..$/, ''), ...NOT_READ },
  { name: 'JSON with more behind it', play: insteadOf(/$/, WORDS), ...NOT_READ },
  { name: 'a failure that calls itself 200', play: says(200, `{"success":false,"error":"${WORDS}"}`), ...NOT_READ },
  {
    name: 'the well answer, with a failure in it',
    play: insteadOf(/\}$/, ',"success":false}'),
    isFor: (operation, vendor) => tellsFields(operation, vendor) && tellsOne(operation, vendor),
    ...NOT_READ,
  },
  {
    name: 'a page to sign in, as JSON',
    play: says(200, `{"message":"${WORDS}","login_url":"https://x"}`),
    ...NOT_READ,
  },
  { name: 'an error with a code', play: says(200, `{"code":"UNAUTHENTICATED","message":"${WORDS}"}`), ...NOT_READ },
  { name: 'no more than a success', play: says(200, '{"ok":true}'), ...NOT_READ },
  { name: 'a body that is packed unasked', play: saysBytes(gzipSync('[]'), 'content-encoding: gzip\r\n'), ...NOT_READ },
  {
    name: 'a body that would unpack to fifty million',
    play: saysBytes(bomb, 'content-encoding: gzip\r\n'),
    ...NOT_READ,
  },
  { name: 'UTF-16', play: saysBytes(Buffer.from('[]', 'utf16le'), ''), ...NOT_READ },
  { name: 'a byte order mark before it', play: insteadOf(/^/, '\u{FEFF}'), ...READ },
  { name: 'an id of the wrong type', play: saysRows(WRONG_IDS), isFor: tellsRows, ...NOT_READ },
  { name: 'wrong types in all but the id', play: saysRows(WRONG_TYPES), isFor: tellsRows, ...READ },
  {
    name: 'a key that means the prototype',
    play: insteadOf(/\{"/g, '{"__proto__":{"name":7,"id":[]},"'),
    isFor: tellsFields,
    ...READ,
  },
  {
    name: 'a field a hundred thousand deep',
    play: insteadOf(/\{"/, `{"more":${'['.repeat(100_000)}${']'.repeat(100_000)},"`),
    isFor: tellsFields,
    ...READ,
  },
  {
    name: 'one connection twice',
    play: saysRows(ORDERS, ORDERS),
    isFor: (operation) => ['list', 'get', 'create'].includes(operation),
    outcomes: { ...WELL, list: 'rows orders orders' },
    calls: ONCE,
  },
];
