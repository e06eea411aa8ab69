// Global ids: base64url of `v1:c:<instance key>:<vendor id>` for a connection and `v1:i:<key>` for an instance.
// Opaque to callers, who may send anything: a text that is no id of ours decodes to null.

export const INSTANCE_KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

export type DecodedId =
  | { readonly kind: 'instance'; readonly key: string }
  | { readonly kind: 'connection'; readonly key: string; readonly vendorId: string };

const encode = (text: string): string => Buffer.from(text).toString('base64url');

export const connectionId = (key: string, vendorId: string): string => encode(`v1:c:${key}:${vendorId}`);
export const instanceId = (key: string): string => encode(`v1:i:${key}`);

// oxlint-disable-next-line no-control-regex -- control characters are what it refuses
const VENDOR_ID = /^[^\u0000-\u001f\u007f]{1,255}$/;

export function decodeId(id: string): DecodedId | null {
  if (id.length > 1024) return null;
  const decoded = Buffer.from(id, 'base64url').toString();
  // One text per object: padding, other alphabets and broken UTF-8 would otherwise give a second id for it.
  if (encode(decoded) !== id) return null;
  const [version, kind, key = '', ...rest] = decoded.split(':');
  if (version !== 'v1' || !INSTANCE_KEY.test(key)) return null;
  const vendorId = rest.join(':');
  if (kind === 'i' && rest.length === 0) return { kind: 'instance', key };
  if (kind === 'c' && VENDOR_ID.test(vendorId)) return { kind: 'connection', key, vendorId };
  return null;
}
