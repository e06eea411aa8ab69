// Suspect values that are accepted and sent unchanged, with a warning: an invisible character, a masked part, an example value.
import { findInvisible, hasInvisibleEnds, trimInvisible } from '../formats/invisible-characters.ts';
import { readCheckedConnectionString } from '../formats/connection-string.ts';
import { hasUnresolvedTemplate, isPartlyMasked, isRowOfSigns, looksLikeExample } from '../formats/placeholders.ts';

const INVISIBLE_ENDS = 'It begins or ends with a blank, a line break or an invisible character. It is sent unchanged.';
const MASKED = 'A part of it looks masked or truncated. It is sent unchanged.';
const TEMPLATE = 'It contains a template that was not replaced by its value. It is sent unchanged.';
const EXAMPLE = 'It looks like an example value. It is sent unchanged.';

function invisibleWarnings(text: string): string[] {
  const invisible = findInvisible(text);
  return invisible ? [`It contains an invisible character (${invisible.kind}). It is sent unchanged.`] : [];
}

/** Returns the warnings about a password, a token or another secret without a format. No warning quotes the text. */
export function plainSecretWarnings(text: string): string[] {
  return [
    ...(hasInvisibleEnds(text) ? [INVISIBLE_ENDS] : []),
    ...invisibleWarnings(trimInvisible(text)),
    ...(isPartlyMasked(text) || isRowOfSigns(text) ? [MASKED] : []),
    ...(hasUnresolvedTemplate(text) ? [TEMPLATE] : []),
    ...(looksLikeExample(text) ? [EXAMPLE] : []),
  ];
}

/** Returns the warnings about driver parameters or SQL. Line breaks and tabs are allowed there. */
export const driverTextWarnings = (text: string): string[] => invisibleWarnings(text.replaceAll(/[\t\n\r]/g, ' '));

/** Returns the warnings about the password of a connection string. */
export function connectionStringWarnings(text: string): string[] {
  const url = readCheckedConnectionString(text);
  if (url.problem !== null) return [];
  return plainSecretWarnings(url.password ?? '').map((warning) => `Its password: ${warning}`);
}

/** Returns the warnings about a value that is no secret. */
export function plainTextWarnings(text: string): string[] {
  const warnings: string[] = [];
  if (text !== text.trim()) warnings.push('It begins or ends with a blank. It is sent unchanged.');
  if (hasUnresolvedTemplate(text)) warnings.push(TEMPLATE);
  return warnings;
}
