// Hosts at Chartbrew. An IPv6 address has brackets only where Chartbrew puts the host into a URL.
import { bareHost, hostInUrl, bracketedIpv6, withoutBrackets } from '../../../formats/host.ts';

/** Dialects for which Chartbrew puts the host into a URL. */
const HOST_IN_URL: ReadonlySet<string> = new Set(['clickhouse', 'mongodb']);

const HOST_NAME = /^[\p{L}\p{M}\p{N}._-]+$/u;

/** Checks whether a value is one host name or one IP address and nothing else. */
export const isHost = (value: unknown): boolean =>
  typeof value === 'string' && (HOST_NAME.test(value) || bracketedIpv6(value) !== null);

export const HOST_ALONE = 'Must be one host name or IP address and nothing else.';

/** Returns a host as Chartbrew expects it. @param use the dialect that the host belongs to, or `ssh`. */
export const hostToWire = (use: string, host: string): string =>
  HOST_IN_URL.has(use) ? hostInUrl(host) : bareHost(host);

/** Returns a reported host without the brackets of an IPv6 address. Returns a value that is no host unchanged. */
export const hostFromWire = (host: unknown): unknown =>
  typeof host === 'string' && bracketedIpv6(host) !== null ? withoutBrackets(host) : host;
