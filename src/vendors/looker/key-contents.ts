// Reads in the text of a key file what kind it is, which account it names and whether it is encrypted. It keeps nothing of the text.

/** The fields of a JSON document; null for any other text. */
function fieldsIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    return isObject ? (document as Record<string, unknown>) : null;
  } catch {
    return null; // the parser's own message quotes the text
  }
}

/** The fields of a JSON key file that was given as its text or as base64; null when it is neither. */
const documentIn = (text: string) => fieldsIn(text) ?? fieldsIn(Buffer.from(text, 'base64').toString());

export const isJsonFile = (text: string): boolean => documentIn(text) !== null;

/** The account that a JSON key file names as its own; null when it names none. */
export function clientEmailIn(text: string): string | null {
  const email = documentIn(text)?.['client_email'];
  return typeof email === 'string' && /^[^\s@;?&#]+@[^\s@;?&#]+$/.test(email) ? email : null;
}

/** Whether a JSON key file says by its `type` that it is another one than a service account's. */
export function isOfOtherType(text: string): boolean {
  const type = documentIn(text)?.['type'];
  return type !== undefined && type !== 'service_account';
}

/** Whether a PEM text holds a private key that only a passphrase opens. */
export const isEncryptedPem = (text: string): boolean =>
  /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:\s*4,ENCRYPTED/m.test(text);
