// Runs the mutations update, delete and test on a connection, and records what each sent to the vendor.
import { expect } from 'vitest';
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import { configAndDetails, create, type CreateInput } from './create-connection.ts';
import type { TestGateway, VendorName } from './gateway.ts';

type Values = Readonly<Record<string, unknown>>;

const ERRORS = `
  ... on Error { message requestId }
  ... on VendorError { instance { key } vendorStatus vendorCode }
  ... on VendorUnavailableError { unavailable retryable }
  ... on RateLimitedError { retryAfterMs }
  ... on NotFoundError { id }
  ... on UnsupportedError { vendor dialect capability alternatives }`;
const ISSUES = '... on ValidationError { issues { path code message source vendorCode } }';
const UNKNOWN = '... on OutcomeUnknownError { probe }';
const TESTED = `... on TestConnectionSuccess {
  test { outcome checks { name outcome vendorOutcome message } connection { id } }
}`;

/** Returns the instance key in the global id of a connection, such as base64url of `v1:c:looker:billing`. */
const instanceOf = (id: unknown): string | undefined => Buffer.from(String(id), 'base64url').toString().split(':')[2];

const MUTATIONS = {
  updateConnection: ({
    id,
    config,
  }: Values) => `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
    __typename ${ERRORS} ${ISSUES} ${UNKNOWN} ... on ConflictError { conflict }
    ... on UpdateConnectionSuccess {
      connection { id vendorId name dialect ${configAndDetails(instanceOf(id), config)} secrets { path status } }
      warnings { path code message }
    }
  } }`,
  deleteConnection: () => `mutation ($input: DeleteConnectionInput!) { deleteConnection(input: $input) {
    __typename ${ERRORS} ${UNKNOWN} ... on ConflictError { conflict }
    ... on DeleteConnectionSuccess { deletedId archived warnings { path code message } }
  } }`,
  testConnection: () => `mutation ($input: TestConnectionInput!) {
    testConnection(input: $input) { __typename ${ERRORS} ${ISSUES} ${TESTED} }
  }`,
  testConnectionConfig: () => `mutation ($input: TestConnectionConfigInput!) {
    testConnectionConfig(input: $input) { __typename ${ERRORS} ${ISSUES} ${TESTED} }
  }`,
} as const;

/** Runs a mutation, checks that the answer has no secret, and returns the member of the result union. @throws Error when there is none. */
export async function runMutation(gateway: TestGateway, mutation: keyof typeof MUTATIONS, input: Values) {
  const answer = await gateway.ask(MUTATIONS[mutation](input), { input });
  const result = answer.data?.[mutation];
  if (!result) throw new Error(`No result: ${answer.text}`);
  expect([answer.text, ...gateway.log].join('\n')).not.toMatch(/secret-\d/);
  return result;
}

/** Creates a connection and returns its global id and its vendor id. @throws Error when it is not created. */
export async function createForUpdate(
  gateway: TestGateway,
  input: CreateInput,
): Promise<{ id: string; vendorId: string }> {
  const { result, text } = await create(gateway, input);
  if (!result.connection) throw new Error(`Not created: ${text}`);
  return result.connection;
}

/** Returns the parts of a multipart body and their texts. */
async function partsOf({ body, headers }: RecordedRequest): Promise<Values> {
  const form = await new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
  const texts = [...form].map(async ([name, part]) => [name, await new Response(part).text()] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Returns `METHOD path?query` of a request and its body: JSON, or the parts of a form. An empty body is left out. */
export async function wireOf(request: RecordedRequest): Promise<readonly [string, ...Values[]]> {
  const { method, path, query, headers, body } = request;
  const call = `${method} ${path}${query && `?${query}`}`;
  if (body === '') return [call];
  const isForm = headers['content-type']?.startsWith('multipart/form-data');
  return [call, isForm ? await partsOf(request) : (JSON.parse(body) as Values)];
}

const isRead = ({ method, body }: RecordedRequest): boolean => method === 'GET' && body === '';

/** Runs an action and returns its result with the requests that the vendor received. `sent` leaves out reads. */
export async function recordSent<T>(gateway: TestGateway, vendor: VendorName, action: () => Promise<T>) {
  const before = (await gateway.received(vendor)).length;
  const result = await action();
  const received = (await gateway.received(vendor)).slice(before);
  return { result, sent: await Promise.all(received.filter((request) => !isRead(request)).map(wireOf)), received };
}
