// What Chartbrew puts into HTTP requests of its own: headers, tokens, user and password. It must fit HTTP's grammar, and one
// of two that say the same has no effect.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationCode, ValidationIssue } from '../../domain/errors.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/fields.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath, issue } from '../../domain/support.ts';
import { listedTwice, TWICE } from './url-parts.ts';

type Finding = readonly [key: FieldKey, code: ValidationCode, message: string];

interface Header {
  readonly name: string;
  readonly value: unknown;
}

const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const NOT_A_NAME = "Must be the name of an HTTP header: letters, digits and !#$%&'*+-.^_`|~ alone.";
/** Outside it are control characters, line breaks among them, and all that is not Latin-1. */
const FIELD_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const NOT_A_VALUE =
  'No HTTP header can carry it: it has a line break, a control character or a letter outside Latin-1.';
// oxlint-disable-next-line no-control-regex -- control characters are what it finds
const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_IN_BASIC = 'Must not hold line breaks or other control characters.';
const COLON_IN_USER = 'Must not hold a colon, which ends the user name in a sign-in by user and password.';
const SAYS_IT_TOO = 'Chartbrew writes this header from `authentication`; give one of them.';

const TOKEN_ALONE = 'Give the token alone: Chartbrew writes the word Bearer before it.';

const isOutside = (value: unknown, form: RegExp): boolean => value instanceof Secret && !value.matches(form);

function headerFindings(headers: readonly Header[]): Finding[] {
  const names = headers.map(({ name }) => name);
  return headers.flatMap(({ name, value }, at): Finding[] => [
    ...(TOKEN.test(name) ? [] : [[`headers.${at}.name`, 'INVALID', NOT_A_NAME] as const]),
    ...(listedTwice(names, at) ? [[`headers.${at}.name`, 'EXCLUSIVE', TWICE] as const] : []),
    ...(isOutside(value, FIELD_VALUE) ? [[`headers.${at}.value`, 'INVALID', NOT_A_VALUE] as const] : []),
  ]);
}

/** A token that Chartbrew sends behind the word Bearer. */
function tokenFindings(key: FieldKey, token: unknown): Finding[] {
  if (isOutside(token, FIELD_VALUE)) return [[key, 'INVALID', NOT_A_VALUE]];
  return token instanceof Secret && token.matches(/^bearer\s/i) ? [[key, 'INVALID', TOKEN_ALONE]] : [];
}

function signInFindings(config: Values): Finding[] {
  const [bearer, username, password] = ['bearer', 'basic.username', 'basic.password'].map((key) =>
    valueAt(config, `authentication.${key}`),
  );
  const found = tokenFindings('authentication.bearer', bearer);
  if (typeof username === 'string' && username.includes(':')) {
    found.push(['authentication.basic.username', 'INVALID', COLON_IN_USER]);
  }
  if (password instanceof Secret && password.matches(CONTROL)) {
    found.push(['authentication.basic.password', 'INVALID', CONTROL_IN_BASIC]);
  }
  return found;
}

const headersOf = (config: Values): readonly Header[] =>
  Array.isArray(config['headers']) ? (config['headers'] as Header[]) : [];

/** A header that signs in beside `authentication`; told at the header, or at the sign-in where that alone was given. */
function signsInTwice({ config }: Draft, given: Draft): Finding[] {
  const at = headersOf(config).findIndex(({ name }) => name.toLowerCase() === 'authorization');
  if (at === -1 || config['authentication'] === undefined) return [];
  const isHeaderGiven = given.config['headers'] !== undefined;
  return [[isHeaderGiven ? `headers.${at}.name` : 'authentication', 'EXCLUSIVE', SAYS_IT_TOO]];
}

/** @param draft the connection as it is to be. @param given what was given of it. */
export function reviewHttpValues(draft: Draft, given: Draft): ValidationIssue[] {
  const { dialect } = draft;
  const found: Finding[] = [];
  if (dialect === 'api') {
    found.push(
      ...headerFindings(headersOf(given.config)),
      ...signInFindings(given.config),
      ...signsInTwice(draft, given),
    );
  }
  if (dialect === 'customerIo') found.push(...tokenFindings('apiKey', given.config['apiKey']));
  return found.map(([key, code, message]) => issue(configPath(dialect, key), code, message));
}
