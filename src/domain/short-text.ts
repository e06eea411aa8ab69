// Texts that callers choose and that stand in one line: names, keys and the ids of vendors.

// oxlint-disable-next-line no-control-regex -- the pattern excludes control characters
const SHORT_TEXT = /^[^\u0000-\u001f\u007f]{1,255}$/;

/** Returns whether a text has 1 to 255 characters, none of them a control character. */
export const isShortText = (text: string): boolean => SHORT_TEXT.test(text);
