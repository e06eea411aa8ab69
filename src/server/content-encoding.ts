// Decodes the body of a request by its Content-Encoding. The size limit applies to the decoded body, and decoding stops there.
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { bodyTooLarge, BYTES_PER_KB, httpError } from './request-errors.ts';

interface Inflated {
  readonly buffer: Uint8Array;
  /** The engine counts the bytes of input that it has read. */
  readonly engine: { readonly bytesWritten: number };
}
type Inflate = (bytes: Uint8Array, options: ZlibOptions) => Promise<Inflated>;

/** Returns a promise-based inflater. The cast is needed because Node's types do not know that `info: true` changes the result. */
const withInfo = (inflater: unknown): Inflate => promisify(inflater as typeof gunzip) as unknown as Inflate;

const inflateZlib = withInfo(inflate);
const inflateBare = withInfo(inflateRaw);

/** Returns whether a `deflate` body has the zlib header. Some clients omit it. */
const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;

const CODINGS: Readonly<Record<string, Inflate>> = {
  gzip: withInfo(gunzip),
  'x-gzip': withInfo(gunzip),
  deflate: async (bytes, options) => (hasZlibHeader(bytes) ? inflateZlib : inflateBare)(bytes, options),
  br: withInfo(brotliDecompress),
};

/** Registered codings that are not supported. A message may name them, because they cannot be a misplaced secret. */
const KNOWN_BUT_REFUSED = new Set(['zstd', 'compress', 'x-compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'aes128gcm']);

const ADVICE = 'Send the body as gzip, deflate or br, or without an encoding.';

const refuse = (problem: string) => httpError(`${problem} ${ADVICE}`, 415, { 'accept-encoding': 'gzip, deflate, br' });

/**
 * Returns the coding of a body; null when it has none.
 * @throws GraphQLError with status 415 for an unsupported coding, or more than one.
 */
export function codingOf(header: string | null): string | null {
  const codings = (header ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const [coding] = codings;
  if (coding === undefined) return null;
  if (codings.length > 1) throw refuse('The body has more than one content encoding.');
  if (Object.hasOwn(CODINGS, coding)) return coding;
  throw refuse(
    `${KNOWN_BUT_REFUSED.has(coding) ? `The content encoding ${coding}` : 'This content encoding'} is not accepted.`,
  );
}

/**
 * Returns the decoded body.
 * @param coding the result of `codingOf`.
 * @param bodyKb the limit of the decoded body.
 * @throws GraphQLError with status 400 for a malformed body, 413 for a body that is too large.
 */
export async function decodeBody(bytes: Uint8Array, coding: string | null, bodyKb: number): Promise<Uint8Array> {
  if (coding === null) return bytes;
  const broken = () => httpError(`The body is not valid ${coding}, though its Content-Encoding says so.`, 400);
  let inflated: Inflated;
  try {
    inflated = await (CODINGS[coding] as Inflate)(bytes, { maxOutputLength: bodyKb * BYTES_PER_KB, info: true });
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? bodyTooLarge(bodyKb) : broken();
  }
  // zlib would silently ignore bytes after the end of the compressed data.
  if (inflated.engine.bytesWritten < bytes.byteLength) throw broken();
  return inflated.buffer;
}
