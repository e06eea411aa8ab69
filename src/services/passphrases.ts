// Private keys and the passphrases that open them, which a definition keeps side by side: an encrypted key needs one, and the one
// that is given must open it.
import type { ValidationIssue } from '../domain/errors.ts';
import type { Fields } from '../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesWithItems, type Leaf } from '../fields/walk-fields.ts';
import { Secret } from '../secrets/secret.ts';
import { ENCRYPTED_KEY, WRONG_PASSPHRASE } from '../secrets/secret-formats.ts';
import { issue } from '../domain/issues.ts';

interface Pair {
  readonly key: FieldKey;
  readonly form: 'pkcs8Key' | 'tlsKey' | 'sshKey';
  /** Missing where the definition has no passphrase for the key. */
  readonly passphrase: FieldKey | undefined;
}

const beside = (key: FieldKey, name: string): FieldKey => key.replace(/[^.]*$/, name);

function pairsOf(places: readonly Leaf[]): Pair[] {
  return places.flatMap(({ key, meta: { form } }) => {
    if (form !== 'pkcs8Key' && form !== 'tlsKey' && form !== 'sshKey') return [];
    const opener = places.find(({ key: other, meta }) => meta.opens !== undefined && beside(other, meta.opens) === key);
    return [{ key, form, passphrase: opener?.key }];
  });
}

function problemOf({ key, form, passphrase }: Pair, given: Values, after: Values): readonly [FieldKey, string] | null {
  const secret = valueAt(given, key);
  if (!(secret instanceof Secret) || !secret.isEncryptedKey(form)) return null;
  if (passphrase === undefined) return [key, ENCRYPTED_KEY];
  const name = passphrase.split('.').at(-1) ?? passphrase;
  if (!(valueAt(after, passphrase) instanceof Secret)) {
    return [key, `It is encrypted: send its passphrase in \`${name}\`, or the key without one.`];
  }
  const opener = valueAt(given, passphrase);
  const isWrong = opener instanceof Secret && opener.decrypts(secret) === 'DOES_NOT_OPEN';
  return isWrong ? [passphrase, WRONG_PASSPHRASE] : null;
}

/**
 * @param given what is sent.
 * @param after what is there then: in a change, what is stored already too.
 */
export const reviewPassphrases = (
  fields: Fields,
  given: Values,
  after: Values,
  pathOf: (key: FieldKey) => readonly string[],
): ValidationIssue[] =>
  pairsOf(leavesWithItems(fields, given)).flatMap((pair) => {
    const problem = problemOf(pair, given, after);
    return problem ? [issue(pathOf(problem[0]), 'INVALID', problem[1])] : [];
  });

/** The passphrases that are sent with a key which is not encrypted. */
export const unusedPassphrases = (fields: Fields, given: Values): FieldKey[] =>
  pairsOf(leavesWithItems(fields, given)).flatMap(({ key, form, passphrase }) => {
    const secret = valueAt(given, key);
    const isIdle =
      passphrase !== undefined &&
      valueAt(given, passphrase) instanceof Secret &&
      secret instanceof Secret &&
      !secret.isEncryptedKey(form);
    return isIdle ? [passphrase] : [];
  });
