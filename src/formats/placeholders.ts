// Recognizes texts that stand in place of a secret: what a tool shows instead of it (`********`), a template that was not filled in,
// and a reference that a secret manager would resolve. Only the text itself is examined. A weak password that somebody may really
// use, such as `secret` or `changeme`, is not a placeholder. secrets/secret-problems.ts refuses a secret that is a placeholder.
import { trimInvisible } from './invisible-characters.ts';

/** MASK: a text that a tool shows instead of a secret. UNRESOLVED: a template or a reference that was not replaced by its value. */
export type PlaceholderKind = 'MASK' | 'UNRESOLVED';

/** Only characters with which tools mask secrets, of any number. */
const MASK_CHARACTERS = /^[*•●.…·∙⋅○◦⚫⬤■▪█▓░⁎∗✱✲﹡＊]+$/u;
/** An x three times or more. */
const REPEATED_X = /^(?:x{3,}|X{3,})$/;
/** Groups of mask characters with separators: `xxxx-xxxx`, `**** ****`. */
const GROUPS = /^(?:[xX]{2,}|[*•]{2,})(?:[-_.:/ ](?:[xX]{2,}|[*•]{2,}))+$/;
/** A token prefix followed by mask characters: `sk-xxxxxxxx`, `AKIAXXXXXXXXXXXX`, `ghp_********`. */
const MASKED_TOKEN =
  /^(?:[A-Za-z][A-Za-z\d]{1,9}(?:[-_]?(?:x{8,}|X{8,})|[-_]\*{4,}\w{0,8})|(?:AKIA|ASIA|AIza|eyJ)[*xX]{4,}\w{0,8})$/;
/** A secret of which only the beginning and the end are shown, around bullets or an ellipsis. */
const SHOWN_ENDS = /^(?:[\w-]{0,12}[•●]{2,}[\w-]{0,12}|[\w-]{1,12}…[\w-]{1,12})$/;

/** Placeholders of single tools, and texts that a program prints for a missing value. */
const FIXED_TEXTS: ReadonlySet<string> = new Set([
  '**MetabasePass**',
  '--------',
  'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER',
  'DATA+OMITTED',
  '[object Object]',
  'undefined',
  'null',
  'None',
  'NaN',
]);

/** Words that say that a value is not shown. They are a placeholder even without brackets. */
const NOT_SHOWN =
  /^(?:redacted|hidden|masked|censored|obfuscated|scrubbed|(?:sensitive|hidden|masked|redacted)[ _-](?:value|data|password|secret|info(?:rmation)?)|(?:value|password|secret)[ _-](?:hidden|redacted|masked|not[ _-]shown)|not[ _-](?:shown|displayed))$/i;

/** A text between brackets is a placeholder if it consists only of these words. */
const WORDS: ReadonlySet<string> = new Set(
  `redacted filtered hidden masked mask sensitive secret secrets protected removed omitted encrypted obfuscated scrubbed
  censored sanitized suppressed private confidential unchanged not shown displayed available set unset value values data
  info information field your my the a an with for in of from actual real new old own db database user username account
  login password passwd pass pwd passphrase passcode token key apikey api access client service credential credentials auth
  authorization bearer insert enter replace change put here goes me this string text placeholder example sample dummy todo
  tbd nil none null empty undefined by policy security reasons known after apply write only attribute chars characters
  bytes long`.split(/\s+/),
);

/** The brackets that such words may have, and the minimum number of each. */
const BRACKETS: readonly (readonly [open: string, close: string, minimum: number])[] = [
  ['<', '>', 1],
  ['[', ']', 1],
  ['(', ')', 1],
  ['{', '}', 1],
  ['%', '%', 1],
  ['*', '*', 2],
  ['_', '_', 2],
  ['#', '#', 2],
  ['-', '-', 2],
  ['$', '$', 2],
  ['@', '@', 2],
];

/** Returns the text between brackets, or null if there are none. */
function textInBrackets(text: string): string | null {
  for (const [open, close, minimum] of BRACKETS) {
    let depth = 0;
    while (text[depth] === open && text.at(-1 - depth) === close && depth * 2 < text.length) depth += 1;
    if (depth >= minimum && depth * 2 < text.length) return text.slice(depth, -depth);
  }
  return null;
}

