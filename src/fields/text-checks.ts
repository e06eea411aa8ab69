// The zod schemas of text fields: their length, their characters, and the checks of names, hosts, URLs and endpoints.
import * as z from 'zod';
import {
  invisibleMessage,
  INVISIBLE_RANGES,
  findInvisible,
  findInvisibleInLabel,
  type InvisibleCharacter,
} from '../formats/invisible-characters.ts';
import { addressProblem, hostProblem } from '../formats/host-checks.ts';

/** Returns the message for a text that is refused, or null for a text that is accepted. */
export type TextProblem = (value: string) => string | null;

export interface TextRules {
  /** A pattern for the JSON Schema of forms. It covers a part of what `problem` checks. */
  readonly pattern: RegExp;
  /** The message for a text that does not match the pattern. */
  readonly message: string;
  readonly problem: TextProblem;
  /** The largest number of characters. */
  readonly max?: number;
}

/** An unpaired surrogate: no URL, header or UTF-8 text can carry it. */
const UNPAIRED_SURROGATE = /[\ud800-\udfff]/u;

/** Returns a zod check that reports the message of `problem` and stops further checks. */
const checkWith = (problem: TextProblem) => (value: string, context: z.RefinementCtx<string>) => {
  const message = problem(value);
  if (message !== null) context.addIssue({ code: 'custom', message, continue: false });
};

/** Returns the schema of a text of one line that is not empty. */
export const textSchema = ({ pattern, message, problem, max = 255 }: TextRules) =>
  z
    .string()
    .min(1, { error: 'Must not be empty. Leave the field out to provide no value.', abort: true })
    .max(max, `Must not be longer than ${max} characters.`)
    .refine((value) => !UNPAIRED_SURROGATE.test(value), {
      error: 'Must not contain an unpaired surrogate, which is half of a character.',
      abort: true,
    })
    .superRefine(checkWith(problem))
    .regex(pattern, message);

const messageFor = (hidden: InvisibleCharacter | null): string | null => hidden && invisibleMessage(hidden);

/** Returns the message for a text with a character that cannot be seen; null for any other text. */
export const invisibleCharacterProblem: TextProblem = (value) => messageFor(findInvisible(value));

const PRINTABLE = new RegExp(`^[^${INVISIBLE_RANGES}]*$`);
const INVISIBLE_CHARACTERS = 'Must not contain invisible characters.';

/** The rules of a text that may hold any character that can be seen. */
export const PRINTABLE_TEXT: TextRules = {
  pattern: PRINTABLE,
  message: INVISIBLE_CHARACTERS,
  problem: invisibleCharacterProblem,
};

/** The rules of a connection's name. People read it, so it may hold the characters that join letters and emoji. */
export const CONNECTION_NAME: TextRules = {
  pattern: /^/,
  message: INVISIBLE_CHARACTERS,
  problem: (value) => messageFor(findInvisibleInLabel(value)),
};

/** The characters that end a name in a URL, a driver string or an SQL text, or that begin a parameter. */
const ENDS_A_NAME = /[?&#;='"`\\/]/;

/** Returns the schema of a name that a URL, a driver string or SQL reads as a name and nothing more. */
export const nameSchema = (allowsSlash: boolean) =>
  textSchema(PRINTABLE_TEXT).refine(
    (value) => !ENDS_A_NAME.test(allowsSlash ? value.replaceAll('/', '') : value),
    `Must be only a name: ${allowsSlash ? '' : '/ '}? & # ; = \\ and quotes would end it in a URL or a driver string.`,
  );

/** The rules of a host name or address. */
export const HOST: TextRules = {
  pattern: new RegExp(String.raw`^[^\s@/?#;,=&|<>"'\\${INVISIBLE_RANGES}]*$`),
  message: 'Must be only a host name or an IP address, without scheme, user, path, blanks or control characters.',
  problem: hostProblem,
};

/** Returns the rules of an address of the form `pattern`. */
const addressRules = (pattern: RegExp, message: string): TextRules => ({
  pattern,
  message,
  problem: (value) => invisibleCharacterProblem(value) ?? (pattern.test(value) ? addressProblem(value) : message),
  max: 2048,
});

/** The rules of an http or https URL. */
export const URL_ADDRESS = addressRules(
  /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s@/?#]+(?:\/[^\s@?#]*)?$/,
  'Must be an http or https URL without user, password, query and fragment, because everyone who can read the connection sees it.',
);

/** The rules of a host name, or of an http or https URL. */
export const ENDPOINT = addressRules(
  /^(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/)?[^\s@/?#]+(?:\/[^\s@?#]*)?$/,
  'Must be a host name, or an http or https URL, without user, password, query and fragment.',
);
