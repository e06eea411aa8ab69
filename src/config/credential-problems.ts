// Finds texts that cannot be a credential, such as placeholders, before they are sent to a vendor. No message repeats the text.
import { placeholderKind } from '../formats/placeholders.ts';

/** Printable ASCII without spaces at the ends. Control characters would break the header that carries the credential. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

const QUOTES = /^(["'`]).*\1$/;
/** A reference that was not replaced, in the syntax of this configuration, a shell, a template or Windows. */
const UNRESOLVED_REFERENCE = /\$\{|\{\{|^\$\(?[A-Za-z_]\w*\)?$|^%[A-Za-z_]\w*%$/;
/** The authentication schemes that the gateway adds to a key itself. */
const SCHEME = /^(?:authorization\s*:\s*)?(bearer|token|apikey|api-key|basic)\s/i;
const HEADER = /^[\w-]+\s*:\s/;

const PLACEHOLDERS = new RegExp(
  `^(?:${[
    'change[-_ ]?(?:me|it|this)',
    'replace[-_ ]?(?:me|it|this|with.*)',
    '(?:put|insert|enter|paste|add)[-_ ].*[-_ ](?:key|token|secret|id|password|here)',
    'your[-_ ].*',
    '<.*>|\\[.*\\]',
    'x{3,}|-+|_+|\\?+',
    'todo|tbd|fixme|placeholder|redacted|masked|null|none|undefined|n/a',
  ].join('|')})$`,
  'i',
);

const SCHEME_NAMES: Readonly<Record<string, string>> = {
  bearer: 'Bearer',
  token: 'token',
  apikey: 'ApiKey',
  'api-key': 'Api-Key',
  basic: 'Basic',
};

/** Returns why a text cannot be a credential; null when it can be a credential. */
export function credentialProblem(text: string): string | null {
  if (text === '') return 'is empty';
  if (UNRESOLVED_REFERENCE.test(text))
    return 'holds a reference that was not replaced; references are ${NAME} and ${file:path}';
  if (!SENDABLE.test(text)) return 'must be printable ASCII text without spaces at its ends';
  if (QUOTES.test(text)) return 'is in quotes; remove them';
  const [, scheme] = SCHEME.exec(text) ?? [];
  if (scheme !== undefined) {
    return `must be the key only, without the word ${SCHEME_NAMES[scheme.toLowerCase()]} before it`;
  }
  if (HEADER.test(text)) return 'must be the key only, without the name of a header before it';
  return PLACEHOLDERS.test(text) || placeholderKind(text) !== null
    ? 'is a placeholder; replace it by the real value'
    : null;
}
