// Checks of the secrets in an input: the form of key files and driver parameters, and two ways to sign in at once. No message quotes
// a secret. The text of a stored secret is not known, so only what was given is checked.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/fields.ts';
import { isServiceAccountDocument } from '../../formats/service-account-key.ts';
import { Secret } from '../../secrets/secret.ts';
import { ENCRYPTED_KEY, WRONG_PASSPHRASE } from '../../secrets/secret-formats.ts';
import { configPath, issue, optionPath } from '../../domain/support.ts';
import { configParams, hasEmptyParams, namesTwice } from './jdbc-params.ts';
import { encryptedKeyIn, keyFileProblem } from './key-file.ts';
import { clientEmail, textOf } from './to-wire.ts';

const at = (option: FieldKey): string[] => optionPath('looker', option);

/** Issues where a caller's own driver parameters set what `config` sets too. */
export function reviewTwice(dialect: string, known: ReturnType<typeof configParams>, own: string): ValidationIssue[] {
  const twice = namesTwice(known, own).join(', ');
  const message = `It sets ${twice}, which config.${dialect} sets too; give it once.`;
  return twice ? [issue(at('jdbcAdditionalParams'), 'EXCLUSIVE', message)] : [];
}

const PARAMS_FORM =
  'Must be key=value pairs with & or ; between them: none of them empty, no & ? or ; before the first and after the last.';

function reviewParams({ dialect, config }: Draft, { options }: Draft): ValidationIssue[] {
  const keys = ['jdbcAdditionalParams', 'pdtOverride.jdbcAdditionalParams'];
  const malformed = keys.filter((key) => {
    const text = valueAt(options, key);
    return text instanceof Secret && hasEmptyParams(textOf(text));
  });
  const own = textOf(options['jdbcAdditionalParams']);
  return [
    ...malformed.map((key) => issue(at(key), 'INVALID', PARAMS_FORM)),
    ...(malformed.includes('jdbcAdditionalParams') ? [] : reviewTwice(dialect, configParams(dialect, config), own)),
  ];
}

/** Whether the dialect has a passphrase for the key file. */
const opensWithPassphrase = (dialect: string, key: FieldKey): boolean =>
  dialect === 'snowflake' && key === 'certificate';

/** What stands against a key file among the options. */
function reviewKeyFile({ dialect, options }: Draft, key: FieldKey): ValidationIssue[] {
  const file = valueAt(options, key) as Values | null | undefined;
  const problem =
    keyFileProblem(file) ?? (opensWithPassphrase(dialect, key) || !encryptedKeyIn(file) ? null : ENCRYPTED_KEY);
  return problem === null ? [] : [issue(at(`${key}.body`), 'INVALID', problem)];
}

const KEY_TYPES = 'For BigQuery Looker takes a JSON or a P12 file.';
const WHOSE_KEY: Readonly<Record<string, string>> = {
  JSON: 'Looker needs it, and the key file has no `client_email` to take it from.',
  P12: 'Looker needs it beside options.looker.certificate: a PKCS#12 file does not tell whose it is.',
};

/** Issues of a new key for BigQuery: Looker must be told its service account, unless the key names it. */
function reviewBigQuery({ config }: Draft, given: Draft): ValidationIssue[] {
  const fileType = (valueAt(given.options, 'certificate.fileType') as string | undefined) ?? 'JSON';
  if (fileType === 'P8') return [issue(at('certificate.fileType'), 'INVALID', KEY_TYPES)];
  const key = given.config['serviceAccountKey'] ?? valueAt(given.options, 'certificate.body');
  if (!(key instanceof Secret) || config['serviceAccountEmail'] !== undefined) return [];
  // A file in a form that is none is told by itself.
  const isFile = fileType === 'JSON' ? isServiceAccountDocument(textOf(key)) : key.formatProblem('base64') === null;
  if (clientEmail(key) !== null || !isFile) return [];
  return [issue(configPath('bigquery', 'serviceAccountEmail'), 'REQUIRED', WHOSE_KEY[fileType] ?? '')];
}

const inSnowflake = (key: FieldKey): string[] => configPath('snowflake', key);

/** Issues of a password beside a key pair: Looker keeps the password and the key's passphrase in one place, and uses one of them. */
function reviewSnowflake({ config, options }: Draft, given: Draft): ValidationIssue[] {
  const { password, privateKey, privateKeyPassphrase: passphrase } = given.config;
  const usesKeyPair = given.options['usesKeyPairAuth'];
  const issues: ValidationIssue[] = [];
  if (password && (privateKey || passphrase)) {
    const message =
      'Looker signs in by password or by key pair: give `password`, or `privateKey` with its `privateKeyPassphrase`.';
    issues.push(issue(inSnowflake('password'), 'EXCLUSIVE', message));
  } else if (password && usesKeyPair === true) {
    const message =
      'config.snowflake.password signs in without a key; the passphrase of a key is privateKeyPassphrase. Give one of them.';
    issues.push(issue(at('usesKeyPairAuth'), 'EXCLUSIVE', message));
  }
  if ((privateKey || passphrase) && usesKeyPair === false) {
    const message = 'config.snowflake.privateKey and its passphrase sign in by key pair; give one of them.';
    issues.push(issue(at('usesKeyPairAuth'), 'EXCLUSIVE', message));
  }
  const hasFile = config['privateKey'] ?? valueAt(options, 'certificate.body');
  if (passphrase && !privateKey && !(hasFile && options['usesKeyPairAuth'] === true)) {
    const message = 'The passphrase is that of a private key, and no key pair signs in: give the key with it.';
    issues.push(issue(inSnowflake('privateKey'), 'REQUIRED', message));
  }
  const file = encryptedKeyIn(valueAt(given.options, 'certificate') as Values | null | undefined);
  // Without any passphrase it is told of the key itself. One that is only stored belongs to the key before.
  const isOfOther =
    privateKey instanceof Secret && privateKey.isEncryptedKey('pkcs8Key') && config['privateKeyPassphrase'];
  if (!passphrase && (file || isOfOther)) {
    const message = 'The private key is encrypted: give its passphrase with it.';
    issues.push(issue(inSnowflake('privateKeyPassphrase'), 'REQUIRED', message));
  }
  if (passphrase instanceof Secret && file && passphrase.decrypts(file) === 'DOES_NOT_OPEN') {
    issues.push(issue(inSnowflake('privateKeyPassphrase'), 'INVALID', WRONG_PASSPHRASE));
  }
  return issues;
}

const BY_DIALECT: Readonly<Record<string, (draft: Draft, given: Draft) => ValidationIssue[]>> = {
  bigquery: reviewBigQuery,
  snowflake: reviewSnowflake,
};

/**
 * Issues of the secrets in a draft.
 * @param given what a change sets of the draft; the draft itself for a create.
 */
export const reviewSecrets = (draft: Draft, given: Draft): ValidationIssue[] => [
  ...reviewParams(draft, given),
  ...reviewKeyFile(given, 'certificate'),
  ...reviewKeyFile(given, 'pdtOverride.certificate'),
  ...(BY_DIALECT[draft.dialect]?.(draft, given) ?? []),
];
