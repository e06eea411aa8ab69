// A server on a raw socket, for answers that no HTTP library sends: incomplete answers, slow bytes, or text that is not HTTP.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface RawServer {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly origin: string;
  /** All requests, with head and body as text. */
  readonly requests: string[];
  /** All connections, open or closed. */
  readonly sockets: readonly Socket[];
  /** Handles each later request. Initially does nothing. */
  answer: RawAnswer;
  /** Handles each new connection, before any request. Initially does nothing. */
  greet: (socket: Socket) => void;
  /** Returns the number of open connections. */
  open(): Promise<number>;
  /** Closes all connections and stops listening. */
  stop(): Promise<void>;
  /** Listens again at the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export type RawAnswer = (socket: Socket, request: string) => void;

/** Returns an HTTP answer as text. Its content-length is that of the body, unless `headers` has another. */
export function httpAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n${body}`;
}

/** Returns the length of the first request in a text, or null while it is incomplete. */
function lengthOfFirst(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = head + 4 + Number(/^content-length: (\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length < length ? null : length;
}

/** Starts a raw server. @param tls options for TLS. Default: plain TCP. */
export async function startRawServer(tls?: TlsOptions): Promise<RawServer> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const listen = (socket: Socket) => {
    let text = '';
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (let length = lengthOfFirst(text); length !== null; length = lengthOfFirst(text)) {
        const request = text.slice(0, length);
        text = text.slice(length);
        requests.push(request);
        raw.answer(socket, request);
      }
    });
  };
  const server: Server = tls ? createTlsServer(tls, listen) : createServer(listen);
  // With TLS these are the TCP connections, including those whose handshake fails.
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    raw.greet(socket);
  });
  const start = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await start(0);
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const raw: RawServer = {
    origin: `http://127.0.0.1:${port}`,
    requests,
    sockets,
    answer: () => {},
    greet: () => {},
    open: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
    stop,
    start: () => start(port),
    close: async () => {
      if (server.listening) await stop();
    },
  };
  return raw;
}
