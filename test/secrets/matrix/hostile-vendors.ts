// Hostile vendors: they answer each write with the text of the request, in one encoding, in every field, header and message in which a
// vendor sends text. A sandbox answers the reads, so that an update reaches its write.
import { createSandboxChartbrew } from '../../../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../../../src/sandbox/credible/server.ts';
import { createSandboxLooker } from '../../../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../../../src/sandbox/omni/server.ts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxRequest, SandboxVendor } from '../../../src/sandbox/server.ts';
import type { VendorName } from '../../support/gateway.ts';

/** The encodings of the returned request. `at` is different for each answer. */
export const ECHOES: Readonly<Record<string, (raw: string, at: number) => string>> = {
  raw: (raw) => raw,
  'JSON-escaped': (raw) => JSON.stringify(raw),
  'URL-encoded': (raw) => encodeURIComponent(raw),
  base64: (raw) => Buffer.from(raw).toString('base64'),
  'upper-cased': (raw) => raw.toUpperCase(),
  // Each answer cuts the text at another position, so that all positions occur.
  cut: (raw, at) => raw.slice(Math.floor((raw.length * (at % 97)) / 97)),
};

export interface EchoAnswer {
  readonly status: number;
  readonly echo: string;
  /** The form of the answer; missing for the vendor's JSON. */
  readonly form?: 'html' | 'redirect' | 'hang' | 'text' | undefined;
}

export interface HostileVendors {
  readonly origin: string;
  /** The writes and the tests that were carried out at each instance. */
  readonly received: readonly ReceivedWrite[];
  close(): Promise<void>;
}

export interface ReceivedWrite {
  readonly key: string;
  readonly call: string;
  readonly type: string;
  readonly body: string;
}

const SANDBOXES: Readonly<Record<VendorName, () => SandboxVendor>> = {
  looker: createSandboxLooker,
  omni: createSandboxOmni,
  credible: createSandboxCredible,
  chartbrew: createSandboxChartbrew,
};

function echoOf({ status, echo, form }: EchoAnswer, { body, headers }: SandboxRequest, at: number) {
  const raw = body.toString();
  const spelled = ECHOES[echo]?.(raw, at) ?? raw;
  const line = encodeURIComponent(spelled).slice(0, 3000);
  const sent = headers['content-type']?.startsWith('application/json') && raw ? (JSON.parse(raw) as object) : {};
  const words = `Bad Request: ${spelled} with ${headers['authorization'] ?? ''}`;
  const json = {
    ...sent,
    id: 7,
    success: status < 300,
    data: '5b0e6d5c-9d9b-4f4e-8f0d-3f8d1b2a4c6e',
    ...(status < 300
      ? {}
      : {
          name: spelled,
          host: spelled,
        }),
    message: words,
    detail: words,
    error: words,
    code: spelled,
    reason: spelled,
    documentation_url: spelled,
    status: spelled,
    errorMessage: words,
    errors: [
      {
        field: spelled,
        code: spelled,
        message: spelled,
        path: spelled,
      },
    ],
    [spelled]: spelled,
  };
  const text = form === 'html' ? `<html><title>${words}</title><body>${line}</body></html>` : words;
  return { line, text: form ? text : JSON.stringify(json) };
}

async function answer(
  { status, echo, form }: EchoAnswer,
  request: SandboxRequest,
  response: ServerResponse,
  at: number,
): Promise<void> {
  // A call that the gateway does not abort must end.
  if (form === 'hang') return void setTimeout(() => response.destroy(), 1500).unref();
  const { line, text } = echoOf({ status, echo, form }, request, at);
  response.statusMessage = line.slice(0, 500);
  response.statusCode = status;
  const headers = { 'x-echo': line, 'retry-after': '1', 'x-request-id': line, 'set-cookie': `sid=${line}` };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (form === 'redirect') response.setHeader('location', `http://127.0.0.1:1/?${line}`);
  response.setHeader(
    'content-type',
    form === 'html' ? 'text/html' : form === 'text' ? 'text/plain' : 'application/json',
  );
  response.end(text);
}

async function requestOf(message: IncomingMessage, path: string): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(path, 'http://sandbox');
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join()])),
    body: Buffer.concat(chunks),
  };
}

const isRead = ({ method, path }: SandboxRequest): boolean =>
  path.endsWith('/login') || (method === 'GET' && !path.endsWith('/test'));

/**
 * Starts the hostile vendors. All instances of a vendor share one sandbox, except `other`, which has its own.
 * @param behaviorOf how an instance answers a write; undefined for an instance that carries it out.
 */
export async function startHostileVendors(
  behaviorOf: (key: string) => { readonly vendor: VendorName; readonly answers: EchoAnswer | undefined },
): Promise<HostileVendors> {
  const sandboxes = new Map<string, SandboxVendor>();
  const received: ReceivedWrite[] = [];
  let answered = 0;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, key = '', path = '/'] = /^\/([^/]+)(\/.*)$/.exec(message.url ?? '/') ?? [];
    const { vendor, answers } = behaviorOf(key);
    const request = await requestOf(message, path);
    const store = key === `${vendor}-other` ? key : vendor;
    const sandbox = sandboxes.get(store) ?? SANDBOXES[vendor]();
    sandboxes.set(store, sandbox);
    if (answers && !isRead(request)) {
      answered += 1;
      return answer(answers, request, response, answered);
    }
    if (!isRead(request)) {
      const call = `${request.method} ${path}`;
      received.push({ key, call, type: request.headers['content-type'] ?? '', body: request.body.toString() });
    }
    const { status, headers = {}, body } = await sandbox(request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? body : typeof body === 'string' ? body : JSON.stringify(body));
  }

  const server = createServer((message, response) => {
    serve(message, response).catch(() => message.socket.destroy());
  });
  // A client must not send a request on a connection that the server closes at the same time.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
