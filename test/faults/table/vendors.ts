// The four vendors without a fault: their paths, their answers, and the configuration of an instance of each. Written from the
// vendors' documents; it imports no adapter.
import type { VendorName } from '../../support/gateway.ts';
import { httpAnswer } from '../../support/raw-server.ts';
import type { WireRow } from './fault.ts';
import type { OperationName } from './operations.ts';

export interface HealthyVendor {
  /** The path of the base URL. */
  readonly basePath: string;
  readonly id: string;
  /** The id of another connection, which is read before some faults begin. */
  readonly otherId: string;
  /** The connection named orders. */
  readonly row: WireRow;
  /** Returns the settings of an instance whose credential is in this file. */
  readonly settings: (keyFile: string) => Readonly<Record<string, unknown>>;
  readonly list: (rows: readonly WireRow[]) => unknown;
  readonly single: (row: WireRow) => unknown;
  readonly created: (row: WireRow) => unknown;
  readonly updated: (row: WireRow) => unknown;
  /** The answer to a delete. An empty text when the vendor answers with a status only. */
  readonly removed: unknown;
  /** The answer to a test that passed. Missing when the vendor has no test. */
  readonly tested?: unknown;
  /** The start of each operation's own requests. Missing when the vendor does not support the operation. */
  readonly requests: Readonly<Partial<Record<OperationName, RegExp>>>;
}

const READS = { list: /^GET /, get: /^GET /, create: /^POST \S*\/connections / } as const;

const identity = <T>(value: T): T => value;

export const OMNI_ID = '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21';
export const OTHER_OMNI_ID = '0b9dd7a4-5c0a-4b39-9c2f-5b1f3a3c7f10';

export const VENDORS: Readonly<Record<VendorName, HealthyVendor>> = {
  looker: {
    basePath: '/api/4.0',
    id: 'orders',
    otherId: 'other',
    // The settings of `create` in mutations.ts, with an old creation date.
    row: {
      name: 'orders',
      dialect_name: 'postgres',
      host: 'db.example',
      port: '5432',
      database: 'shop',
      username: 'reader',
      created_at: '2024-05-01T10:00:00.000Z',
    },
    settings: (keyFile) => ({ clientId: 'patchbay', clientSecret: `\${file:${keyFile}}` }),
    list: identity,
    single: identity,
    created: identity,
    updated: identity,
    removed: '',
    tested: [{ name: 'connect', status: 'success', message: 'Can connect' }],
    requests: {
      ...READS,
      update: /^PATCH \S*\/connections\/orders /,
      delete: /^DELETE \S*\/connections\/orders /,
      test: /^PUT \S*\/connections\/orders\/test /,
      testConfig: /^PUT \S*\/connections\/test /,
    },
  },
  omni: {
    basePath: '/api',
    id: OMNI_ID,
    otherId: OTHER_OMNI_ID,
    row: { id: OMNI_ID, name: 'orders', dialect: 'postgres', database: 'shop' },
    settings: (keyFile) => ({ apiKey: `\${file:${keyFile}}` }),
    list: (rows) => ({ connections: rows }),
    single: (row) => ({ connection: row }),
    created: ({ id }) => ({ success: true, data: id }),
    updated: () => ({ success: true, message: 'Updated connection credentials.' }),
    removed: { success: true, message: 'Connection moved to trash.' },
    requests: {
      ...READS,
      update: new RegExp(`^PATCH \\S*/connections/${OMNI_ID} `),
      delete: new RegExp(`^DELETE \\S*/connections/${OMNI_ID} `),
    },
  },
  credible: {
    basePath: '/api/v0',
    id: 'orders',
    otherId: 'other',
    row: {
      name: 'orders',
      type: 'postgres',
      postgresConnection: {
        host: 'db.example',
        port: 5432,
        databaseName: 'shop',
        userName: 'reader',
        password: 'stored-secret-8',
      },
    },
    settings: (keyFile) => ({ organization: 'acme', project: 'analytics', token: `\${file:${keyFile}}` }),
    list: identity,
    single: identity,
    created: identity,
    updated: identity,
    removed: { message: 'Deleted.' },
    tested: { status: 'ok' },
    requests: {
      ...READS,
      update: /^PATCH \S*\/connections\/orders /,
      delete: /^DELETE \S*\/connections\/orders /,
      testConfig: /^POST \S*\/connections\?dryRun=true /,
    },
  },
  chartbrew: {
    basePath: '',
    id: '7',
    otherId: '8',
    row: {
      id: 7,
      name: 'orders',
      type: 'postgres',
      host: 'db.example',
      port: '5432',
      dbName: 'shop',
      username: 'reader',
      password: 'stored-secret-8',
      connectionString: null,
      sslCa: null,
      sslCert: null,
      sslKey: null,
      hasSshPassword: false,
      hasSshPassphrase: false,
      hasSshPrivateKey: false,
    },
    settings: (keyFile) => ({ teamId: 7, apiKey: `\${file:${keyFile}}` }),
    list: identity,
    single: identity,
    created: identity,
    updated: identity,
    removed: { removed: true },
    tested: { success: true, schema: { tables: ['orders'], description: { orders: ['id'] } } },
    requests: {
      ...READS,
      update: /^PUT \S*\/connections\/7 /,
      delete: /^DELETE \S*\/connections\/7 /,
      test: /^GET \S*\/connections\/7\/test /,
      testConfig: /^POST \S*\/connections\/postgres\/test /,
    },
  },
};

const TOKEN = '{"access_token":"token-secret-6","token_type":"Bearer","expires_in":3600}';

const isList = (request: string): boolean => /^GET \S*\/connections(\?\S*)? /.test(request);

export const isLogin = (request: string): boolean => /^POST \S*\/login /.test(request);

const ofMethod = (request: string): string => request.slice(0, request.indexOf(' '));

/** Returns the answer of a healthy vendor with these rows, as JSON. Without rows it answers with the default row. */
export function healthyAnswerOf(vendor: VendorName, request: string, rows: readonly WireRow[]): string {
  const { list, single, created, updated, removed, tested, row, requests } = VENDORS[vendor];
  const first = rows[0] ?? row;
  if (isLogin(request)) return TOKEN;
  if (requests.test?.test(request) || requests.testConfig?.test(request)) return JSON.stringify(tested);
  const answers = {
    GET: () => (isList(request) ? list(rows) : single(first)),
    POST: () => created(first),
    PATCH: () => updated(first),
    PUT: () => updated(first),
    DELETE: () => removed,
  }[ofMethod(request)];
  return JSON.stringify(answers?.() ?? null);
}

/** Returns the whole HTTP answer. Looker documents 204 for a delete. A missing connection is 404. */
export function healthyHttpAnswer(vendor: VendorName, request: string, rows: readonly WireRow[]): string {
  if (vendor === 'looker' && request.startsWith('DELETE ')) return 'HTTP/1.1 204 Gone\r\n\r\n';
  const isMissing = rows.length === 0 && request.startsWith('GET ') && !isList(request);
  return isMissing
    ? httpAnswer(404, '{"message":"Not found"}')
    : httpAnswer(200, healthyAnswerOf(vendor, request, rows));
}
