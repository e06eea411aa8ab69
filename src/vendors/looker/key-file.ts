// A key file as Looker takes it: base64 of its bytes. Text files are read as the fields of a dialect read them; of a PKCS#12 file
// only base64 can be given.
import type { Values } from '../../fields/fields.ts';
import { Secret } from '../../secrets/secret.ts';
import type { SecretFormat } from '../../secrets/secret-formats.ts';

/** The form that the body must have, by LookerCertificateType. */
const FORMS: Readonly<Record<string, SecretFormat>> = { JSON: 'jsonKey', P8: 'pkcs8Key', P12: 'base64' };

const isGiven = (file: Values | null | undefined): file is Values => typeof file?.['fileType'] === 'string';

const formOf = (file: Values): SecretFormat | undefined => FORMS[file['fileType'] as string];

/** What is wrong with a key file, in a sentence; null for one that is right, is cleared, or was stored before. */
export const keyFileProblem = (file: Values | null | undefined): string | null =>
  isGiven(file) && file['body'] instanceof Secret ? file['body'].formatProblem(formOf(file)) : null;

const keyIn = (file: Values | null | undefined): Secret | null =>
  isGiven(file) && file['fileType'] === 'P8' && file['body'] instanceof Secret ? file['body'] : null;

/** The private key in a key file that only a passphrase opens; null where none is given. */
export function encryptedKeyIn(file: Values | null | undefined): Secret | null {
  const key = keyIn(file);
  return key?.isEncryptedKey('pkcs8Key') ? key : null;
}

/** Whether a key file is given whose private key has no passphrase. */
export const isOpenKey = (file: Values | null | undefined): boolean =>
  keyIn(file) !== null && encryptedKeyIn(file) === null;

/** What is doubtful about a key file that is taken, each in a sentence. */
export const keyFileDoubts = (file: Values | null | undefined): string[] =>
  isGiven(file) && file['body'] instanceof Secret ? file['body'].warningsAs(formOf(file)) : [];

/** The body in the form of its type. */
const bodyOf = (file: Values): Secret => (file['body'] as Secret).normalized(formOf(file));

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The base64 of a file; of PKCS#12 the body is base64 already. */
export function keyFileBase64(file: Values, reveal: (secret: Secret) => string): string {
  const text = reveal(bodyOf(file));
  return file['fileType'] === 'P12' ? text : base64(text);
}

/** Looker's word for the type. */
export const fileTypeWord = (fileType: string): string => `.${fileType.toLowerCase()}`;
