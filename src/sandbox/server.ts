// One small HTTP server on loopback that plays a vendor: it records what reached it and answers as the vendor's file says.
// It must not know any adapter: it is the other side of the wire.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SandboxRequest {
  readonly method: string;
  /** Path without the query, as it came (still percent-encoded). */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the journal at `/__sandbox/requests` shows of one request. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Set when the caller closed the line before it had the answer; absent otherwise. */
  readonly hungUp?: true;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object or array is sent as JSON, text as it is, undefined as an empty body. */
  readonly body?: unknown;
}

/** A vendor in small: its state, and how it answers. Made anew by `/__sandbox/reset`. */
export type SandboxVendor = ((request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>) & {
  /** What the vendor keeps and never shows, by the id of the connection. */
  readonly secrets?: () => unknown;
  /** Which servers were sent a password by tests of connections, in order. */
  readonly deliveries?: () => unknown;
};

export interface SandboxServer {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly origin: string;
  close(): Promise<void>;
}

type Outage = 'none' | 'hang' | 'reset';

const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const plainHeaders = (message: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]));

function send(response: ServerResponse, { status, headers = {}, body }: SandboxResponse): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, body === undefined ? headers : { 'content-type': type, ...headers });
  response.end(body === undefined || isText ? body : JSON.stringify(body));
}

/**
 * Starts a vendor on loopback.
 * @param createVendor makes the vendor with its first state; called again at each reset.
 * @param port 0 takes any free port.
 */
export async function startSandboxServer(createVendor: () => SandboxVendor, port: number): Promise<SandboxServer> {
  let vendor = createVendor();
  let outage: Outage = 'none';
  const journal: (RecordedRequest & { hungUp?: true })[] = [];

  // POST /__sandbox/reset: first state, empty journal, no outage.
  // GET /__sandbox/requests: every request since, as the vendor saw it.
  // GET /__sandbox/secrets: what the vendor keeps and never shows, where it does so.
  // GET /__sandbox/deliveries: which servers were sent a password by tests of connections, where the vendor tells.
  // POST /__sandbox/outage with hang (never answer), reset (cut the line) or none.
  const control = (request: SandboxRequest): SandboxResponse => {
    if (request.method === 'POST' && request.path === '/__sandbox/reset') {
      vendor = createVendor();
      outage = 'none';
      journal.length = 0;
      return { status: 204 };
    }
    if (request.method === 'GET' && request.path === '/__sandbox/requests') return { status: 200, body: journal };
    if (request.method === 'GET' && request.path === '/__sandbox/secrets' && vendor.secrets) {
      return { status: 200, body: vendor.secrets() };
    }
    if (request.method === 'GET' && request.path === '/__sandbox/deliveries' && vendor.deliveries) {
      return { status: 200, body: vendor.deliveries() };
    }
    const wanted = request.body.toString().trim();
    if (request.method === 'POST' && request.path === '/__sandbox/outage' && /^(none|hang|reset)$/.test(wanted)) {
      outage = wanted as Outage;
      return { status: 204 };
    }
    return { status: 404, body: { message: 'reset, requests, or outage with the text none, hang or reset' } };
  };

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(message.url ?? '/', 'http://sandbox');
    const request: SandboxRequest = {
      method: message.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: plainHeaders(message),
      body: await readBody(message),
    };
    if (request.path.startsWith('/__sandbox/')) return send(response, control(request));
    const recorded: (typeof journal)[number] = {
      ...request,
      query: url.search.slice(1),
      body: request.body.toString(),
    };
    journal.push(recorded);
    if (outage === 'reset') return void message.socket.destroy();
    const noteHangUp = () => {
      if (!response.writableFinished) recorded.hungUp = true;
    };
    response.once('close', noteHangUp);
    if (outage === 'hang') return;
    try {
      send(response, await vendor(request));
    } catch {
      response.off('close', noteHangUp);
      message.socket.destroy();
    }
  };

  const server = createServer((message, response) => {
    answer(message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