/** In characters. A longer text in brackets is not examined. */
const MAX_IN_BRACKETS = 100;

function isWordsInBrackets(text: string): boolean {
  const inside = text.length <= MAX_IN_BRACKETS ? textInBrackets(text) : null;
  if (inside === null) return false;
  if (/^set to the key\b/.test(inside)) return true;
  const words = inside
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_./:,'-]+/)
    .filter((word) => word !== '');
  return (
    words.length > 0 &&
    (words.every((word) => WORDS.has(word) || /^\d+$/.test(word)) || MASK_CHARACTERS.test(words.join('')))
  );
}

/** Templates of shells, pipelines, Terraform, Jinja, Helm, ERB, Concourse and Windows. */
const TEMPLATES: readonly RegExp[] = [
  /^\$\{[^{}]+\}$/,
  /^\$?\{\{.+\}\}$/s,
  /^\{%.+%\}$/s,
  /^<%.+%>$/s,
  /^#\{[^{}]+\}$/,
  /^\$\([^()]+\)$/,
  /^\(\([\w./:-]+\)\)$/,
  /^%[A-Za-z_]\w{2,}%$/,
  /^\$[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/,
  /^\$env:\w+$/i,
  /^__[A-Z][A-Z\d_]*__$/,
  /^@{2}\w+@{2}$/,
];

/** References that a secret manager or a deployment tool would resolve, and texts that it would decrypt. */
const REFERENCES: readonly RegExp[] = [
  /^(?:op|vault|ref\+\w+|secret|secrets|secretref|awssm|gcpsm|ssm|akv|keyvault|azurekeyvault|doppler|bws?|chamber|env):\/\/\S+$/i,
  /^vault:[\w./-]+#[\w.-]+$/i,
  /^secretref:\S+$/i,
  /^arn:aws[\w-]*:(?:secretsmanager|ssm):\S+$/,
  /^projects\/[^/\s]+\/secrets\/\S+$/,
  /^ENC\[[A-Z\d_]+,/,
  /^!(?:vault|secret|env|ref|sub)\b/i,
  /^\$ANSIBLE_VAULT;/,
  /^@Microsoft\.KeyVault\(/i,
  // The fingerprint of a secret in an audit log.
  /^hmac-sha(?:256|512):[\w+/=-]{20,}$/,
];

const isQuoted = (text: string): boolean => /^(["'`]).+\1$/s.test(text);

/** Returns the text without white space and one pair of quotes around it. */
function unquoted(text: string): string {
  const trimmed = trimInvisible(text);
  return isQuoted(trimmed) ? trimInvisible(trimmed.slice(1, -1)) : trimmed;
}

/** In characters. A longer text is a placeholder only if it repeats one mask character. */
const MAX_EXAMINED = 4096;

const hasMaskPattern = (text: string): boolean =>
  [MASK_CHARACTERS, REPEATED_X, GROUPS, MASKED_TOKEN].some((pattern) => pattern.test(text)) || isWordsInBrackets(text);

/** Returns whether the text is a mask, or several masks such as `**** (hidden)`. */
const isMaskPattern = (text: string): boolean => hasMaskPattern(text) || text.split(/\s+/).every(hasMaskPattern);

/** The scheme before the secret in an Authorization header, such as `Bearer ***`. */
const SCHEME =
  /^(?:(?:proxy-)?authorization *: *)?(?:basic|bearer|token|api-?key|digest|key|jwt|ssws|splunk|negotiate)[ :=]+(?=\S)/i;

/** Returns the password in a Basic Authorization header, or null. Base64 of `user:password` follows the scheme. */
function passwordOfBasic(text: string): string | null {
  const [, encoded = ''] = /^(?:authorization *: *)?basic +([\w+/=-]{4,})$/i.exec(text) ?? [];
  const [, password = null] = /^[^:]*:(.+)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return password;
}

const isMask = (text: string): boolean => FIXED_TEXTS.has(text) || NOT_SHOWN.test(text) || isMaskPattern(text);

/** Returns which kind of placeholder the whole text is, or null if it may be a secret. */
export function placeholderKind(text: string): PlaceholderKind | null {
  const trimmed = unquoted(text);
  if (trimmed === '') return null;
  if (trimmed.length > MAX_EXAMINED) return MASK_CHARACTERS.test(trimmed) || REPEATED_X.test(trimmed) ? 'MASK' : null;
  // NFKC would replace the ellipsis by three dots, so this pattern is matched before it.
  if (SHOWN_ENDS.test(trimmed.replace(SCHEME, ''))) return 'MASK';
  // NFKC replaces full-width characters by ASCII.
  const value = trimmed.normalize('NFKC').replace(SCHEME, '');
  if ([...TEMPLATES, ...REFERENCES].some((pattern) => pattern.test(value))) return 'UNRESOLVED';
  return isMask(value) || isMask(passwordOfBasic(trimmed) ?? 'none') ? 'MASK' : null;
}

/** Returns the same for the value of a header or an option, which need not be a secret: plain words such as `hidden` are values. */
export function entryPlaceholderKind(text: string): PlaceholderKind | null {
  const value = unquoted(text);
  return FIXED_TEXTS.has(value) || NOT_SHOWN.test(value) ? null : placeholderKind(text);
}

/** The end of a parameter's name or of an SQL keyword that introduces a credential. */
const CREDENTIAL_NAME = /(?:pass|pwd|secret|token|key|cred|auth|sas|identified\s+by)[\w.-]*["'`\]]?\s*$/i;
/** How many characters before and after the separator are examined. */
const CONTEXT = 80;
/** In characters. The rest of a longer text is not examined. */
const MAX_SEARCHED = 65_536;

function valueAfterSeparator(text: string): string {
  const [, double, single, plain] = /^\s*(?:"([^"]*)"|'([^']*)'|([^\s&;,)]*))/.exec(text) ?? [];
  return double ?? single ?? plain ?? '';
}

/**
 * Returns whether a credential among `name=value` parameters or in an SQL text is a mask. Templates are allowed there, because
 * vendors have templates of their own.
 */
export function containsMaskedCredential(whole: string): boolean {
  const text = whole.slice(0, MAX_SEARCHED);
  for (const { index } of text.matchAll(/[=:]|\bby\b/gi)) {
    const isWord = /\w/.test(text[index] ?? '');
    const end = isWord ? index + 2 : index + 1;
    const name = text.slice(Math.max(0, index - CONTEXT), isWord ? end : index);
    if (!CREDENTIAL_NAME.test(name)) continue;
    const value = valueAfterSeparator(text.slice(end, end + CONTEXT));
    if (value !== '' && placeholderKind(value) === 'MASK') return true;
  }
  return false;
}

/** Returns whether the text contains a row of mask characters or ends in an ellipsis, so that it may be masked in part. */
export const isPartlyMasked = (text: string): boolean => /[*•●]{4}|…|\.{3}$/u.test(text);

/** Returns whether the text repeats one sign that no known tool masks with, but that is hardly a password. */
export const isRowOfSigns = (text: string): boolean =>
  /^(?:-{3,}|_{3,}|#{3,}|\?{3,}|~{3,}|={3,}|\+{3,})$/.test(trimInvisible(text));

/** Returns whether the text contains a template that was not filled in. */
export const hasUnresolvedTemplate = (text: string): boolean =>
  /\$\{[A-Za-z_][\w.:-]*\}|\{\{ *[\w.]+ *\}\}|%[A-Z_]{3,}%|<%=/.test(text);

/** Returns whether the text is an example value that documentation tells people to replace. */
export const looksLikeExample = (text: string): boolean =>
  /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|your[-_ ]?(?:db[-_ ]?|api[-_ ]?|secret[-_ ]?)?(?:password|passwd|secret|token|key)(?:[-_ ]?here)?)[!.\d]*$/i.test(
    trimInvisible(text),
  );

/** Three mask signs in a row anywhere, signs alone, or a word such as `[redacted]` in brackets at the beginning. */
const REPORTED_MASK =
  /[*•●]{3,}|^\s*[*•●…·]+\s*$|^\s*[[<({]+\s*(?:redacted|hidden|masked|secret|sensitive|filtered|omitted|removed)\b/i;

/** Checks whether a server shows a mask in a value that it reports, in place of all or a part of it. */
export const containsMask = (text: string): boolean => REPORTED_MASK.test(text);
