// Fields of Credible's blocks that this schema does not know. They are sent back with a change as Credible told them, but for
// what is a secret, or may be one: that is never taken from an answer.

/** Credible's own list of names that it keeps out of its log, in small letters without `_`; and Terraform's `md_token`. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'password',
  'connectionstring',
  'serviceaccountkeyjson',
  'privatekey',
  'privatekeypass',
  'secret',
  'secretaccesskey',
  'sessiontoken',
  'sasurl',
  'clientsecret',
  'oauthclientsecret',
  'peakakey',
  'token',
  'accesstoken',
  'apikey',
  'mdtoken',
]);

/** How names of secrets end that are in no list yet. */
const LIKE_A_SECRET =
  /(?:pass|password|passwd|pwd|passphrase|secret|token|credentials?|(?:private|access|account|shared|client|api|ssl|tls)key|keyjson|sasurl|connectionstring)$/;

/** A key, a URL with user info, a parameter that is a password. */
const HOLDS_A_SECRET =
  /-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/?#\s]*@|\b(?:password|passwd|pwd|secret|token|sig|api_?key)\s*=/i;

/** Nothing that a vendor tells goes deeper. */
const DEEPEST = 20;

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** What servers show in place of a secret: dots, stars, or a word in brackets. */
const MASK =
  /[*•●]{3,}|^\s*[*•●…·]+\s*$|^\s*[[<({]+\s*(?:redacted|hidden|masked|secret|sensitive|filtered|omitted|removed)\b/i;

export const isMask = (value: unknown): boolean => typeof value === 'string' && MASK.test(value);

const isSecretText = (value: unknown): boolean =>
  isMask(value) || (typeof value === 'string' && HOLDS_A_SECRET.test(value));

function isSecret(name: string, value: unknown): boolean {
  if (isEmpty(value)) return false;
  const normal = name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  return SECRET_NAMES.has(normal) || (typeof value === 'string' && LIKE_A_SECRET.test(normal)) || isSecretText(value);
}

/** A path as it may be shown. A step that looks like no name, as a key may that is itself a secret, is left out of it. */
const shown = (path: string): string => {
  const steps = path.split('.').filter((step) => /^(?:[A-Za-z_]{1,32}|[A-Za-z_]{1,24}\d{1,3}|\d{1,3})$/.test(step));
  return steps.length > 0 ? steps.join('.') : 'a field';
};

/** Names of what is, or may be, a secret in a field of this name, by their paths in it. */
export function secretsIn(name: string, value: unknown, depth = 0): string[] {
  if (isSecret(name.split('.').at(-1) ?? '', value) || depth > DEEPEST) return [shown(name)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([step, one]) => secretsIn(`${name}.${step}`, one, depth + 1));
}
