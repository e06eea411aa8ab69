// A key file as Looker takes it: base64 of its bytes. Text files are read as the fields of a dialect read them; of a PKCS#12 file
// only base64 can be given.
import type { Values } from '../../domain/fields.ts';
import { Secret } from '../../domain/secret.ts';
import type { SecretForm } from '../../domain/secret-forms.ts';

/** The form that the body must have, by LookerCertificateType. */
const FORMS: Readonly<Record<string, SecretForm>> = { JSON: 'jsonKey', P8: 'pkcs8Key', P12: 'base64' };

const isGiven = (file: Values | null | undefined): file is Values => file?.['fileType'] !== undefined;

/** What is wrong with a key file, in a sentence; null for one that is right, is cleared, or was stored before. */
export function keyFileProblem(file: Values | null | undefined): string | null {
  if (!isGiven(file) || !(file['body'] instanceof Secret)) return null;
  const fileType = file['fileType'] as string;
  const problem = file['body'].problemAs(FORMS[fileType]);
  if (problem !== null) return problem;
  const needsPassphrase = fileType === 'P8' && file['body'].isEncryptedKey('pkcs8Key');
  return needsPassphrase ? 'It is encrypted, and nothing here opens it; send it without a passphrase.' : null;
}

/** What is doubtful about a key file that is taken, each in a sentence. */
export const keyFileDoubts = (file: Values | null | undefined): string[] =>
  isGiven(file) && file['body'] instanceof Secret ? file['body'].doubtsAs(FORMS[file['fileType'] as string]) : [];

/** The body in the form of its type. */
export const keyFileBody = (file: Values): Secret => (file['body'] as Secret).inForm(FORMS[file['fileType'] as string]);

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** @param text of a file in the form of its type, which for PKCS#12 is base64 already. */
export const keyFileBase64 = (text: string, fileType: string): string => (fileType === 'P12' ? text : base64(text));

/** Looker's word for the type. */
export const fileTypeWord = (fileType: string): string => `.${fileType.toLowerCase()}`;
