// Reads and writes the wire field `server` of Trino. Credible stores one URL in it: its scheme says whether the connection is
// encrypted, and the rest is the host.
import { bareHost, hostInUrl } from '../../../formats/host.ts';
import { readHost, textOf } from '../../read-values.ts';

const SCHEME = /^([a-z][a-z\d+.-]*):\/\//i;

/** Returns the host of a server, an IPv6 address without brackets; null when it cannot be read. */
export function hostOfServer(server: unknown): string | null {
  const host = readHost(server);
  return host !== null && SCHEME.test(textOf(server)) ? bareHost(host) : host;
}

/** Checks whether the scheme of a server is https. Returns null when it is neither http nor https. */
export function isServerEncrypted(server: unknown): boolean | null {
  const scheme = SCHEME.exec(textOf(server))?.[1]?.toLowerCase();
  return scheme === 'https' ? true : scheme === 'http' ? false : null;
}

/** Returns what follows the host in a server: PATH for only a path, REST for anything that may be a secret; null for nothing. */
export function restOfServer(server: unknown): 'PATH' | 'REST' | null {
  const [, authority = '', tail = ''] = /^([^/?#]*)(.*)$/s.exec(textOf(server).replace(SCHEME, '')) ?? [];
  if (authority.includes('@') || /[?#]/.test(tail)) return 'REST';
  return /^\/+$|^$/.test(tail) ? null : 'PATH';
}

const schemeOf = (isEncrypted: boolean): string => (isEncrypted ? 'https' : 'http');

/** Returns the URL of a server by its host. */
export const serverOf = (host: string, isEncrypted: boolean): string => `${schemeOf(isEncrypted)}://${hostInUrl(host)}`;

/** Returns a stored server with another scheme. Everything after the scheme stays as it is. */
export const serverWithScheme = (server: unknown, isEncrypted: boolean): string =>
  `${schemeOf(isEncrypted)}://${textOf(server).replace(SCHEME, '')}`;
