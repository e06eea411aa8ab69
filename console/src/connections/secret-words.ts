// Which secrets a connection has, in words.
import type { ConnectionRowFragment } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

type Field = ConnectionRowFragment['secrets'][number];

/** Returns the name of a secret for people: `private key` for ["config", "snowflake", "privateKey"]. */
export const secretName = (path: readonly string[]): string =>
  path
    .slice(2)
    .filter((step) => !/^\d+$/.test(step))
    .map((step) => step.replace(/([A-Z])/g, ' $1').toLowerCase())
    .join(' ');

/** Returns the names of the secrets that are set. */
export const setSecrets = (fields: readonly Field[]): string =>
  [...new Set(fields.filter(({ status }) => status === 'SET').map(({ path }) => secretName(path)))].join(', ');

/** Returns whether any secret is set, and if none is known to be set, whether that is known. */
export function describeSecrets(fields: readonly Field[]): string {
  if (fields.some(({ status }) => status === 'SET')) return texts.secrets.set;
  return fields.some(({ status }) => status === 'UNKNOWN') ? texts.secrets.unknown : texts.secrets.notSet;
}
