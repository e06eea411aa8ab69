// Key files in Looker's options (`certificate`, `pdtOverride.certificate`). Looker stores a file as the base64 of its bytes.
// A PKCS#12 file is provided as base64; other files are provided as text or as base64.
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import { Secret } from '../../../secrets/secret.ts';
import type { SecretFormat } from '../../../secrets/secret-formats.ts';

/** The format that the body of a file must have, by LookerCertificateType. */
const FORMATS: Readonly<Record<string, SecretFormat>> = { JSON: 'jsonKey', P8: 'pkcs8Key', P12: 'base64' };

/** A key file among the options; null where an update clears it. */
export type KeyFile = Values | null | undefined;

/** Returns the key file of an option. */
export const keyFileAt = (options: Values, key: FieldKey): KeyFile => valueAt(options, key) as KeyFile;

/** The content of a key file that is still a secret. to-wire.ts sends the base64 of it. */
export class KeyFileContent {
  readonly secret: Secret;
  readonly isBase64: boolean;

  constructor(secret: Secret, isBase64: boolean) {
    this.secret = secret;
    this.isBase64 = isBase64;
  }
}

const bodyOf = (file: KeyFile): Secret | null =>
  typeof file?.['fileType'] === 'string' && file['body'] instanceof Secret ? file['body'] : null;

const formatOf = (file: KeyFile): SecretFormat | undefined => FORMATS[file?.['fileType'] as string];

/** Returns what is wrong with a key file, as a sentence; null where nothing is, or where no new file is provided. */
export const keyFileProblem = (file: KeyFile): string | null => bodyOf(file)?.problemAs(formatOf(file)) ?? null;

/** Returns a sentence for each suspect value that is accepted in a key file. */
export const keyFileWarnings = (file: KeyFile): string[] => bodyOf(file)?.warningsAs(formatOf(file)) ?? [];

const privateKeyIn = (file: KeyFile): Secret | null => (file?.['fileType'] === 'P8' ? bodyOf(file) : null);

/** Returns the encrypted private key in a provided key file; null where there is none. */
export function encryptedKeyIn(file: KeyFile): Secret | null {
  const key = privateKeyIn(file);
  return key?.isEncryptedKey('pkcs8Key') ? key : null;
}

/** Checks whether a provided key file holds a private key without a passphrase. */
export const isUnencryptedKey = (file: KeyFile): boolean =>
  privateKeyIn(file) !== null && encryptedKeyIn(file) === null;

/** Returns the fields of DBConnection for a key file in `config`. */
export const configKeyFile = (key: Secret, fileType: '.json' | '.p8'): Values => ({
  certificate: new KeyFileContent(key, false),
  file_type: fileType,
});

/** Returns the fields of DBConnection for a key file among the options; none where no new file is provided. */
export function optionKeyFile(options: Values, key: FieldKey): Values {
  const file = keyFileAt(options, key);
  if (!file) return {};
  const fileType = file['fileType'] as string;
  const content = (file['body'] as Secret).normalized(formatOf(file));
  return {
    certificate: new KeyFileContent(content, fileType === 'P12'),
    file_type: `.${fileType.toLowerCase()}`,
  };
}

/** Returns the fields of DBConnection for a change of a key file; null for the file, or for its body, removes it. */
export const changedKeyFile = (options: Values, key: FieldKey): Values =>
  [valueAt(options, key), valueAt(options, `${key}.body`)].includes(null)
    ? { certificate: null }
    : optionKeyFile(options, key);
