// Vendors that mean harm, or just talk: each write is answered with the request thrown back in every place where a vendor puts
// words, in one spelling. Reads are answered well, by a sandbox behind, so that an update gets as far as its write.
import { createSandboxChartbrew } from '../../../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../../../src/sandbox/credible/server.ts';
import { createSandboxLooker } from '../../../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../../../src/sandbox/omni/server.ts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SandboxRequest, SandboxVendor } from '../../../src/sandbox/server.ts';
import type { VendorName } from '../../support/gateway.ts';

/** How the request is spelled when it is thrown back; `at` differs from answer to answer. */
export const ECHOES: Readonly<Record<string, (raw: string, at: number) => string>> = {
  raw: (raw) => raw,
  'JSON-escaped': (raw) => JSON.stringify(raw),
  'URL-encoded': (raw) => encodeURIComponent(raw),
  base64: (raw) => Buffer.from(raw).toString('base64'),
  'upper-cased': (raw) => raw.toUpperCase(),
  // A seventeenth of the text further each time: all offsets come to be met.
  cut: (raw, at) => raw.slice(Math.floor((raw.length * (at % 97)) / 97)),
};

export interface Answers {
  readonly status: number;
  readonly echo: string;
  /** JSON as the vendors have it when left out. */
  readonly form?: 'html' | 'redirect' | 'hang' | 'text' | undefined;
}

export interface HostileServer {
  readonly origin: string;
  /** Bodies of what was written or tested at each instance. */
  readonly received: readonly Received[];
  close(): Promise<void>;
}

export interface Received {
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

function echoed({ status, echo, form }: Answers, { body, headers }: SandboxRequest, at: number) {
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
  { status, echo, form }: Answers,
  request: SandboxRequest,
  response: ServerResponse,
  at: number,
): Promise<void> {
  // A call that its caller leaves alone must come to an end of itself.
  if (form === 'hang') return void setTimeout(() => response.destroy(), 1500).unref();
  const { line, text } = echoed({ status, echo, form }, request, at);
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
 * All instances of a vendor lead to one sandbox, but `other`, which has one of its own.
 * @param castOf how an instance answers what is written there; undefined for one that does as it is told.
 */
export async function startHostile(
  castOf: (key: string) => { readonly vendor: VendorName; readonly answers: Answers | undefined },
): Promise<HostileServer> {
  const sandboxes = new Map<string, SandboxVendor>();
  const received: Received[] = [];
  let answered = 0;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, key = '', path = '/'] = /^\/([^/]+)(\/.*)$/.exec(message.url ?? '/') ?? [];
    const { vendor, answers } = castOf(key);
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
