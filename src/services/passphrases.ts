// Checks private keys against their passphrases. A definition has both side by side. An encrypted key needs a passphrase, and the
// passphrase that is provided must open it.
import { issue, type ValidationIssue } from '../domain/issue.ts';
import { leavesWithItemPlaces, type FieldPlace, type SidePlaces } from '../domain/field-places.ts';
import { valueAt, type Values } from '../fields/values-by-key.ts';
import { Secret } from '../secrets/secret.ts';
import { ENCRYPTED_KEY, WRONG_PASSPHRASE } from '../secrets/secret-problems.ts';

/** A private key that the caller provided. */
interface PrivateKey {
  readonly place: FieldPlace;
  readonly form: 'pkcs8Key' | 'tlsKey' | 'sshKey';
  readonly secret: Secret;
  /** The place of its passphrase; undefined when the definition has none. */
  readonly passphrase: FieldPlace | undefined;
}

/** Returns the key of the field that has another name in the same group. */
const siblingKey = ({ key }: FieldPlace, name: string | undefined) => name && key.replace(/[^.]*$/, name);

function privateKeysIn(places: SidePlaces, provided: Values): PrivateKey[] {
  const leaves = leavesWithItemPlaces(places, provided);
  return leaves.flatMap((place) => {
    const { format: form } = place.meta;
    if (form !== 'pkcs8Key' && form !== 'tlsKey' && form !== 'sshKey') return [];
    const secret = valueAt(provided, place.key);
    if (!(secret instanceof Secret)) return [];
    return [
      { place, form, secret, passphrase: leaves.find((leaf) => siblingKey(leaf, leaf.meta.opens) === place.key) },
    ];
  });
}

/**
 * Returns an issue for each encrypted key that has no passphrase or a wrong one.
 * @param provided the values of one side that the caller provided.
 * @param after the values of that side after the write; an update adds the stored ones.
 */
export const reviewPassphrases = (places: SidePlaces, provided: Values, after: Values): ValidationIssue[] =>
  privateKeysIn(places, provided).flatMap(({ place, form, secret, passphrase }) => {
    if (!secret.isEncryptedKey(form)) return [];
    if (passphrase === undefined) return [issue(place.path, 'INVALID', ENCRYPTED_KEY)];
    if (!(valueAt(after, passphrase.key) instanceof Secret)) {
      const message = `It is encrypted: send its passphrase in \`${passphrase.path.at(-1)}\`, or the key without one.`;
      return [issue(place.path, 'INVALID', message)];
    }
    const text = valueAt(provided, passphrase.key);
    const isWrong = text instanceof Secret && text.decrypts(secret) === 'DOES_NOT_OPEN';
    return isWrong ? [issue(passphrase.path, 'INVALID', WRONG_PASSPHRASE)] : [];
  });

/** Returns the passphrases that the caller provided with a key that is not encrypted. */
export const unusedPassphrases = (places: SidePlaces, provided: Values): FieldPlace[] =>
  privateKeysIn(places, provided).flatMap(({ form, secret, passphrase }) => {
    const isProvided = passphrase !== undefined && valueAt(provided, passphrase.key) instanceof Secret;
    return isProvided && !secret.isEncryptedKey(form) ? [passphrase] : [];
  });
