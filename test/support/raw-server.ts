// A server on a bare socket, for what no HTTP library would send: half answers, drips, and things that are not HTTP.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface RawServer {
  /** `http://127.0.0.1:<port>`, without a path. */
  readonly origin: string;
  /** Every request that came, head and body as text. */
  readonly requests: string[];
  /** Every connection that was ever made, open or closed. */
  readonly sockets: readonly Socket[];
  /** What is done with a request from now on; at first nothing. */
  answer: RawAnswer;
  /** What is done with a connection when it is made, before any request; at first nothing. */
  greet: (socket: Socket) => void;
  /** How many connections are open now. */
  open(): Promise<number>;
  /** Drops every connection and listens no more. */
  stop(): Promise<void>;
  /** Listens again, at the port it had. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export type RawAnswer = (socket: Socket, request: string) => void;

/** An HTTP answer as text, with the length of its body unless `headers` say otherwise. */
export function httpAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n${body}`;
}

/** The length of the first request in a text; null while a part of it has yet to come. */
function lengthOfFirst(text: string): number | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = head + 4 + Number(/^content-length: (\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length < length ? null : length;
}

/** @param tls what makes it speak TLS; plain when left out. */
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
  // Under TLS the bare connections, so that one whose handshake fails is among them.
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
