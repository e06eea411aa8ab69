// Addresses at which no vendor answers: host names that do not resolve, and a listener that accepts no connections. All traffic stays on
// this machine.
import dns from 'node:dns';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

type Answer = { readonly code: string } | { readonly addresses: readonly string[] } | null;

const LOOPBACK = '127.0.0.1';
/** Loopback addresses where nothing listens. */
const DEAD = ['127.0.0.2', '127.0.0.3'];

/** The answer to the nth lookup of each kind of host. Null: the lookup never ends. */
const HOST_BEHAVIORS = {
  'does-not-exist': () => ({ code: 'ENOTFOUND' }),
  'is-resolved-late': (nth) => (nth === 1 ? { code: 'EAI_AGAIN' } : { addresses: [LOOPBACK] }),
  'is-never-resolved': () => null,
  'has-a-dead-address': () => ({ addresses: [...DEAD, LOOPBACK] }),
  'has-dead-addresses': () => ({ addresses: DEAD }),
} as const satisfies Record<string, (nth: number) => Answer>;

type HostBehavior = keyof typeof HOST_BEHAVIORS;

/** Returns a host with this behavior. The number makes it a new name, which no cache knows. */
export const hostWith = (behavior: HostBehavior, number: number): string => `${behavior}-${number}.invalid`;

/**
 * Resolves the hosts of `hostWith` in place of the system's resolver, which would send requests over the network.
 * @returns a function that restores the system's resolver.
 */
export function stubDnsLookups(): () => void {
  const lookups = new Map<string, number>();
  const system = dns.lookup;
  const lookup = (host: string, options: dns.LookupOptions, callback: (...answer: unknown[]) => void): void => {
    const name = /^([a-z-]+)-\d+\.invalid$/.exec(host)?.[1] as HostBehavior | undefined;
    if (!name) return (system as (...all: unknown[]) => void)(host, options, callback);
    const nth = (lookups.get(host) ?? 0) + 1;
    lookups.set(host, nth);
    const answer: Answer = HOST_BEHAVIORS[name](nth);
    if (answer === null) return;
    if ('code' in answer) return void setImmediate(callback, Object.assign(new Error(answer.code), answer));
    const found = answer.addresses.map((address) => ({ address, family: 4 }));
    const first = [found[0]?.address, 4];
    setImmediate(callback, null, ...(options.all ? [found] : first));
  };
  dns.lookup = lookup as unknown as typeof dns.lookup;
  return () => {
    dns.lookup = system;
  };
}

/** A server whose thread blocks as soon as it listens, so that it never accepts a connection. */
const BLOCKED_LISTENER = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** The number of connections that fill the backlog: Linux queues one more than the backlog says. */
const WAITING = 2;

export interface FullListener {
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts a listener with a full backlog: new connections are neither accepted nor refused. */
export async function startFullListener(): Promise<FullListener> {
  const worker = new Worker(BLOCKED_LISTENER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const waiting = Array.from({ length: WAITING }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of waiting) socket.destroy();
      await worker.terminate();
    },
  };
}
