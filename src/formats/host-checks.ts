// Checks hosts, Snowflake accounts and URLs. Each check returns the message of an issue with advice; it never quotes the value.
import { findInvisible, invisibleMessage } from './invisible-characters.ts';
import { bracketedIpv6 } from './host.ts';

const HOST_ONLY =
  'Must be only a host name or an IP address, without scheme, user, path, blanks or control characters.';
const PORT = 'Must be only the host. Send the port in the field `port` if the dialect has this field.';

/** Common mistakes in a host and the message for each. The first pattern that matches decides. */
const MISTAKES: readonly (readonly [pattern: RegExp, message: string])[] = [
  [/[@/?#\s]/, HOST_ONLY],
  [/[;=&]/, 'Must be only the host, without driver parameters or credentials.'],
  [/\\/, 'Must be only the host. For a named instance send its port in `port`, or its name in a driver parameter.'],
  [/^[^,:]+(?:,\d+|:\d+(?:,\d+)?)$|\]:\d+$/, PORT],
  [/,/, 'Must be one host. For several hosts use `connectionString` or `srv` if the dialect has these fields.'],
  [/%/, 'Must be a host without percent-escapes and without the zone (%) of an IPv6 address.'],
  [/[:[\]]/, 'Must be a host name, an IPv4 address or a whole IPv6 address.'],
  [/[^\p{L}\p{M}\p{N}_.-]/u, 'Must contain only letters, digits, dots, hyphens and underscores.'],
  [/^\.|\.\./, 'Must not begin with a dot or contain two consecutive dots.'],
];

/** Returns what is wrong with a host name or IP address, or null. It accepts an empty text, which other checks refuse. */
export function hostProblem(text: string): string | null {
  const invisible = findInvisible(text);
  if (invisible) return invisibleMessage(invisible);
  if (bracketedIpv6(text) !== null) return null;
  return MISTAKES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

const ACCOUNT_ONLY =
  'Must be only the account identifier, without scheme, path or blanks. Send a whole host name in `hostOverride`.';

/** Returns what is wrong with a Snowflake account identifier, or null. */
export function accountProblem(text: string): string | null {
  const invisible = findInvisible(text);
  if (invisible) return invisibleMessage(invisible);
  const isAccount = /^[\w.-]*$/.test(text) && !/^\.|\.\./.test(text);
  return isAccount && !/\.snowflakecomputing\.(?:com|cn)\.?$/i.test(text) ? null : ACCOUNT_ONLY;
}

/** Returns what is wrong with `host`, `host:port` or `[address]:port`, or null. */
function authorityProblem(authority: string): string | null {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority) ?? [];
  if (host === '') {
    return bracketedIpv6(authority) === null
      ? 'Must contain a host, optionally followed by a port.'
      : 'Must have its IPv6 address in brackets: http://[2001:db8::1]/.';
  }
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return 'Its port must be 1 to 65535.';
  return hostProblem(host);
}

// A `;` starts path parameters, which may hold a session or a driver's password. The other characters are never unescaped in a URL.
const NOT_IN_A_PATH = /[;\\"'<>^`{|}]/;

/** Returns what is wrong with an HTTP URL, or with a host that is allowed in place of one, or null. The caller checks the scheme. */
export function addressProblem(text: string): string | null {
  const invisible = findInvisible(text);
  if (invisible) return invisibleMessage(invisible);
  const [, authority = '', path = ''] = /^(?:https?:\/\/)?([^/]*)(.*)$/is.exec(text) ?? [];
  if (NOT_IN_A_PATH.test(path)) return 'Must not contain `;`, quotes, angle brackets, braces or \\ in its path.';
  return authorityProblem(authority);
}
