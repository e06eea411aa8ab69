// What stands for a secret and is none: the mask that a tool shows in its place, a placeholder that nothing was put in for,
// the reference by which a secret manager would find it. All of it is told by the text alone. What somebody may mean as a
// password, as weak as it is (`secret`, `changeme`), is none of these.
import { trimInvisible } from './invisible-characters.ts';

export type PlaceholderKind = 'MASK' | 'PLACEHOLDER';

/** Signs of which tools make masks, in a row of any length. */
const MASK_SIGNS = /^[*•●.…·∙⋅○◦⚫⬤■▪█▓░⁎∗✱✲﹡＊]+$/u;
/** The same letter three times or more. */
const ROW = /^(?:x{3,}|X{3,})$/;
/** Rows with something between them: `xxxx-xxxx`, `**** ****`. */
const ROWS = /^(?:[xX]{2,}|[*•]{2,})(?:[-_.:/ ](?:[xX]{2,}|[*•]{2,}))+$/;
/** A row behind the beginning that all tokens of a kind share: `sk-xxxxxxxx`, `AKIAXXXXXXXXXXXX`, `ghp_********`. */
const SHARED_BEGINNING =
  /^(?:[A-Za-z][A-Za-z\d]{1,9}(?:[-_]?(?:x{8,}|X{8,})|[-_]\*{4,}\w{0,8})|(?:AKIA|ASIA|AIza|eyJ)[*xX]{4,}\w{0,8})$/;
/** Dots that no keyboard has, and the beginning and the end that were left to be recognised. */
const LEFT_OPEN = /^(?:[\w-]{0,12}[•●]{2,}[\w-]{0,12}|[\w-]{1,12}…[\w-]{1,12})$/;

