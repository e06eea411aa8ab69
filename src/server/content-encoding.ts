// Undoes a request's Content-Encoding. The limit on a body holds for what comes out: inflating stops as soon as it is passed.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { bodyTooLarge, httpError, MAX_BODY_BYTES } from './errors.ts';

interface Inflated {
  readonly buffer: Uint8Array;
  /** Counts the input that was used. */
  readonly engine: { readonly bytesWritten: number };
}
type Inflate = (bytes: Uint8Array, options: ZlibOptions) => Promise<Inflated>;

/** Node's types do not know that `info: true` changes the result. */
const withInfo = (inflater: unknown): Inflate => promisify(inflater as typeof gunzip) as unknown as Inflate;

const inflateZlib = withInfo(inflate);
const inflateBare = withInfo(inflateRaw);

/** `deflate` means the zlib format; some clients leave its header out. */
const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;

const CODINGS: Readonly<Record<string, Inflate>> = {
  gzip: withInfo(gunzip),
  'x-gzip': withInfo(gunzip),
  deflate: async (bytes, options) => (hasZlibHeader(bytes) ? inflateZlib : inflateBare)(bytes, options),
  br: withInfo(brotliDecompress),
};

/** Registered codings that are not understood, which a message may therefore name. */
const REFUSED = new Set(['zstd', 'compress', 'x-compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'aes128gcm']);

const ADVICE = 'Send the body as gzip, deflate or br, or without an encoding.';

const refuse = (problem: string) => httpError(`${problem} ${ADVICE}`, 415, { 'accept-encoding': 'gzip, deflate, br' });

/** The one coding of a body; null when it has none. */
export function codingOf(header: string | null): string | null {
  const codings = (header ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '' && one !== 'identity');
  const [coding] = codings;
  if (coding === undefined) return null;
  if (codings.length > 1) throw refuse('The body has more than one content encoding.');
  if (Object.hasOwn(CODINGS, coding)) return coding;
  throw refuse(`${REFUSED.has(coding) ? `The content encoding ${coding}` : 'This content encoding'} is not accepted.`);
}

/** @param coding as `codingOf` gave it. */
export async function decodeBody(bytes: Uint8Array, coding: string | null): Promise<Uint8Array> {
  if (coding === null) return bytes;
  const broken = () => httpError(`The body is not valid ${coding}, though its Content-Encoding says so.`, 400);
  let inflated: Inflated;
  try {
    inflated = await (CODINGS[coding] as Inflate)(bytes, { maxOutputLength: MAX_BODY_BYTES, info: true });
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? bodyTooLarge() : broken();
  }
  // What follows the end of the compressed data would be dropped without a word.
  if (inflated.engine.bytesWritten < bytes.byteLength) throw broken();
  return inflated.buffer;
}
