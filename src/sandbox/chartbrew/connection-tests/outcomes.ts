// Builders for the answers to Chartbrew's connection tests, the network errors of Node, and the record of the servers to which a
// password was sent.
import type { SandboxResponse } from '../../server.ts';

/** The answers of the two test endpoints: JSON for a saved connection, text for an unsaved connection. */
export interface Tested {
  readonly saved: SandboxResponse;
  readonly unsaved: SandboxResponse;
}

/** A server to which a test sent a password. */
export interface Delivery {
  readonly source: 'clickhouse' | 'mongodb' | 'mysql' | 'postgres' | 'ssh';
  /** The host of the server or of a proxy. Both are recorded. */
  readonly host: string;
  readonly port: string;
  readonly tls: 'none' | 'unverified' | 'verified';
  /** `host:port` of the SSH server through which it was sent. */
  readonly via?: string;
  /** The authentication mechanism of MongoDB. PLAIN sends the password itself. */
  readonly mechanism?: string;
  readonly password: string;
}

/** Records that a password was sent to a server. */
export type Deliver = (delivery: Delivery) => void;

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const passed = (saved: unknown, unsaved = saved): Tested => ({
  saved: { status: 200, body: saved },
  unsaved: { status: 200, body: unsaved },
});

/**
 * Returns the answers of a failed test.
 * @param text the answer for an unsaved connection.
 * @param error the driver's error as JSON, which is the answer for a saved connection.
 */
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

/** Returns Node's error for a host that ends in `.invalid`, for port 1 and for an empty host, or undefined. */
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