/** Texts that one tool writes. */
const OF_ONE_TOOL: ReadonlySet<string> = new Set([
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

/** Words that say of a value that it is not shown: a mask without anything around them too. */
const NOT_SHOWN =
  /^(?:redacted|hidden|masked|censored|obfuscated|scrubbed|(?:sensitive|hidden|masked|redacted)[ _-](?:value|data|password|secret|info(?:rmation)?)|(?:value|password|secret)[ _-](?:hidden|redacted|masked|not[ _-]shown)|not[ _-](?:shown|displayed))$/i;

/** Words of which the text between brackets is made. */
const WORDS: ReadonlySet<string> = new Set(
  `redacted filtered hidden masked mask sensitive secret secrets protected removed omitted encrypted obfuscated scrubbed
  censored sanitized suppressed private confidential unchanged not shown displayed available set unset value values data
  info information field your my the a an with for in of from actual real new old own db database user username account
  login password passwd pass pwd passphrase passcode token key apikey api access client service credential credentials auth
  authorization bearer insert enter replace change put here goes me this string text placeholder example sample dummy todo
  tbd nil none null empty undefined by policy security reasons known after apply write only attribute chars characters
  bytes long`.split(/\s+/),
);

/** What may stand around such words, and how often at least. */
const AROUND: readonly (readonly [open: string, close: string, least: number])[] = [
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

/** What stands between brackets or rows of one sign; null when there are none. */
function insideOf(text: string): string | null {
  for (const [open, close, least] of AROUND) {
    let depth = 0;
    while (text[depth] === open && text.at(-1 - depth) === close && depth * 2 < text.length) depth += 1;
    if (depth >= least && depth * 2 < text.length) return text.slice(depth, -depth);
  }
  return null;
}

const MOST_IN_BRACKETS = 100;

function isInBrackets(text: string): boolean {
  const inside = text.length <= MOST_IN_BRACKETS ? insideOf(text) : null;
  if (inside === null) return false;
  if (/^set to the key\b/.test(inside)) return true;
  const words = inside
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_./:,'-]+/)
    .filter((word) => word !== '');
  return (
    words.length > 0 &&
    (words.every((word) => WORDS.has(word) || /^\d+$/.test(word)) || MASK_SIGNS.test(words.join('')))
  );
}

/** Templates in which nothing was put: of shells, pipelines, Terraform, Jinja, Helm, ERB, Concourse and Windows. */
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

/** References that a secret manager or a tool would have replaced, and texts that it would have decrypted. */
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
  // A fingerprint, as audit logs have it.
  /^hmac-sha(?:256|512):[\w+/=-]{20,}$/,
];

const isQuoted = (text: string): boolean => /^(["'`]).+\1$/s.test(text);

/** Without the blanks and the one pair of quotes that stand around it. */
function bareOf(text: string): string {
  const bare = trimInvisible(text);
  return isQuoted(bare) ? trimInvisible(bare.slice(1, -1)) : bare;
}

/** A longer text is a mask only where it is one row of signs. */
const LONGEST = 4096;

const isSigns = (text: string): boolean =>
  [MASK_SIGNS, ROW, ROWS, SHARED_BEGINNING].some((signs) => signs.test(text)) || isInBrackets(text);

/** Signs, and beside them in brackets what they mean: `**** (hidden)`. */
const areSigns = (text: string): boolean => isSigns(text) || text.split(/\s+/).every(isSigns);

/** Of a header the scheme stands before the secret: `Bearer ***`. */
const SCHEME =
  /^(?:(?:proxy-)?authorization *: *)?(?:basic|bearer|token|api-?key|digest|key|jwt|ssws|splunk|negotiate)[ :=]+(?=\S)/i;

/** The password of `Basic`, which stands in base64 behind its user. */
function passwordOfBasic(text: string): string | null {
  const [, packed = ''] = /^(?:authorization *: *)?basic +([\w+/=-]{4,})$/i.exec(text) ?? [];
  const [, password = null] = /^[^:]*:(.+)$/s.exec(Buffer.from(packed, 'base64').toString()) ?? [];
  return password;
}

const isMask = (text: string): boolean => OF_ONE_TOOL.has(text) || NOT_SHOWN.test(text) || areSigns(text);

/** Whether a whole text stands for a secret; null when it may be one. */
export function placeholderKind(text: string): PlaceholderKind | null {
  const trimmedText = bareOf(text);
  if (trimmedText === '') return null;
  if (trimmedText.length > LONGEST) return MASK_SIGNS.test(trimmedText) || ROW.test(trimmedText) ? 'MASK' : null;
  // Letters and signs of double width are written in one way.
  const value = trimmedText.normalize('NFKC').replace(SCHEME, '');
  // That would make three dots of the one sign.
  if (LEFT_OPEN.test(trimmedText.replace(SCHEME, ''))) return 'MASK';
  if ([...TEMPLATES, ...REFERENCES].some((one) => one.test(value))) return 'PLACEHOLDER';
  return isMask(value) || isMask(passwordOfBasic(trimmedText) ?? 'none') ? 'MASK' : null;
}

/** The same of a value that need not be a secret, as that of a header: words alone stand for themselves there. */
export function entryPlaceholderKind(text: string): PlaceholderKind | null {
  const bare = bareOf(text);
  return OF_ONE_TOOL.has(bare) || NOT_SHOWN.test(bare) ? null : placeholderKind(text);
}

/** Names under which credentials stand in parameters and statements. */
const CREDENTIAL_NAME = /(?:pass|pwd|secret|token|key|cred|auth|sas|identified\s+by)[\w.-]*["'`\]]?\s*$/i;
const SIDE = 80;
const MOST_SEARCHED = 65_536;

function valueBehind(text: string): string {
  const [, double, single, plain] = /^\s*(?:"([^"]*)"|'([^']*)'|([^\s&;,)]*))/.exec(text) ?? [];
  return double ?? single ?? plain ?? '';
}

/** Whether a credential among `name=value` parameters, or in an SQL text, is a stand-in. Templates are the vendor's own there. */
export function standInAmong(whole: string): PlaceholderKind | null {
  const text = whole.slice(0, MOST_SEARCHED);
  for (const { index } of text.matchAll(/[=:]|\bby\b/gi)) {
    const isWord = /\w/.test(text[index] ?? '');
    const end = isWord ? index + 2 : index + 1;
    const name = text.slice(Math.max(0, index - SIDE), isWord ? end : index);
    if (!CREDENTIAL_NAME.test(name)) continue;
    const value = valueBehind(text.slice(end, end + SIDE));
    if (value !== '' && placeholderKind(value) === 'MASK') return 'MASK';
  }
  return null;
}

/** A row of signs inside a secret, an ellipsis at its end: it may be cut or masked in part. */
export const isPartlyMasked = (text: string): boolean => /[*•●]{4}|…|\.{3}$/u.test(text);

/** A row of any other sign: nobody's mask that is known, and hardly a password. */
export const isRowOfSigns = (text: string): boolean =>
  /^(?:-{3,}|_{3,}|#{3,}|\?{3,}|~{3,}|={3,}|\+{3,})$/.test(trimInvisible(text));

/** Whether a template stands in it that nothing was put in for. */
export const hasUnresolvedTemplate = (text: string): boolean =>
  /\$\{[A-Za-z_][\w.:-]*\}|\{\{ *[\w.]+ *\}\}|%[A-Z_]{3,}%|<%=/.test(text);

/** Whether it is what examples tell people to replace. */
export const looksLikeExample = (text: string): boolean =>
  /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this)|your[-_ ]?(?:db[-_ ]?|api[-_ ]?|secret[-_ ]?)?(?:password|passwd|secret|token|key)(?:[-_ ]?here)?)[!.\d]*$/i.test(
    trimInvisible(text),
  );
