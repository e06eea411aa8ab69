// What is doubtful about a secret or a plain text that is taken all the same: the caller is warned, and the value is sent as it is.
import { hasInvisibleEnds, findInvisible, trimInvisible } from '../formats/invisible-characters.ts';
import { readAnyConnectionString } from '../formats/connection-string.ts';
import { hasUnresolvedTemplate, looksLikeExample, isPartlyMasked, isRowOfSigns } from '../formats/placeholders.ts';
import { keyWarnings, type SecretFormat } from './secret-formats.ts';

const BLANK_ENDS = 'It begins or ends with a blank, a line break or an invisible character, and is sent with it.';
const MASKED = 'A part of it looks masked or cut off; it is sent as it is.';
const TEMPLATE = 'It holds a placeholder that nothing was put in for, and is sent with it.';
const EXAMPLE = 'It looks like an example that was to be replaced; it is sent as it is.';

const hiddenMessage = (what: string): string =>
  `It holds a character that cannot be seen (${what}), and is sent with it.`;

const hiddenDoubts = (text: string): string[] => {
  const hidden = findInvisible(text);
  return hidden ? [hiddenMessage(hidden.what)] : [];
};

/** Doubts about a password, a token or another value of its own. */
function valueDoubts(text: string): string[] {
  return [
    ...(hasInvisibleEnds(text) ? [BLANK_ENDS] : []),
    ...hiddenDoubts(trimInvisible(text)),
    ...(isPartlyMasked(text) || isRowOfSigns(text) ? [MASKED] : []),
    ...(hasUnresolvedTemplate(text) ? [TEMPLATE] : []),
    ...(looksLikeExample(text) ? [EXAMPLE] : []),
  ];
}

/** Line breaks and tabs are usual in a statement of several lines. */
const driverDoubts = (text: string): string[] => hiddenDoubts(text.replaceAll(/[\t\n\r]/g, ' '));

/** What is doubtful about the text of a secret; each in a sentence without the value. */
export function secretWarnings(text: string, form: SecretFormat | undefined): string[] {
  if (form === undefined || form === 'entry') return valueDoubts(text);
  if (form === 'driverText') return driverDoubts(text);
  if (form !== 'connectionString') return keyWarnings(text, form);
  const url = readAnyConnectionString(text);
  return url.problem === null ? valueDoubts(url.password ?? '').map((doubt) => `Its password: ${doubt}`) : [];
}

/** What is doubtful about a plain text. */
export function plainTextWarnings(text: string): string[] {
  const doubts: string[] = [];
  if (text !== text.trim()) doubts.push('It begins or ends with a blank, and is sent with it.');
  if (hasUnresolvedTemplate(text)) doubts.push(TEMPLATE);
  return doubts;
}
