// Rules about the secrets in an input: the form of key files and driver parameters, and conflicting sign-in methods. No message
// quotes a secret. Only provided secrets are checked, because the text of a stored secret is not known.
import type { Draft, Patch } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { configPath, optionPath } from '../../../domain/input-paths.ts';
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import { applyChanges, storedValues } from '../../../fields/changes.ts';
import { Secret } from '../../../secrets/secret.ts';
import { ENCRYPTED_KEY, WRONG_PASSPHRASE } from '../../../secrets/secret-problems.ts';
import { lookerOptions } from '../fields.ts';
import { configParams, isMalformed, namesSetIn } from '../jdbc/driver-params.ts';
import { encryptedKeyIn, keyFileAt, keyFileProblem } from '../key-files/key-file.ts';

const lookerPath = (option: FieldKey): string[] => optionPath('looker', option);
const snowflakePath = (key: FieldKey): string[] => configPath('snowflake', key);

/**
 * Returns an issue where the caller's driver parameters set a parameter that `config` sets too.
 * @param names of the parameters that `config` sets.
 */
export function reviewRepeatedParams(
  dialect: string,
  names: readonly string[],
  callerParams: unknown,
): ValidationIssue[] {
  const repeated = callerParams instanceof Secret ? namesSetIn(names, callerParams).join(', ') : '';
  const message = `It sets ${repeated}, which config.${dialect} sets too. Provide it in one of the two places.`;
  return repeated ? [issue(lookerPath('jdbcAdditionalParams'), 'EXCLUSIVE', message)] : [];
}

const PARAMS_FORM =
  'Must be key=value pairs separated by & or ;. No pair may be empty, and no & ? or ; may stand before the first pair or after the last one.';

function reviewParams({ dialect, config }: Draft, { options }: Draft): ValidationIssue[] {
  const keys = ['jdbcAdditionalParams', 'pdtOverride.jdbcAdditionalParams'];
  const malformed = keys.filter((key) => {
    const params = valueAt(options, key);
    return params instanceof Secret && isMalformed(params);
  });
  const names = configParams(dialect, config).map(([name]) => name);
  return [
    ...malformed.map((key) => issue(lookerPath(key), 'INVALID', PARAMS_FORM)),
    ...(malformed.includes('jdbcAdditionalParams')
      ? []
      : reviewRepeatedParams(dialect, names, options['jdbcAdditionalParams'])),
  ];
}

/** Checks whether the dialect has a passphrase for the key file. */
const hasPassphraseFor = (dialect: string, key: FieldKey): boolean => dialect === 'snowflake' && key === 'certificate';

function reviewKeyFile({ dialect, options }: Draft, key: FieldKey): ValidationIssue[] {
  const file = keyFileAt(options, key);
  const isUnusable = encryptedKeyIn(file) !== null && !hasPassphraseFor(dialect, key);
  const problem = keyFileProblem(file) ?? (isUnusable ? ENCRYPTED_KEY : null);
  return problem === null ? [] : [issue(lookerPath(`${key}.body`), 'INVALID', problem)];
}

const KEY_TYPES = 'For BigQuery Looker accepts a JSON or a P12 file.';
const ACCOUNT_NEEDED: Readonly<Record<string, string>> = {
  JSON: 'Looker needs it, and the key file has no `client_email`.',
  P12: 'Looker needs it together with options.looker.certificate, because a PKCS#12 file does not name its account.',
};

/** Returns the issues of a new key for BigQuery. Looker needs the name of the service account, unless the key file names it. */
function reviewBigQuery({ config }: Draft, provided: Draft): ValidationIssue[] {
  const fileType = (valueAt(provided.options, 'certificate.fileType') as string | undefined) ?? 'JSON';
  if (fileType === 'P8') return [issue(lookerPath('certificate.fileType'), 'INVALID', KEY_TYPES)];
  const key = provided.config['serviceAccountKey'] ?? valueAt(provided.options, 'certificate.body');
  if (!(key instanceof Secret) || config['serviceAccountEmail'] !== undefined) return [];
  const account = key.serviceAccount();
  // A malformed file has its own issue.
  const isWellFormed = fileType === 'JSON' ? account !== null : key.problemAs('base64') === null;
  if ((account?.email ?? null) !== null || !isWellFormed) return [];
  return [issue(configPath('bigquery', 'serviceAccountEmail'), 'REQUIRED', ACCOUNT_NEEDED[fileType] ?? '')];
}

