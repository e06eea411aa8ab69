// Spellings of hosts. Two texts can mean the same host: with capitals, with a dot at the end, or with another form of an IPv6
// address. Every comparison uses the normalized spelling.

/** Returns the host without the brackets of an IPv6 address. */
export const withoutBrackets = (host: string): string => (/^\[.*\]$/.test(host) ? host.slice(1, -1) : host);

/** Returns an IPv6 address in its short form and in brackets, as a URL has it, or null if the text is no IPv6 address. */
export function bracketedIpv6(host: string): string | null {
  const address = withoutBrackets(host);
  const url = `http://[${address}]/`;
  return address.includes(':') && URL.canParse(url) ? new URL(url).hostname : null;
}

/** Returns a host as it is written in a URL or before a port: an IPv6 address in brackets, any other host unchanged. */
export const hostInUrl = (host: string): string => bracketedIpv6(host) ?? host;

/** Returns a host as it is written in a field of its own: an IPv6 address without brackets, any other host unchanged. */
export const bareHost = (host: string): string => withoutBrackets(bracketedIpv6(host) ?? host);

/** Returns one text for all spellings of a host: lower case, no dot at the end, IPv6 in its short form without brackets. */
export function normalizeHost(host: string): string {
  const trimmed = host.trim();
  const address = bracketedIpv6(trimmed);
  if (address !== null) return withoutBrackets(address);
  const lower = trimmed.toLowerCase().replace(/\.$/, '');
  const url = `http://${lower}/`;
  // The URL parser converts letters outside ASCII to punycode, and the various forms of an IPv4 address to one form.
  return /[:%@/?#\\]/.test(lower) || !URL.canParse(url) ? lower : new URL(url).hostname;
}

/** Returns whether two texts mean the same host. */
export const isSameHost = (host: string, otherHost: string): boolean =>
  normalizeHost(host) === normalizeHost(otherHost);

/** Returns one text for all spellings of a URL, or of a host that is used in place of one. Paths are case-sensitive. */
export function normalizeUrl(text: string): string {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    const [, host = '', path = ''] = /^([^/]*)(.*)$/s.exec(text) ?? [];
    return normalizeHost(host) + path;
  }
  if (!URL.canParse(text)) return text;
  const { protocol, username, password, hostname, port, pathname, search, hash } = new URL(text);
  const user = username === '' && password === '' ? '' : `${username}:${password}@`;
  return `${protocol}//${user}${normalizeHost(hostname)}${port === '' ? '' : `:${port}`}${pathname === '/' ? '' : pathname}${search}${hash}`;
}

/** Returns the default host of a Snowflake account. As in Snowflake's own drivers, accounts in a Chinese region use the domain `cn`. */
export const snowflakeHostOf = (account: string): string =>
  `${account}.snowflakecomputing.${/^[^.]+\.cn-/i.test(account) ? 'cn' : 'com'}`;

/** Returns the Snowflake account that has this default host, or null for any other host. */
export function snowflakeAccountOf(host: string): string | null {
  const account = /^(.+)\.snowflakecomputing\.(?:com|cn)\.?$/i.exec(host)?.[1];
  return account !== undefined && isSameHost(snowflakeHostOf(account), host) ? account : null;
}
