// Trino's `server` at Credible: one URL that is our host and whether the line is encrypted.
import { bareHost, hostInUrl } from '../../formats/host.ts';
import { readHost, textOf } from '../wire-fields.ts';

const SCHEME = /^([a-z][a-z\d+.-]*):\/\//i;

/** Of a URL the host as it stands by itself, so that an IPv6 address has no brackets. */
export function hostOfServer(server: unknown): string | null {
  const host = readHost(server);
  return host !== null && SCHEME.test(textOf(server)) ? bareHost(host) : host;
}

/** Null where it begins with neither http nor https. */
export function isServerEncrypted(server: unknown): boolean | null {
  const scheme = SCHEME.exec(textOf(server))?.[1]?.toLowerCase();
  return scheme === 'https' ? true : scheme === 'http' ? false : null;
}

/** What a server that can be read holds beside scheme and host; null for nothing. */
export function restOfServer(server: unknown): 'PATH' | 'REST' | null {
  const [, authority = '', tail = ''] = /^([^/?#]*)(.*)$/s.exec(textOf(server).replace(SCHEME, '')) ?? [];
  if (authority.includes('@') || /[?#]/.test(tail)) return 'REST';
  return /^\/+$|^$/.test(tail) ? null : 'PATH';
}

const schemeOf = (isEncrypted: boolean): string => (isEncrypted ? 'https' : 'http');

export const serverOf = (host: string, isEncrypted: boolean): string => `${schemeOf(isEncrypted)}://${hostInUrl(host)}`;

/** The same server by the other scheme, whatever else stands in it. */
export const serverByScheme = (server: unknown, isEncrypted: boolean): string =>
  `${schemeOf(isEncrypted)}://${textOf(server).replace(SCHEME, '')}`;
