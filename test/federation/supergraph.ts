// Starts a Patchbay, and over it the example by its command: other subgraphs, composers and two gateways.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

export const EXAMPLE = fileURLToPath(new URL('../../examples/federation/', import.meta.url));

export const GATEWAYS = ['Apollo', 'Hive'] as const;
export type GatewayName = (typeof GATEWAYS)[number];

export interface Answer {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly data: any;
  readonly errors?: readonly { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
}

export type Ask = (document: string, variables?: Record<string, unknown>) => Promise<Answer>;

const ANY_PORTS = { PATCHBAY_PORT: '0', TEAMS_PORT: '0', QUALITY_PORT: '0', APOLLO_PORT: '0', HIVE_PORT: '0' };

export interface Example {
  /** Everything that was printed so far. */
  readonly printed: () => string;
  /** Where something listens, by the name under which it was printed. */
  readonly urlOf: (name: string) => string;
  /** Ends it, and gives its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** On a machine with other work to do as well. */
const START_MS = 100_000;

interface Start {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
  /** Whether it is begun as people do in a terminal, by npm start, and ended by Ctrl-C, which reaches every process of it. */
  readonly isTyped?: boolean;
}

/** Runs it until it has said how to ask. @throws Error with what it printed when it ends before. */
export async function startExample({ args = [], env = {}, isTyped = false }: Start = {}): Promise<Example> {
  const command = isTyped ? ['npm', 'start', '--', ...args] : [process.execPath, 'start.js', ...args];
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: EXAMPLE,
    env: { ...process.env, ...ANY_PORTS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: isTyped,
  });
  const end = () => (isTyped ? child.pid && process.kill(-child.pid, 'SIGINT') : child.kill());
  let isRunning = true;
  const exited = once(child, 'exit').finally(() => {
    isRunning = false;
  });
  let printed = '';
  const tooLate = setTimeout(() => void end(), START_MS);
  await new Promise<void>((resolve, reject) => {
    const note = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('A first query')) resolve();
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    child.once('exit', () => reject(new Error(`The example ended:\n${printed}`)));
  }).finally(() => clearTimeout(tooLate));
  return {
    printed: () => printed,
    urlOf: (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(printed)?.[1] ?? '',
    stop: async () => {
      if (isRunning) end();
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

export const askAt =
  (url: string): Ask =>
  async (query, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };

export interface Supergraph {
  readonly patchbay: TestGateway;
  readonly example: Example;
  /** Asks a gateway. */
  readonly ask: (name: GatewayName) => Ask;
  /** Asks Patchbay itself. */
  readonly askPatchbay: Ask;
  readonly close: () => Promise<void>;
}

/** @param typePrefix Patchbay's; when it has one, the neighbour whose types have Patchbay's names joins. */
export async function startSupergraph(typePrefix: string): Promise<Supergraph> {
  const patchbay = await startTestGateway({ federation: typePrefix === '' ? {} : { typePrefix } });
  const server = createServer((request, response) => patchbay.gateway.handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const example = await startExample({ args: typePrefix === '' ? [] : ['--quality'], env: { PATCHBAY_URL: url } });
  return {
    patchbay,
    example,
    ask: (name) => askAt(example.urlOf(`${name} gateway`)),
    askPatchbay: askAt(url),
    close: async () => {
      await example.stop();
      server.close();
      server.closeAllConnections();
      await patchbay.close();
    },
  };
}
