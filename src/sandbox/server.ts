// The HTTP server of one sandbox vendor, on loopback. It records every request in a journal, and has control endpoints under
// `/__sandbox/`, which docs/sandbox.md describes.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

export interface SandboxRequest {
  readonly method: string;
  /** The path without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One request in the journal at `/__sandbox/requests`. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Present if the caller closed the connection before it had the answer. */
  readonly hungUp?: true;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object or array is sent as JSON, a string as it is, undefined as an empty body. */
  readonly body?: unknown;
}

/** A vendor: a function that answers requests, with its state. `/__sandbox/reset` creates it again. */
export type SandboxVendor = ((request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>) & {
  /** Returns the stored secrets by the id of the connection. */
  readonly secrets?: () => unknown;
  /** Returns the servers to which connection tests sent a password, in order. */
  readonly deliveries?: () => unknown;
};

export interface SandboxServer {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly origin: string;
  /** Returns a copy of the journal that `/__sandbox/requests` answers, for callers in the same process. */
  requests(): RecordedRequest[];
  /** Does what `/__sandbox/reset` does, for callers in the same process. */
  reset(): void;
  close(): Promise<void>;
}

/** `hang` never answers, `reset` closes the connection without an answer, `slow` answers two seconds late. */
type Outage = 'none' | 'hang' | 'reset' | 'slow';

/** How late a slow vendor answers, in milliseconds. */
const SLOW_MS = 2000;

/** The state of a server. */
interface ServerState {
  readonly createVendor: () => SandboxVendor;
  vendor: SandboxVendor;
  outage: Outage;
  readonly journal: (RecordedRequest & { hungUp?: true })[];
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const plainHeaders = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]));

async function readRequest(message: IncomingMessage): Promise<SandboxRequest> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: plainHeaders(message),
    body: await readBody(message),
  };
}

function send(response: ServerResponse, { status, headers = {}, body }: SandboxResponse): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, body === undefined ? headers : { 'content-type': type, ...headers });
  response.end(body === undefined || isText ? body : JSON.stringify(body));
}

/** Puts the vendor back to its first state, ends an outage, and empties the journal. */
function reset(state: ServerState): void {
  state.vendor = state.createVendor();
  state.outage = 'none';
  state.journal.length = 0;
}

/** Answers a control endpoint, and changes the state for `reset` and `outage`. */
function answerControl(request: SandboxRequest, state: ServerState): SandboxResponse {
  const { vendor, journal } = state;
  const outage = request.body.toString().trim();
  switch (`${request.method} ${request.path.slice('/__sandbox/'.length)}`) {
    case 'POST reset':
      reset(state);
      return { status: 204 };
    case 'POST outage':
      if (!/^(none|hang|reset|slow)$/.test(outage)) break;
      state.outage = outage as Outage;
      return { status: 204 };
    case 'GET requests':
      return { status: 200, body: journal };
    case 'GET secrets':
      if (!vendor.secrets) break;
      return { status: 200, body: vendor.secrets() };
    case 'GET deliveries':
      if (!vendor.deliveries) break;
      return { status: 200, body: vendor.deliveries() };
  }
  return { status: 404, body: { message: 'reset, requests, or outage with the text none, hang, reset or slow' } };
}

/** Records a request to the vendor and answers it, or acts out the outage. */
async function answerVendorCall(
  request: SandboxRequest,
  message: IncomingMessage,
  response: ServerResponse,
  state: ServerState,
): Promise<void> {
  const recorded: ServerState['journal'][number] = {
    ...request,
    query: new URL(message.url ?? '/', 'http://sandbox').search.slice(1),
    body: request.body.toString(),
  };
  state.journal.push(recorded);
  if (state.outage === 'reset') return void message.socket.destroy();
  const noteHangUp = () => {
    if (!response.writableFinished) recorded.hungUp = true;
  };
  response.once('close', noteHangUp);
  if (state.outage === 'hang') return;
  try {
    // A slow vendor does at once what it is asked to do.
    const answer = await state.vendor(request);
    if (state.outage === 'slow') await setTimeout(SLOW_MS);
    send(response, answer);
  } catch {
    response.off('close', noteHangUp);
    message.socket.destroy();
  }
}

/**
 * Starts the server of a vendor on loopback.
 * @param createVendor creates the vendor in its first state. It is called again at each reset.
 * @param port 0 uses any free port.
 */
export async function startSandboxServer(createVendor: () => SandboxVendor, port: number): Promise<SandboxServer> {
  const state: ServerState = { createVendor, vendor: createVendor(), outage: 'none', journal: [] };
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    if (request.path.startsWith('/__sandbox/')) return send(response, answerControl(request, state));
    return answerVendorCall(request, message, response, state);
  };
  const server = createServer((message, response) => {
    answer(message, response).catch(() => message.socket.destroy());
  });
  // As long as the load balancers in front of the vendors keep idle connections. Node's five seconds are close to the gateway's four.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => state.journal.map((recorded) => ({ ...recorded })),
    reset: () => reset(state),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
