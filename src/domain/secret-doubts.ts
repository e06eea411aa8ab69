// What is doubtful about a secret or a plain text that is taken all the same: the caller is warned, and the value is sent as it is.
import { hasBlankEnds, hiddenIn } from './characters.ts';
import { readAnyConnectionString } from './connection-string.ts';
import { isLikeExample, isMaskedInPart, isRow } from './masks.ts';
import { formDoubts, type SecretForm } from './secret-forms.ts';

const BLANK_ENDS = 'It begins or ends with a blank, a line break or an invisible character, and is sent with it.';
const MASKED = 'A part of it looks masked or cut off; it is sent as it is.';
const EXAMPLE = 'It looks like an example that was to be replaced; it is sent as it is.';

const hiddenMessage = (what: string): string =>
  `It holds a character that cannot be seen (${what}), and is sent with it.`;

/** Line breaks and tabs are usual in a text of several lines. */
const withoutLines = (text: string): string => text.replaceAll(/[\t\n\r]/g, ' ');

/** Doubts about a password or a token, and about the texts of drivers. */
function textDoubts(text: string, form: SecretForm | undefined): string[] {
  const inside = form === 'driverText' ? withoutLines(text) : text;
  const doubts: string[] = [];
  if (form !== 'driverText' && hasBlankEnds(text)) doubts.push(BLANK_ENDS);
  const hidden = hiddenIn(form === 'driverText' ? inside : inside.trim());
  if (hidden) doubts.push(hiddenMessage(hidden.what));
  if (form !== 'driverText' && (isMaskedInPart(text) || isRow(text))) doubts.push(MASKED);
  if (isLikeExample(text)) doubts.push(EXAMPLE);
  return doubts;
}

/** What is doubtful about the text of a secret; each in a sentence without the value. */
export function secretDoubts(text: string, form: SecretForm | undefined): string[] {
  if (form === undefined || form === 'driverText' || form === 'entry') return textDoubts(text, form);
  if (form !== 'connectionString') return formDoubts(text, form);
  const url = readAnyConnectionString(text);
  return url.problem === null ? textDoubts(url.password ?? '', undefined).map((doubt) => `Its password: ${doubt}`) : [];
}

const TEMPLATE = /\$\{[^{}]+\}|\{\{[^{}]+\}\}|%[A-Z_]{3,}%|<%=/;

/** What is doubtful about a plain text. */
export function plainDoubts(text: string): string[] {
  const doubts: string[] = [];
  if (hasBlankEnds(text)) doubts.push('It begins or ends with a blank, and is sent with it.');
  if (TEMPLATE.test(text)) doubts.push('It holds a placeholder that nothing was put in for, and is sent with it.');
  return doubts;
}
