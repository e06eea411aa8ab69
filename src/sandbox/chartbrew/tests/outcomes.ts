// The shapes of an answer to Chartbrew's test of a connection, the faults of the network that Node words, and the record of
// who was sent a password. It must not know any adapter.
import type { SandboxResponse } from '../../server.ts';

/** The two ways to ask answer differently: JSON for a saved connection, text for one that is not. */
export interface Tested {
  readonly saved: SandboxResponse;
  readonly unsaved: SandboxResponse;
}

/** One server that was sent a password during a test. */
export interface Delivery {
  readonly source: 'clickhouse' | 'mongodb' | 'mysql' | 'postgres' | 'ssh';
  /** Of the server, or of a proxy before it: both are recorded. */
  readonly host: string;
  readonly port: string;
  readonly tls: 'none' | 'unverified' | 'verified';
  /** `host:port` of the SSH server through which it was sent. */
  readonly via?: string;
  /** MongoDB: how the password was proved. PLAIN sends the password itself. */
  readonly mechanism?: string;
  readonly password: string;
}

/** Notes that a server was sent a password. */
export type Deliver = (delivery: Delivery) => void;

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const passed = (saved: unknown, unsaved = saved): Tested => ({
  saved: { status: 200, body: saved },
  unsaved: { status: 200, body: unsaved },
});

/** @param text of the unsaved test. @param error what is left of the driver's error once it is made JSON. */
export const failed = (text: string, error: unknown = {}): Tested => ({
  saved: { status: 400, body: error },
  unsaved: { status: 400, body: text },
});

export const blocked = (reason: 'invalid_url' | 'invalid_scheme' | 'private_network'): Tested => {
  const answer = { status: 400, body: { code: 'SSRF_BLOCKED', reason, message: `Outbound call blocked: ${reason}` } };
  return { saved: answer, unsaved: answer };
};

export interface NodeFault {
  readonly text: string;
  readonly error: { readonly code: 'ENOTFOUND' | 'ECONNREFUSED'; readonly [detail: string]: unknown };
}

/** A host that ends in `.invalid` has no address; port 1 is closed, as is a server without a host. */
export const nodeFault = (host: string, port: string): NodeFault | undefined => {
  if (host.endsWith('.invalid')) {
    const error = { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host } as const;
    return { text: `getaddrinfo ENOTFOUND ${host}`, error };
  }
  if (host !== '' && port !== '1') return undefined;
  const address = '127.0.0.1';
  const error = { errno: -111, code: 'ECONNREFUSED', syscall: 'connect', address, port: Number(port) } as const;
  return { text: `connect ECONNREFUSED ${address}:${port}`, error };
};
