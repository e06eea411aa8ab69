// Addresses at which no vendor answers: names that do not resolve, and a listener that accepts no connections. All traffic stays on
// this machine.
import dns from 'node:dns';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

type Answer = { readonly code: string } | { readonly addresses: readonly string[] } | null;

const HERE = '127.0.0.1';
/** Of this machine too; nothing listens there. */
const DEAD = ['127.0.0.2', '127.0.0.3'];

/** What is answered for each name, at the how-many-eth asking; null for nothing ever. */
const NAMES = {
  'leads-nowhere': () => ({ code: 'ENOTFOUND' }),
  'is-found-late': (nth) => (nth === 1 ? { code: 'EAI_AGAIN' } : { addresses: [HERE] }),
  'is-never-found': () => null,
  'has-a-dead-address': () => ({ addresses: [...DEAD, HERE] }),
  'has-dead-addresses': () => ({ addresses: DEAD }),
} as const satisfies Record<string, (nth: number) => Answer>;

type Name = keyof typeof NAMES;

/** A host of the table's own; the number makes it one that nobody asked for before. */
export const hostThat = (does: Name, number: number): string => `${does}-${number}.invalid`;

/**
 * Answers for the hosts of `hostThat` in place of the system's resolver, which would ask a server elsewhere.
 * @returns puts the resolver back.
 */
export function answerLookups(): () => void {
  const asked = new Map<string, number>();
  const system = dns.lookup;
  const lookup = (host: string, options: dns.LookupOptions, callback: (...answer: unknown[]) => void): void => {
    const name = /^([a-z-]+)-\d+\.invalid$/.exec(host)?.[1] as Name | undefined;
    if (!name) return (system as (...all: unknown[]) => void)(host, options, callback);
    const nth = (asked.get(host) ?? 0) + 1;
    asked.set(host, nth);
    const answer: Answer = NAMES[name](nth);
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

/** Blocks for good as soon as it listens, so that nobody takes what waits there. */
const BLOCKED = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** Linux lets one more wait than the backlog says. */
const WAITING = 2;

export interface FullListener {
  readonly origin: string;
  close(): Promise<void>;
}

/** A listener at which a connection is never made: nobody accepts there, and no more may wait. */
export async function startFullListener(): Promise<FullListener> {
  const worker = new Worker(BLOCKED, { eval: true });
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
