// Answers that are valid HTTP, but not what the vendor's API defines.
import { gzipSync } from 'node:zlib';
import type { VendorName } from '../../support/gateway.ts';
import { httpAnswer } from '../../support/raw-server.ts';
import {
  HEAD,
  ONE_CALL,
  answerWith,
  unknownOutcome,
  NORMAL_OUTCOMES,
  VENDOR_TEXT,
  type Fault,
  type Behavior,
  type WireRow,
} from './fault.ts';
import type { OperationName } from './operations.ts';
import { OMNI_ID } from './vendors.ts';

const UNREADABLE = { outcomes: unknownOutcome('BAD_RESPONSE', 200), calls: ONE_CALL };
const READABLE = { outcomes: NORMAL_OUTCOMES, calls: ONE_CALL };

/** Returns whether the answer contains a connection. Omni's answer to an update does not. */
const hasConnection = (operation: OperationName, vendor: VendorName): boolean =>
  operation === 'update' ? vendor !== 'omni' : ['list', 'get', 'create'].includes(operation);

/** Returns whether the answer has fields. Looker's answer to a delete is empty. */
const hasFields = (operation: OperationName, vendor: VendorName): boolean =>
  operation !== 'delete' || vendor !== 'looker';

/** Returns whether the answer is one object. Looker answers a test with a list, and a delete with nothing. */
const isOneObject = (operation: OperationName, vendor: VendorName): boolean =>
  (operation !== 'list' || vendor === 'omni') && (vendor !== 'looker' || !['test', 'testConfig'].includes(operation));

const sendsBytes =
  (body: Buffer, headers: string): Behavior =>
  ({ socket }) => {
    socket.write(`${HEAD}${headers}content-length: ${body.length}\r\n\r\n`);
    socket.write(body);
  };

/** Answers as a healthy vendor with other rows. */
const answerWithRows =
  (...rows: readonly Readonly<Record<VendorName, unknown>>[]): Behavior =>
  ({ socket, healthyAnswerWith, vendor }) =>
    socket.write(httpAnswer(200, healthyAnswerWith(...rows.map((row) => row[vendor] as WireRow))));

const replaceInAnswer =
  (pattern: RegExp, text: string): Behavior =>
  ({ socket, healthyAnswer }) =>
    socket.write(httpAnswer(200, healthyAnswer.replace(pattern, text)));

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

/** Fifty million zeros, compressed to fifty thousand bytes. */
const gzipBomb = gzipSync(Buffer.alloc(50_000_000, '0'));

export const shapes: readonly Fault[] = [
  {
    name: 'a page in HTML',
    behavior: answerWith(200, `<html>${VENDOR_TEXT}</html>`, { 'content-type': 'text/html' }),
    ...UNREADABLE,
  },
  { name: 'an empty body', behavior: answerWith(200, ''), ...UNREADABLE },
  {
    name: 'no content',
    behavior: ({ socket }) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'),
    outcomes: unknownOutcome('BAD_RESPONSE', 204),
    calls: ONE_CALL,
    // These two document 204 for a delete only.
    except: {
      looker: { outcomes: { delete: 'DeleteConnectionSuccess' } },
      credible: { outcomes: { delete: 'DeleteConnectionSuccess' } },
    },
  },
  { name: 'null', behavior: answerWith(200, 'null'), ...UNREADABLE },
  { name: 'a number', behavior: answerWith(200, '7'), ...UNREADABLE },
  {
    name: 'a text',
    behavior: answerWith(200, `"${VENDOR_TEXT}"`),
    ...UNREADABLE,
    // Looker documents a text as the body of a delete.
    except: { looker: { outcomes: { delete: 'DeleteConnectionSuccess' } } },
  },
  {
    name: 'a list in place of an object, or an object in place of a list',
    behavior: ({ socket, healthyAnswer }) => socket.write(httpAnswer(200, healthyAnswer.startsWith('[') ? '{}' : '[]')),
    ...UNREADABLE,
  },
  { name: 'JSON that ends early', behavior: replaceInAnswer(/..$/, ''), ...UNREADABLE },
  { name: 'JSON with more text after it', behavior: replaceInAnswer(/$/, VENDOR_TEXT), ...UNREADABLE },
  {
    name: 'a failure with the status 200',
    behavior: answerWith(200, `{"success":false,"error":"${VENDOR_TEXT}"}`),
    ...UNREADABLE,
  },
  {
    name: 'a healthy answer that also reports a failure',
    behavior: replaceInAnswer(/\}$/, ',"success":false}'),
    isFor: (operation, vendor) => hasFields(operation, vendor) && isOneObject(operation, vendor),
    ...UNREADABLE,
  },
  {
    name: 'a login page as JSON',
    behavior: answerWith(200, `{"message":"${VENDOR_TEXT}","login_url":"https://x"}`),
    ...UNREADABLE,
  },
  {
    name: 'an error with a code',
    behavior: answerWith(200, `{"code":"UNAUTHENTICATED","message":"${VENDOR_TEXT}"}`),
    ...UNREADABLE,
  },
  { name: 'only {"ok":true}', behavior: answerWith(200, '{"ok":true}'), ...UNREADABLE },
  {
    name: 'a compressed body that was not requested',
    behavior: sendsBytes(gzipSync('[]'), 'content-encoding: gzip\r\n'),
    ...UNREADABLE,
  },
  {
    name: 'a body that decompresses to fifty million bytes',
    behavior: sendsBytes(gzipBomb, 'content-encoding: gzip\r\n'),
    ...UNREADABLE,
  },
  { name: 'UTF-16', behavior: sendsBytes(Buffer.from('[]', 'utf16le'), ''), ...UNREADABLE },
  { name: 'a byte order mark before the JSON', behavior: replaceInAnswer(/^/, '\u{FEFF}'), ...READABLE },
  { name: 'an id of the wrong type', behavior: answerWithRows(WRONG_IDS), isFor: hasConnection, ...UNREADABLE },
  {
    name: 'wrong types in all fields but the id',
    behavior: answerWithRows(WRONG_TYPES),
    isFor: hasConnection,
    ...READABLE,
  },
  {
    name: 'the key __proto__',
    behavior: replaceInAnswer(/\{"/g, '{"__proto__":{"name":7,"id":[]},"'),
    isFor: hasFields,
    ...READABLE,
  },
  {
    name: 'a field with a hundred thousand levels',
    behavior: replaceInAnswer(/\{"/, `{"more":${'['.repeat(100_000)}${']'.repeat(100_000)},"`),
    isFor: hasFields,
    ...READABLE,
  },
  {
    name: 'the same connection twice',
    behavior: answerWithRows(ORDERS, ORDERS),
    isFor: (operation) => ['list', 'get', 'create'].includes(operation),
    outcomes: { ...NORMAL_OUTCOMES, list: 'rows orders orders' },
    calls: ONE_CALL,
  },
];
