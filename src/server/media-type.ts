// Checks a request's Content-Type. Only JSON in UTF-8 is accepted: a web page can send forms, multipart and plain text to another
// site without a preflight request. A message never repeats an unknown value, which may be a misplaced secret.

const JSON_TYPE = 'application/json';
const ADVICE = `Send JSON as ${JSON_TYPE}.`;

/** Well-known types that are refused. A message may name them. */
const KNOWN_BUT_REFUSED = new Set([
  'application/graphql',
  'application/graphql+json',
  'application/json-patch+json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/xml',
  'application/yaml',
  'multipart/form-data',
  'multipart/mixed',
  'text/html',
  'text/json',
  'text/plain',
  'text/xml',
]);

const QUOTED = /"(?:[^"\\]|\\.)*"?/g;
/** One parameter: its name, and its value if there is a value. The value may be quoted. */
const PARAMETER = /;([^=;]*)(?:=[\t ]*("(?:[^"\\]|\\.)*"?|[^;"][^;]*)?)?/g;

/** Trims HTTP whitespace only, so that this file reads the same type as a browser does. */
const trimmed = (text: string): string => text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

const unquoted = (value: string): string =>
  value.startsWith('"') ? value.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : value;

interface MediaType {
  /** Type and subtype, in lower case. */
  readonly essence: string;
  readonly charsets: readonly string[];
}

function parseMediaType(header: string): MediaType {
  const end = header.indexOf(';');
  const parameters = end < 0 ? [] : Array.from(header.slice(end).matchAll(PARAMETER));
  return {
    essence: trimmed(end < 0 ? header : header.slice(0, end)).toLowerCase(),
    charsets: parameters
      .filter(([, name = '', value]) => trimmed(name).toLowerCase() === 'charset' && value !== undefined)
      .map(([, , value = '']) => trimmed(unquoted(trimmed(value))).toLowerCase()),
  };
}

/** Returns the encoding for a charset label; null for an unknown label. */
function encodingOf(charset: string): string | null {
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return null;
  }
}

function charsetProblem(charset: string): string | null {
  const encoding = encodingOf(charset);
  if (encoding === 'utf-8') return null;
  return encoding === null
    ? 'The content type names a charset that is not UTF-8. Send the body as UTF-8.'
    : `The content type names the charset ${charset}. Send the body as UTF-8.`;
}

function typeProblem(essence: string): string | null {
  if (essence === JSON_TYPE) return null;
  if (essence === '') return `The request has no content type. ${ADVICE}`;
  if (essence === 'application/graphql-response+json') {
    return `The content type ${essence} is for responses. Send the request as ${JSON_TYPE}.`;
  }
  return `${KNOWN_BUT_REFUSED.has(essence) ? `The content type ${essence}` : 'This content type'} is not accepted. ${ADVICE}`;
}

/** Returns the reason why a body with this Content-Type is refused; null when it is JSON in UTF-8. */
export function contentTypeProblem(header: string | null): string | null {
  if (header?.replace(QUOTED, '').includes(',')) return `The request has more than one content type. ${ADVICE}`;
  const { essence, charsets } = parseMediaType(header ?? '');
  return typeProblem(essence) ?? charsets.map(charsetProblem).find((problem) => problem !== null) ?? null;
}
