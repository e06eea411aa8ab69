// Finds secrets in fields of Credible's blocks that this schema does not know. An update sends such fields back as Credible
// reported them, except secrets, which are never taken from an answer.
import { containsMask } from '../../../formats/placeholders.ts';

/**
 * Names of secret fields, in lower case without `_`. Credible does not log fields with these names; `md_token` comes from its
 * Terraform provider.
 */
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

/** The end of a name that may belong to a secret and is not in the list. */
const SECRET_NAME_END =
  /(?:pass|password|passwd|pwd|passphrase|secret|token|credentials?|(?:private|access|account|shared|client|api|ssl|tls)key|keyjson|sasurl|connectionstring)$/;

/** A private key, a URL with user info, or a password parameter. */
const CONTAINS_SECRET =
  /-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/?#\s]*@|\b(?:password|passwd|pwd|secret|token|sig|api_?key)\s*=/i;

/** How deep values are searched. Anything deeper counts as a secret. */
const MAX_DEPTH = 20;

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Checks whether Credible shows a mask in place of the value. */
export const isMask = (value: unknown): boolean => typeof value === 'string' && containsMask(value);

const isSecretText = (value: unknown): boolean =>
  isMask(value) || (typeof value === 'string' && CONTAINS_SECRET.test(value));

function isSecret(name: string, value: unknown): boolean {
  if (isEmpty(value)) return false;
  const normalName = name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
  if (SECRET_NAMES.has(normalName)) return true;
  return (typeof value === 'string' && SECRET_NAME_END.test(normalName)) || isSecretText(value);
}

const PLAIN_NAME = /^(?:[A-Za-z_]{1,32}|[A-Za-z_]{1,24}\d{1,3}|\d{1,3})$/;

/** Returns a path that may be shown. A step that does not look like a name may itself be a secret, so it is left out. */
const displayPath = (path: string): string => {
  const steps = path.split('.').filter((step) => PLAIN_NAME.test(step));
  return steps.length > 0 ? steps.join('.') : 'a field';
};

/**
 * Returns the paths of all values in a field that are, or may be, secrets.
 * @param name the wire name of the field, or the path of a value inside it.
 */
export function secretsIn(name: string, value: unknown, depth = 0): string[] {
  if (isSecret(name.split('.').at(-1) ?? '', value) || depth > MAX_DEPTH) return [displayPath(name)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([step, item]) => secretsIn(`${name}.${step}`, item, depth + 1));
}
