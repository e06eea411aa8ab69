// Replicas for tests of the store: gateways with one store, in front of one stub of Looker or Chartbrew.
import { onTestFinished, vi } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import type { SandboxRequest, SandboxResponse } from '../../src/sandbox/server.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { startVendorServer } from '../support/journal.ts';

const SANDBOXES = { looker: createSandboxLooker, chartbrew: createSandboxChartbrew };
export type Vendor = keyof typeof SANDBOXES;

/** Waits until a condition is true, also on a machine that runs much else. @throws after a minute. */
export const eventually = async (isTrue: () => boolean | Promise<boolean>): Promise<unknown> =>
  vi.waitUntil(isTrue, { timeout: 60_000, interval: 20 });

/** The key of the audit, which all replicas share. */
export const AUDIT_KEY = 'audit-key-of-all-replicas-0123456789';

const ERRORS = `
  ... on Error { message } ... on VendorError { instance { key } } ... on ConflictError { conflict }
  ... on VendorUnavailableError { unavailable retryable } ... on OutcomeUnknownError { probe }`;
const CREATE = `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
  __typename ${ERRORS} ... on CreateConnectionSuccess { connection { id name } }
} }`;
const UPDATE = `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) {
  __typename ${ERRORS} ... on UpdateConnectionSuccess { connection { id name } }
} }`;
const DELETE = `mutation ($input: DeleteConnectionInput!) { result: deleteConnection(input: $input) {
  __typename ${ERRORS} ... on DeleteConnectionSuccess { deletedId }
} }`;
const LIST = `{ connections(first: 100) { totalCount nodes { id name } sources { error { __typename } } } }`;

type Values = Readonly<Record<string, unknown>>;

const INPUT = {
  name: 'orders',
  config: { postgres: { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' } },
};

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
async function resultOf(gateway: TestGateway, document: string, input: Values): Promise<any> {
  const { data, text } = await gateway.ask(document, { input });
  if (!data) throw new Error([text, ...gateway.log].join('\n'));
  return data.result;
}

/** Returns the body of a request that creates the connection `orders`. */
export const createBody = (instance: Vendor, input: Values = {}) => ({
  query: CREATE,
  variables: { input: { instance, ...INPUT, ...input } },
});

/** Creates the connection `orders` at the stub. */
export const create = async (gateway: TestGateway, instance: Vendor, input: Values = {}) =>
  resultOf(gateway, CREATE, createBody(instance, input).variables.input);
export const update = async (gateway: TestGateway, input: Values) => resultOf(gateway, UPDATE, input);
export const remove = async (gateway: TestGateway, id: string, input: Values = {}) =>
  resultOf(gateway, DELETE, { id, ...input });
export const list = async (gateway: TestGateway) => (await gateway.ask(LIST)).data.connections;

const isLogin = ({ path }: SandboxRequest): boolean => path.endsWith('/login');
const isWrite = (request: SandboxRequest): boolean => request.method !== 'GET' && !isLogin(request);

/** A stub whose writes a test handles. */
export interface Stub {
  readonly vendor: Vendor;
  readonly origin: string;
  /** How many writes arrived. */
  readonly writes: () => number;
  /** How many reads arrived. */
  readonly reads: () => number;
  /** Handles each write. @param act carries it out. */
  play: (act: () => SandboxResponse | Promise<SandboxResponse>) => SandboxResponse | Promise<SandboxResponse>;
}

/** Starts a stub. It ends with the test. */
export async function startStub(vendor: Vendor): Promise<Stub> {
  const sandbox = SANDBOXES[vendor]();
  let writes = 0;
  let reads = 0;
  const server = await startVendorServer(() => (request) => {
    if (!isWrite(request)) {
      reads += 1;
      return sandbox(request);
    }
    writes += 1;
    return stub.play(() => sandbox(request));
  });
  onTestFinished(() => server.close());
  const stub: Stub = {
    vendor,
    origin: server.origin,
    writes: () => writes,
    reads: () => reads,
    play: (act) => act(),
  };
  return stub;
}

/** Starts a replica in this process. It ends with the test. */
export async function startReplica(stub: Stub, url: string, options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = await startTestGateway({
    store: { url },
    audit: { key: AUDIT_KEY },
    instances: (sandbox) =>
      sandbox
        .filter(({ vendor }) => vendor === stub.vendor)
        .map((one) => ({ ...one, baseUrl: stub.origin + new URL(one.baseUrl).pathname.replace(/\/$/, '') })),
    ...options,
  });
  onTestFinished(() => gateway.close());
  return gateway;
}
