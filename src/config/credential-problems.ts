// Texts that can be no credential: they would be sent to the vendor, which would then be blamed for refusing them. No message
// repeats the text.
import { placeholderKind } from '../formats/placeholders.ts';

/** Control characters in a credential would break the header that carries it. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

const QUOTES = /^(["'`]).*\1$/;
/** A reference in the style of this file, a shell, a template or Windows, as it stands before it is filled. */
const UNRESOLVED_REFERENCE = /\$\{|\{\{|^\$\(?[A-Za-z_]\w*\)?$|^%[A-Za-z_]\w*%$/;
/** What the gateway puts before a key itself. */
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

/** What is wrong with a text that is meant as a credential; null when nothing is. */
export function credentialProblem(text: string): string | null {
  if (text === '') return 'is empty';
  if (UNRESOLVED_REFERENCE.test(text))
    return 'holds a reference that was not filled; references are ${NAME} and ${file:path}';
  if (!SENDABLE.test(text)) return 'must be printable ASCII text without blanks around it';
  if (QUOTES.test(text)) return 'has quotes around it; leave them out';
  const [, scheme] = SCHEME.exec(text) ?? [];
  if (scheme !== undefined) {
    return `must be the key alone, without the word ${SCHEME_NAMES[scheme.toLowerCase()]} before it`;
  }
  if (HEADER.test(text)) return 'must be the key alone, without the name of a header before it';
  return PLACEHOLDERS.test(text) || placeholderKind(text) !== null ? 'is a placeholder; put the real one there' : null;
}
