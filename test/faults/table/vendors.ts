// The four vendors as they are when they are well: where they are asked, what they answer, and how an instance of each is
// configured. Typed from the vendors' notes; it knows no adapter.
import type { VendorName } from '../../support/gateway.ts';
import type { WireRow } from './fault.ts';

export interface WellVendor {
  /** Below the origin. */
  readonly basePath: string;
  readonly id: string;
  /** Of another connection, which is read before some faults begin. */
  readonly otherId: string;
  /** A connection named orders. */
  readonly row: WireRow;
  /** Settings of an instance whose credential is in this file. */
  readonly settings: (keyFile: string) => Readonly<Record<string, unknown>>;
  readonly list: (rows: readonly WireRow[]) => unknown;
  readonly one: (row: WireRow) => unknown;
  readonly created: (row: WireRow) => unknown;
}

const itself = <T>(value: T): T => value;

export const OMNI_ID = '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21';
export const OTHER_OMNI_ID = '0b9dd7a4-5c0a-4b39-9c2f-5b1f3a3c7f10';

export const VENDORS: Readonly<Record<VendorName, WellVendor>> = {
  looker: {
    basePath: '/api/4.0',
    id: 'orders',
    otherId: 'other',
    row: { name: 'orders', dialect_name: 'postgres', host: 'db.example', port: '5432', username: 'reader' },
    settings: (keyFile) => ({ clientId: 'patchbay', clientSecret: `\${file:${keyFile}}` }),
    list: itself,
    one: itself,
    created: itself,
  },
  omni: {
    basePath: '/api',
    id: OMNI_ID,
    otherId: OTHER_OMNI_ID,
    row: { id: OMNI_ID, name: 'orders', dialect: 'postgres', database: 'shop' },
    settings: (keyFile) => ({ apiKey: `\${file:${keyFile}}` }),
    list: (rows) => ({ connections: rows }),
    one: (row) => ({ connection: row }),
    created: ({ id }) => ({ success: true, data: id }),
  },
  credible: {
    basePath: '/api/v0',
    id: 'orders',
    otherId: 'other',
    row: {
      name: 'orders',
      type: 'postgres',
      postgresConnection: { host: 'db.example', port: 5432, password: 'stored-secret-8' },
    },
    settings: (keyFile) => ({ organization: 'acme', project: 'analytics', token: `\${file:${keyFile}}` }),
    list: itself,
    one: itself,
    created: itself,
  },
  chartbrew: {
    basePath: '',
    id: '7',
    otherId: '8',
    row: { id: 7, name: 'orders', type: 'postgres', host: 'db.example', port: '5432', password: 'stored-secret-8' },
    settings: (keyFile) => ({ teamId: 7, apiKey: `\${file:${keyFile}}` }),
    list: itself,
    one: itself,
    created: itself,
  },
};

const TOKEN = '{"access_token":"token-secret-6","token_type":"Bearer","expires_in":3600}';

export const isLogin = (request: string): boolean => /^POST \S*\/login /.test(request);

/** What a vendor with these rows answers to a request, as JSON. */
export function wellAnswer(vendor: VendorName, request: string, rows: readonly WireRow[]): string {
  const { list, one, created, row } = VENDORS[vendor];
  const first = rows[0] ?? row;
  if (isLogin(request)) return TOKEN;
  if (request.startsWith('POST ')) return JSON.stringify(created(first));
  return JSON.stringify(/^GET \S*\/connections(\?\S*)? /.test(request) ? list(rows) : one(first));
}
