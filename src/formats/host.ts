// Hosts in one spelling, for every comparison: a host in capitals, with a dot at its end or with an IPv6 address written in
// another way is the same host.

export const withoutBrackets = (host: string): string => (/^\[.*\]$/.test(host) ? host.slice(1, -1) : host);

/** An IPv6 address as a URL writes it, in brackets; null for anything else. */
export function bracketedIpv6(host: string): string | null {
  const address = withoutBrackets(host);
  const url = `http://[${address}]/`;
  return address.includes(':') && URL.canParse(url) ? new URL(url).hostname : null;
}

/** A host as it stands in a URL or before a port: an IPv6 address in its short form and in brackets, any other as it is. */
export const hostInUrl = (host: string): string => bracketedIpv6(host) ?? host;

/** A host as it stands by itself: an IPv6 address in its short form without brackets, any other as it is. */
export const bareHost = (host: string): string => withoutBrackets(bracketedIpv6(host) ?? host);

/** The same text for every spelling of one host: lower case, no dot at the end, IPv6 in its short form without brackets. */
export function normalizeHost(host: string): string {
  const trimmed = host.trim();
  const address = bracketedIpv6(trimmed);
  if (address !== null) return withoutBrackets(address);
  const lower = trimmed.toLowerCase().replace(/\.$/, '');
  const url = `http://${lower}/`;
  // A URL writes letters outside ASCII, and the several forms of an IPv4 address, in one way.
  return /[:%@/?#\\]/.test(lower) || !URL.canParse(url) ? lower : new URL(url).hostname;
}

export const isSameHost = (one: string, other: string): boolean => normalizeHost(one) === normalizeHost(other);

/** The same text for every spelling of one URL, or of a host that stands in a URL's place; the path counts letter by letter. */
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

/** The usual host of a Snowflake account; that of an account in a Chinese region has another domain, as in Snowflake's own drivers. */
export const snowflakeHostOf = (account: string): string =>
  `${account}.snowflakecomputing.${/^[^.]+\.cn-/i.test(account) ? 'cn' : 'com'}`;

/** The Snowflake account whose usual host this is; null for any other host. */
export function snowflakeAccountOf(host: string): string | null {
  const account = /^(.+)\.snowflakecomputing\.(?:com|cn)\.?$/i.exec(host)?.[1];
  return account !== undefined && isSameHost(snowflakeHostOf(account), host) ? account : null;
}
