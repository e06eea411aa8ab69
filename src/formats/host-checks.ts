// What is wrong with a host, an account, a URL or a service's address: for each mistake a sentence with advice, never the value.
import { findInvisible, invisibleMessage } from './invisible-characters.ts';
import { bracketedIpv6 } from './host.ts';

const HOST_ALONE = 'Must be a host name or address alone: no scheme, user, path, blanks or control characters.';
const PORT = 'Must be the host alone; a port goes into the field `port`, where there is one.';

/** Mistakes by what the text looks like; the first that fits counts. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/[@/?#\s]/, HOST_ALONE],
  [/[;=&]/, 'Must be the host alone: driver parameters do not belong to it, and credentials never.'],
  [/\\/, 'Must be the host alone. Of a named instance give the port in `port`, or the name in a driver parameter.'],
  [/^[^,:]+(?:,\d+|:\d+(?:,\d+)?)$|\]:\d+$/, PORT],
  [/,/, 'Must be one host; several go into `connectionString`, or are found by `srv`, where the dialect has these.'],
  [/%/, 'Must be the host itself: without percent-escapes, and without the zone (%) of an IPv6 address.'],
  [/[:[\]]/, 'Must be a host name, an IPv4 address or a whole IPv6 address.'],
  [/[^\p{L}\p{M}\p{N}_.-]/u, 'Must hold nothing but letters, digits, dots, hyphens and underscores.'],
  [/^\.|\.\./, 'Must not begin with a dot or hold two of them side by side.'],
];

/** What is wrong with a host name or address; null when it is one. An empty text is for others to refuse. */
export function hostProblem(text: string): string | null {
  const hidden = findInvisible(text);
  if (hidden) return invisibleMessage(hidden);
  if (bracketedIpv6(text) !== null) return null;
  return MISTAKES.find(([mistake]) => mistake.test(text))?.[1] ?? null;
}

const ACCOUNT_ALONE =
  'Must be the account identifier alone: no scheme, path or blanks; a whole host name goes into `hostOverride`.';

/** What is wrong with a Snowflake account. */
export function accountProblem(text: string): string | null {
  const hidden = findInvisible(text);
  if (hidden) return invisibleMessage(hidden);
  const isAccount = /^[\w.-]*$/.test(text) && !/^\.|\.\./.test(text);
  return isAccount && !/\.snowflakecomputing\.(?:com|cn)\.?$/i.test(text) ? null : ACCOUNT_ALONE;
}

/** `host`, `host:port` or `[address]:port`. */
function authorityProblem(authority: string): string | null {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority) ?? [];
  if (host === '') {
    return bracketedIpv6(authority) === null
      ? 'Must hold a host, and behind it a port or nothing.'
      : 'Must hold an IPv6 address in brackets, as every URL does: http://[2001:db8::1]/.';
  }
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return 'Its port must be 1 to 65535.';
  return hostProblem(host);
}

// A `;` begins parameters of a path, which may be a session or a driver's password; the rest stands in no URL unescaped.
const NOT_IN_A_PATH = /[;\\"'<>^`{|}]/;

/** What is wrong with a URL, or with a host that may stand in place of one, beside its rough form. */
export function addressProblem(text: string): string | null {
  const hidden = findInvisible(text);
  if (hidden) return invisibleMessage(hidden);
  const [, authority = '', path = ''] = /^(?:https?:\/\/)?([^/]*)(.*)$/is.exec(text) ?? [];
  if (NOT_IN_A_PATH.test(path)) return 'Must hold no `;`, quotes, brackets, braces or \\ in its path.';
  return authorityProblem(authority);
}
