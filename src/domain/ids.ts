// Global ids: base64url of `v1:c:<instance key>:<vendor id>` for a connection and `v1:i:<key>` for an instance.
// Ids are opaque to callers. Callers may send any text, and a text that is no global id decodes to null.
import { isShortText } from './short-text.ts';

/** The pattern of an instance key. */
export const INSTANCE_KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

export type DecodedId =
  | { readonly kind: 'instance'; readonly key: string }
  | { readonly kind: 'connection'; readonly key: string; readonly vendorId: string };

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** Returns the global id of a connection. @param key the key of its instance. */
export const connectionId = (key: string, vendorId: string): string => encode(`v1:c:${key}:${vendorId}`);
/** Returns the global id of an instance. */
export const instanceId = (key: string): string => encode(`v1:i:${key}`);

/** Returns the parts of a global id; null when the text is no global id. */
export function decodeId(id: string): DecodedId | null {
  if (id.length > 1024) return null;
  const decoded = Buffer.from(id, 'base64url').toString();
  // Each object has exactly one id. Padding, other base64 alphabets and invalid UTF-8 would decode to the same object.
  if (encode(decoded) !== id) return null;
  const [version, kind, key = '', ...rest] = decoded.split(':');
  if (version !== 'v1' || !INSTANCE_KEY.test(key)) return null;
  const vendorId = rest.join(':');
  if (kind === 'i' && rest.length === 0) return { kind: 'instance', key };
  if (kind === 'c' && isShortText(vendorId)) return { kind: 'connection', key, vendorId };
  return null;
}
