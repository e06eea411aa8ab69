// Reviews the values that Chartbrew puts into its own HTTP requests to an API: headers, tokens, user names and passwords. They must
// be valid in HTTP, and a header must not repeat what `authentication` sets.
import type { Draft } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import { Secret } from '../../../secrets/secret.ts';
import { configPath } from '../../../domain/input-paths.ts';
import { isRepeated, REPEATED, type Finding } from '../hosts/review-url-parts.ts';

interface Header {
  readonly name: string;
  readonly value: unknown;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const NOT_A_NAME = "Must be the name of an HTTP header: only letters, digits and !#$%&'*+-.^_`|~.";
/** Latin-1 without control characters such as line breaks. */
const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
const NOT_A_VALUE =
  'It is not a valid value of an HTTP header: it contains a line break, a control character or a character outside Latin-1.';
// oxlint-disable-next-line no-control-regex -- control characters are what it finds
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;
const CONTROL_IN_PASSWORD = 'Must not contain line breaks or other control characters.';
const COLON_IN_USERNAME = 'Must not contain a colon, because a colon ends the user name in Basic authentication.';
const HEADER_IS_WRITTEN = 'Chartbrew writes this header from `authentication`. Provide only one of the two.';
const TOKEN_ALONE = 'Provide only the token: Chartbrew writes the word Bearer before it.';

/** Checks whether a secret has a value that does not match the pattern. */
const violates = (value: unknown, pattern: RegExp): boolean => value instanceof Secret && !value.matches(pattern);

function headerFindings(headers: readonly Header[]): Finding[] {
  const names = headers.map(({ name }) => name);
  return headers.flatMap(({ name, value }, index): Finding[] => [
    ...(HEADER_NAME.test(name) ? [] : [[`headers.${index}.name`, 'INVALID', NOT_A_NAME] as const]),
    ...(isRepeated(names, index) ? [[`headers.${index}.name`, 'EXCLUSIVE', REPEATED] as const] : []),
    ...(violates(value, HEADER_VALUE) ? [[`headers.${index}.value`, 'INVALID', NOT_A_VALUE] as const] : []),
  ]);
}

/** Returns the findings of a token, which Chartbrew sends after the word Bearer. */
function tokenFindings(key: FieldKey, token: unknown): Finding[] {
  if (violates(token, HEADER_VALUE)) return [[key, 'INVALID', NOT_A_VALUE]];
  return token instanceof Secret && token.matches(/^bearer\s/i) ? [[key, 'INVALID', TOKEN_ALONE]] : [];
}

function signInFindings(config: Values): Finding[] {
  const [bearer, username, password] = ['bearer', 'basic.username', 'basic.password'].map((key) =>
    valueAt(config, `authentication.${key}`),
  );
  const found = tokenFindings('authentication.bearer', bearer);
  if (typeof username === 'string' && username.includes(':')) {
    found.push(['authentication.basic.username', 'INVALID', COLON_IN_USERNAME]);
  }
  if (password instanceof Secret && password.matches(CONTROL_CHARACTER)) {
    found.push(['authentication.basic.password', 'INVALID', CONTROL_IN_PASSWORD]);
  }
  return found;
}

const headersOf = (config: Values): readonly Header[] =>
  Array.isArray(config['headers']) ? (config['headers'] as Header[]) : [];

/** Returns a finding when both an Authorization header and `authentication` are set. Its place is the header if the caller provided it. */
function duplicateSignInFindings({ config }: Draft, provided: Draft): Finding[] {
  const index = headersOf(config).findIndex(({ name }) => name.toLowerCase() === 'authorization');
  if (index === -1 || config['authentication'] === undefined) return [];
  const isHeaderProvided = provided.config['headers'] !== undefined;
  return [[isHeaderProvided ? `headers.${index}.name` : 'authentication', 'EXCLUSIVE', HEADER_IS_WRITTEN]];
}

/**
 * Returns the issues of values for HTTP requests.
 * @param draft the connection as it would be saved.
 * @param provided the part of it that the caller provided.
 */
export function reviewHttpValues(draft: Draft, provided: Draft): ValidationIssue[] {
  const { dialect } = draft;
  const found: Finding[] = [];
  if (dialect === 'api') {
    found.push(
      ...headerFindings(headersOf(provided.config)),
      ...signInFindings(provided.config),
      ...duplicateSignInFindings(draft, provided),
    );
  }
  if (dialect === 'customerIo') found.push(...tokenFindings('apiKey', provided.config['apiKey']));
  return found.map(([key, code, message]) => issue(configPath(dialect, key), code, message));
}
