// Reviews a draft or an update for Looker: issues that its support table cannot express, and warnings about a write that
// succeeded. It makes no call and reveals no secret.
import type { Draft, Patch, Warning } from '../../domain/connection.ts';
import { firstIssuePerPath, issue, type ValidationIssue } from '../../domain/issue.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import { wireFieldOf, type DialectSupport } from '../../domain/dialect-support.ts';
import { valueAt, type Values } from '../../fields/values-by-key.ts';
import { UNUSED_PASSPHRASE } from '../../secrets/secret-problems.ts';
import { reviewDriverText } from './jdbc/driver-text.ts';
import { isUnencryptedKey, keyFileAt, keyFileWarnings } from './key-files/key-file.ts';
import { reviewDialect } from './review/dialect-rules.ts';
import { reviewSecrets } from './review/secret-rules.ts';

const lookerPath = (option: string): string[] => optionPath('looker', option);

function reviewName({ name }: Draft): ValidationIssue[] {
  // A test of an unsaved connection may have no name.
  if (/^[^\s/\\?#%]*$/.test(name)) return [];
  return [issue(['input', 'name'], 'INVALID', 'A name at Looker must not contain blanks or any of / \\ ? # %.')];
}

function reviewPort({ options }: Draft): ValidationIssue[] {
  const { portUserAttribute, userAttributeFields } = options;
  if (portUserAttribute === undefined) return [];
  const issues: ValidationIssue[] = [];
  if (!Number.isNaN(Number(portUserAttribute))) {
    const message = 'Must be the name of a user attribute. Provide a number as `port` in `config`.';
    issues.push(issue(lookerPath('portUserAttribute'), 'INVALID', message));
  }
  if (!(userAttributeFields as readonly string[] | undefined)?.includes('port')) {
    const message = 'Must contain `port` where portUserAttribute is provided.';
    issues.push(issue(lookerPath('userAttributeFields'), 'REQUIRED', message));
  }
  return issues;
}

/**
 * Returns all issues of a draft, at most one for each path.
 * @param provided the part of the draft that an update provides; for a create the whole draft.
 */
export const review = (draft: Draft, provided: Draft = draft): ValidationIssue[] =>
  firstIssuePerPath([
    ...reviewName(draft),
    ...reviewPort(draft),
    ...reviewDialect(draft, provided),
    ...reviewDriverText(provided),
    ...reviewSecrets(draft, provided),
  ]);

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Returns warnings about provided fields that Looker ignores because of another setting.
 * @param settings all settings of the connection after the write.
 */
function ignoredFields({ dialect, config }: Pick<Draft, 'dialect' | 'config'>, settings: Values): Warning[] {
  const ignored = (key: string, message: string): Warning => ({
    path: configPath(dialect, key),
    code: 'FIELD_IGNORED',
    message,
  });
  if (dialect === 'trino' && valueAt(settings, 'tls.enabled') === false) {
    const keys = ['username', 'password'].filter((key) => isSet(config[key]));
    return keys.map((key) => ignored(key, 'Looker sends it over TLS only, and tls.enabled is false.'));
  }
  if (dialect === 'oracle' && isSet(config['serviceName']) && settings['usesTns'] !== true) {
    return [ignored('serviceName', 'Looker uses it with TNS only, and usesTns is not true.')];
  }
  return [];
}

/** Checks whether the settings include the user name or the password that Looker stores for all users. */
const hasCredentials = ({ fields }: DialectSupport, config: Values): boolean =>
  Object.entries(fields).some(([key, entry]) => {
    const value = valueAt(config, key);
    return ['username', 'password'].includes(wireFieldOf(entry).wire) && isSet(value) && value !== 'NOT_SET';
  });

const credentialsErased = (path: readonly string[], which: 'provided' | 'stored'): Warning => ({
  path,
  code: 'USER_CREDENTIALS_ERASED',
  message: `Looker erases the ${which} user name and password, since each user signs in with their own credentials.`,
});

const suspectValue = (path: readonly string[], message: string): Warning => ({ path, code: 'VALUE_DOUBTFUL', message });

/** Returns warnings about provided key files that may not work, and about a passphrase that opens none of them. */
function suspectKeyFiles(config: Values, options: Values): Warning[] {
  const keys = ['certificate', 'pdtOverride.certificate'];
  const warnings = keys.flatMap((key) =>
    keyFileWarnings(keyFileAt(options, key)).map((message) => suspectValue(lookerPath(`${key}.body`), message)),
  );
  const isIdle =
    isSet(config['privateKeyPassphrase']) &&
    // The warning about a key in `config` covers its passphrase.
    !isSet(config['privateKey']) &&
    isUnencryptedKey(keyFileAt(options, 'certificate'));
  return isIdle
    ? [...warnings, suspectValue(configPath('snowflake', 'privateKeyPassphrase'), UNUSED_PASSPHRASE)]
    : warnings;
}

/** Returns the warnings about a connection that was created. */
export function warningsFor(draft: Draft): Warning[] {
  const { name, dialect, support, config, options } = draft;
  const warnings = ignoredFields(draft, config);
  if (name !== name.toLowerCase()) {
    const message = `Looker stores names in lower case. The name is now ${name.toLowerCase()}.`;
    warnings.push({ path: ['input', 'name'], code: 'NAME_NORMALIZED', message });
  }
  if (options['usesUserCredentials'] === true && hasCredentials(support, config)) {
    warnings.push(credentialsErased(['input', 'config', dialect], 'provided'));
  }
  return [...warnings, ...suspectKeyFiles(config, options)];
}

/** Returns the warnings about a connection that was changed. */
export function warningsForUpdate({ current, support, mergedConfig, config, options }: Patch): Warning[] {
  const { dialect } = current;
  const warnings = ignoredFields({ dialect, config }, mergedConfig);
  const change = options['usesUserCredentials'];
  const usesUserCredentials =
    change === undefined ? current.details()['usesUserCredentials'] === true : change === true;
  if (usesUserCredentials && hasCredentials(support, config)) {
    warnings.push(credentialsErased(['input', 'config', dialect], 'provided'));
  } else if (change === true && hasCredentials(support, current.config)) {
    warnings.push(credentialsErased(lookerPath('usesUserCredentials'), 'stored'));
  }
  return [...warnings, ...suspectKeyFiles(config, options)];
}
