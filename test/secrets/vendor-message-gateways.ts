// Four stub vendors, each behind a gateway with its own credentials. A test sets the answer of a vendor, and reads `vendorMessage` in the
// results of every mutation.
import { expect } from 'vitest';
import type { IdempotencyStore, StoredAnswer } from '../../src/services/idempotency/idempotency.ts';
import { createMemoryStore } from '../../src/services/idempotency/memory-store.ts';
import type { SandboxRequest, SandboxResponse } from '../../src/sandbox/server.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { startStubbedGateway, type StubbedGateway } from '../support/stub-vendor.ts';

export type Values = Readonly<Record<string, unknown>>;

export const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;
const CREDENTIALS = {
  looker: { clientId: 'own-client-41', clientSecret: 'own-credential-42' },
  omni: { apiKey: 'own-credential-42' },
  credible: { apiKey: 'own-credential-42', token: undefined, tokenType: undefined },
  chartbrew: { apiKey: 'own-credential-42' },
} as const;

/** The row of a PostgreSQL connection as each vendor returns it. */
const ROWS: Readonly<Record<VendorName, { readonly id: string; readonly row: Values }>> = {
  looker: { id: 'orders', row: { name: 'orders', dialect_name: 'postgres', host: 'old.acme.example', username: 'bi' } },
  omni: {
    id: '3f1c9a2e-1b7d-4f7e-9c55-0a1b2c3d4e5f',
    row: { id: '3f1c9a2e-1b7d-4f7e-9c55-0a1b2c3d4e5f', name: 'orders', dialect: 'postgres' },
  },
  credible: {
    id: 'orders',
    row: { name: 'orders', type: 'postgres', postgresConnection: { host: 'old.acme.example', userName: 'bi' } },
  },
  chartbrew: {
    id: '7',
    row: {
      id: 7,
      name: 'orders',
      type: 'postgres',
      host: 'old.acme.example',
      dbName: 'orders',
      connectionString: null,
      sslCa: null,
      sslCert: null,
      sslKey: null,
      sshPassword: null,
      sshPrivateKey: null,
      sshPassphrase: null,
      username: 'bi',
    },
  },
};

/** How each vendor refuses a create in words, and where. */
export const refusal = (vendor: VendorName, words: string, status = 400): SandboxResponse => ({
  status,
  body: {
    looker: { message: words, documentation_url: 'https://example.com' },
    omni: { detail: words, status },
    credible: { code: 'INVALID_ARGUMENT', message: words },
    chartbrew: { error: words },
  }[vendor],
});

/** One connection, alone or in a list. */
export const rowOf = (vendor: VendorName): SandboxResponse => ({
  status: 200,
  body: vendor === 'omni' ? { connection: ROWS.omni.row, connections: [ROWS.omni.row] } : ROWS[vendor].row,
});

export const WORDS = 'The host db.acme.example is out of reach.';

const postgres = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
export const settingsFor = (vendor: VendorName) => ({ instance: vendor, config: { postgres } });
export const inputFor = (vendor: VendorName, more: Values = {}) => ({
  ...settingsFor(vendor),
  name: 'newest',
  ...more,
});
export const globalId = (vendor: VendorName) => Buffer.from(`v1:c:${vendor}:${ROWS[vendor].id}`).toString('base64url');
export const rowTold = (vendor: VendorName): Values => ROWS[vendor].row;

export const LOGIN = { status: 200, body: { access_token: 'made-token-43', expires_in: 3600 } } as const;

export type Answer = (request: SandboxRequest) => SandboxResponse;

export interface MessageGateways {
  /** Returns the answer of the called vendor from now on, except to logins. */
  answer: Answer;
  /** The answers that were stored under idempotency keys. */
  readonly stored: readonly StoredAnswer[];
  readonly gatewayOf: (vendor: VendorName) => TestGateway;
  /** Runs a mutation and returns its result. Checks that the answer contains no secret and the log no vendor text. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly run: (vendor: VendorName, document: string, input: Values) => Promise<any>;
  readonly close: () => Promise<void>;
}

export async function startMessageGateways(): Promise<MessageGateways> {
  const storedAnswers: StoredAnswer[] = [];
  const memory = createMemoryStore();
  const idempotencyStore: IdempotencyStore = {
    ...memory,
    finish: async (key, answer, outcome) => {
      storedAnswers.push(answer);
      await memory.finish(key, answer, outcome);
    },
  };
  const played = {} as Record<VendorName, StubbedGateway>;
  const gateways: MessageGateways = {
    answer: () => ({ status: 500 }),
    stored: storedAnswers,
    gatewayOf: (vendor) => played[vendor].gateway,
    run: async (vendor, document, input) => {
      const { gateway } = played[vendor];
      const { text, data } = await gateway.ask(document, { input });
      expect(text).not.toMatch(/secret-\d|own-c|made-t/);
      expect(gateway.log.join('\n')).not.toMatch(/secret-\d|own-c|made-t|out of reach/);
      if (!data) throw new Error(`No result: ${text}`);
      return Object.values(data)[0];
    },
    close: async () => {
      for (const one of Object.values(played)) await one.close();
    },
  };
  for (const vendor of VENDORS) {
    const respond: Answer = (request) => (request.path.endsWith('/login') ? LOGIN : gateways.answer(request));
    played[vendor] = await startStubbedGateway(vendor, respond, CREDENTIALS[vendor], {
      createGateway: { idempotencyStore },
    });
  }
  return gateways;
}