/** Returns the issues of a password that is provided together with a key pair: Looker has one field for the password and the key's passphrase. */
function reviewSnowflakeMethods({ config, options }: Draft): ValidationIssue[] {
  const { password, privateKey, privateKeyPassphrase: passphrase } = config;
  const usesKeyPair = options['usesKeyPairAuth'];
  const issues: ValidationIssue[] = [];
  if (password && (privateKey || passphrase)) {
    const message =
      'Looker signs in by password or by key pair: provide `password`, or `privateKey` with its `privateKeyPassphrase`.';
    issues.push(issue(snowflakePath('password'), 'EXCLUSIVE', message));
  } else if (password && usesKeyPair === true) {
    const message =
      'config.snowflake.password is for sign-in without a key, and privateKeyPassphrase is for a key. Provide only one of them.';
    issues.push(issue(lookerPath('usesKeyPairAuth'), 'EXCLUSIVE', message));
  }
  if ((privateKey || passphrase) && usesKeyPair === false) {
    const message = 'Must be true or left out: config.snowflake.privateKey and its passphrase sign in by key pair.';
    issues.push(issue(lookerPath('usesKeyPairAuth'), 'EXCLUSIVE', message));
  }
  return issues;
}

/** Returns the issues of a passphrase without a key, and of an encrypted key without its passphrase. */
function reviewSnowflakePassphrase({ config, options }: Draft, provided: Draft): ValidationIssue[] {
  const { privateKey, privateKeyPassphrase: passphrase } = provided.config;
  const issues: ValidationIssue[] = [];
  const storesKey = config['privateKey'] ?? valueAt(options, 'certificate.body');
  if (passphrase && !privateKey && !(storesKey && options['usesKeyPairAuth'] === true)) {
    const message =
      'A passphrase belongs to a private key, and the connection does not sign in by key pair: provide the key too.';
    issues.push(issue(snowflakePath('privateKey'), 'REQUIRED', message));
  }
  const encryptedFile = encryptedKeyIn(keyFileAt(provided.options, 'certificate'));
  // Without any passphrase the field of the key has an issue already. A stored passphrase belongs to the key before this one.
  const hasStoredPassphrase =
    privateKey instanceof Secret && privateKey.isEncryptedKey('pkcs8Key') && config['privateKeyPassphrase'];
  if (!passphrase && (encryptedFile || hasStoredPassphrase)) {
    const message = 'The private key is encrypted: provide its passphrase too.';
    issues.push(issue(snowflakePath('privateKeyPassphrase'), 'REQUIRED', message));
  }
  if (passphrase instanceof Secret && encryptedFile && passphrase.decrypts(encryptedFile) === 'DOES_NOT_OPEN') {
    issues.push(issue(snowflakePath('privateKeyPassphrase'), 'INVALID', WRONG_PASSPHRASE));
  }
  return issues;
}

const BY_DIALECT: Readonly<Record<string, (draft: Draft, provided: Draft) => ValidationIssue[]>> = {
  bigquery: reviewBigQuery,
  snowflake: (draft, provided) => [...reviewSnowflakeMethods(provided), ...reviewSnowflakePassphrase(draft, provided)],
};

/**
 * Returns the issues of the secrets in a draft.
 * @param provided the part of the draft that an update provides; for a create the whole draft.
 */
export const reviewSecrets = (draft: Draft, provided: Draft): ValidationIssue[] => [
  ...reviewParams(draft, provided),
  ...reviewKeyFile(provided, 'certificate'),
  ...reviewKeyFile(provided, 'pdtOverride.certificate'),
  ...(BY_DIALECT[draft.dialect]?.(draft, provided) ?? []),
];

/** Returns the issues of the secrets in an update. */
export function reviewPatchSecrets({ current, support, config, options }: Patch): ValidationIssue[] {
  const { name, dialect, details } = current;
  const draftFrom = (storedConfig: Values, storedDetails: Values): Draft => ({
    name,
    dialect,
    support,
    config: applyChanges(support.dialect.fields, storedValues(support.dialect.fields, storedConfig), config),
    options: applyChanges(lookerOptions, storedValues(lookerOptions, storedDetails), options),
  });
  return reviewSecrets(draftFrom(current.config, details()), draftFrom({}, {}));
}
