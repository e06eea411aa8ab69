// What Looker's table cannot say of a draft: rules between fields, and what is to be known of one that was made or changed.
// It reveals no secret and makes no call.
import type { Draft, Patch, Warning } from '../../domain/connection.ts';
import { OTHER_DIALECT } from '../../fields/dialect.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { valueAt, type Values } from '../../fields/fields.ts';
import { UNUSED_PASSPHRASE } from '../../secrets/secret-formats.ts';
import { configPath, issue, oncePerPlace, optionPath } from '../../domain/support.ts';
import { wireFieldOf, type DialectSupport } from '../../domain/vendor.ts';
import { lookerDialects } from './dialects.ts';
import { reviewDriverText } from './driver-text.ts';
import { athenaHost } from './hosts.ts';
import { isOpenKey, keyFileDoubts } from './key-file.ts';
import { reviewSecrets } from './to-wire-checks.ts';

const at = (option: string): string[] => optionPath('looker', option);

function reviewName({ name }: Draft): ValidationIssue[] {
  // What is tested without being saved may have none.
  if (/^[^\s/\\?#%]*$/.test(name)) return [];
  return [issue(['input', 'name'], 'INVALID', 'Looker takes no blanks and none of / \\ ? # % in a name.')];
}

function reviewOther({ config, options }: Draft): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const { dialectName } = config;
  const claimed = Object.values(lookerDialects).find(({ word, alsoReads = [] }) =>
    [word, ...alsoReads].some((one) => one !== null && one === dialectName),
  );
  if (claimed) {
    const variety = claimed.word === dialectName ? '' : ' with options.looker.dialectName';
    const message = `Looker's word for ${claimed.dialect.label}: use config.${claimed.dialect.key}${variety}.`;
    issues.push(issue(configPath(OTHER_DIALECT, 'dialectName'), 'INVALID', message));
  }
  if (options['dialectName'] !== undefined) {
    issues.push(
      issue(at('dialectName'), 'EXCLUSIVE', 'Here config.other.dialectName names the dialect; leave it out.'),
    );
  }
  return issues;
}

function reviewPort({ options }: Draft): ValidationIssue[] {
  const { portUserAttribute, userAttributeFields } = options;
  if (portUserAttribute === undefined) return [];
  const issues: ValidationIssue[] = [];
  if (!Number.isNaN(Number(portUserAttribute))) {
    const message = 'Must be the name of a user attribute; a number goes into the port of `config`.';
    issues.push(issue(at('portUserAttribute'), 'INVALID', message));
  }
  if (!(userAttributeFields as readonly string[] | undefined)?.includes('port')) {
    const message = 'With portUserAttribute it must name `port`.';
    issues.push(issue(at('userAttributeFields'), 'REQUIRED', message));
  }
  return issues;
}

/** Issues of a stored key without an account beside it: the account cannot be read from it. reviewSecrets checks a new key. */
function reviewBigQuery({ config, options }: Draft, given: Draft): ValidationIssue[] {
  const isGiven = given.config['serviceAccountKey'] ?? valueAt(given.options, 'certificate.body');
  const isStored = config['serviceAccountKey'] !== undefined && !isGiven;
  const isOfMachine = options['usesApplicationDefaultCredentials'] === true;
  if (!isStored || isOfMachine || config['serviceAccountEmail'] !== undefined) return [];
  const message = 'Looker needs it beside the key: the account cannot be read from a key that is stored.';
  return [issue(configPath('bigquery', 'serviceAccountEmail'), 'REQUIRED', message)];
}

function reviewOracle({ config }: Draft): ValidationIssue[] {
  const { host, usesTns, serviceName } = config;
  // Where one of the two is missing, the table says so.
  if (host !== undefined || usesTns !== false || serviceName === undefined) return [];
  const message = 'Without TNS Looker needs `host`; or set `usesTns`, and `serviceName` leads there.';
  return [issue(configPath('oracle', 'host'), 'REQUIRED', message)];
}

function reviewAthena({ config }: Draft): ValidationIssue[] {
  const { region, s3StagingDir } = config;
  const issues: ValidationIssue[] = [];
  if (region !== undefined && athenaHost(region) === null) {
    const message = 'Must be the code of an AWS region, as eu-central-1, of a partition whose host names are known.';
    issues.push(issue(configPath('athena', 'region'), 'INVALID', message));
  }
  if (s3StagingDir !== undefined && !/^s3:\/\/[^\s@/?#]+(?:\/[^@?#]*)?$/.test(s3StagingDir as string)) {
    const message =
      'Must be s3://bucket/path/, with no user, password or query: all who may read the connection see it.';
    issues.push(issue(configPath('athena', 's3StagingDir'), 'INVALID', message));
  }
  return issues;
}

const BY_DIALECT: Readonly<Record<string, (draft: Draft, given: Draft) => ValidationIssue[]>> = {
  athena: reviewAthena,
  bigquery: reviewBigQuery,
  oracle: reviewOracle,
  [OTHER_DIALECT]: reviewOther,
};

/** @param given of a change, what it sets of the draft. */
export const review = (draft: Draft, given: Draft = draft): ValidationIssue[] =>
  oncePerPlace([
    ...reviewName(draft),
    ...reviewPort(draft),
    ...(BY_DIALECT[draft.dialect]?.(draft, given) ?? []),
    ...reviewDriverText(given),
    ...reviewSecrets(draft, given),
  ]);

type Settings = Pick<Draft, 'dialect' | 'support' | 'config' | 'options'>;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** @param settings what holds beside what was given. */
function ignored({ dialect, config }: Settings, settings: Values): Warning[] {
  const warn = (key: string, message: string): Warning => ({
    path: configPath(dialect, key),
    code: 'FIELD_IGNORED',
    message,
  });
  if (dialect === 'trino' && valueAt(settings, 'tls.enabled') === false) {
    const given = ['username', 'password'].filter((key) => isGiven(config[key]));
    return given.map((key) => warn(key, 'Looker sends it over TLS alone, and tls.enabled is false.'));
  }
  if (dialect === 'oracle' && isGiven(config['serviceName']) && settings['usesTns'] !== true) {
    return [warn('serviceName', 'Looker looks at it for TNS alone, and usesTns is not true.')];
  }
  return [];
}

/** Whether the user name or the password that Looker keeps for all users is among these settings. */
const holdsCredentials = ({ fields }: DialectSupport, config: Values): boolean =>
  Object.entries(fields).some(([key, entry]) => {
    const value = valueAt(config, key);
    return ['username', 'password'].includes(wireFieldOf(entry).wire) && isGiven(value) && value !== 'NOT_SET';
  });

const erasedAt = (path: readonly string[], which: string): Warning => ({
  path,
  code: 'USER_CREDENTIALS_ERASED',
  message: `With per-user credentials Looker forgets the user name and password that were ${which}.`,
});

const doubtful = (path: readonly string[], message: string): Warning => ({ path, code: 'VALUE_DOUBTFUL', message });

/** Key files that were given and may not work, and a passphrase that opens none. */
function doubtfulFiles(config: Values, options: Values): Warning[] {
  const fileAt = (key: string) => valueAt(options, key) as Values | null | undefined;
  const files = ['certificate', 'pdtOverride.certificate'];
  const warnings = files.flatMap((key) =>
    keyFileDoubts(fileAt(key)).map((message) => doubtful(at(`${key}.body`), message)),
  );
  // Beside a key of its own the passphrase is told of with that key.
  if (isGiven(config['privateKeyPassphrase']) && !isGiven(config['privateKey']) && isOpenKey(fileAt('certificate'))) {
    warnings.push(doubtful(configPath('snowflake', 'privateKeyPassphrase'), UNUSED_PASSPHRASE));
  }
  return warnings;
}

/** What the maker of a connection is to know of it. */
export function warningsFor(draft: Draft): Warning[] {
  const { name, dialect, support, config, options } = draft;
  const warnings = ignored(draft, config);
  if (name !== name.toLowerCase()) {
    const message = `Looker keeps names in lower case: it is ${name.toLowerCase()} now.`;
    warnings.push({ path: ['input', 'name'], code: 'NAME_NORMALIZED', message });
  }
  if (options['usesUserCredentials'] === true && holdsCredentials(support, config)) {
    warnings.push(erasedAt(['input', 'config', dialect], 'given'));
  }
  return [...warnings, ...doubtfulFiles(config, options)];
}

/** What is to be known of a change that was made. */
export function warningsForUpdate({ current, support, whole, config, options }: Patch): Warning[] {
  const { dialect, details } = current;
  const warnings = ignored({ dialect, support, config, options }, whole);
  const turnedOn = options['usesUserCredentials'];
  const isPersonal = turnedOn === undefined ? details['usesUserCredentials'] === true : turnedOn === true;
  if (isPersonal && holdsCredentials(support, config)) {
    warnings.push(erasedAt(['input', 'config', dialect], 'given'));
  } else if (turnedOn === true && holdsCredentials(support, current.config)) {
    warnings.push(erasedAt(at('usesUserCredentials'), 'stored'));
  }
  return [...warnings, ...doubtfulFiles(config, options)];
}

export const OVERRIDE_STAYS: Warning = {
  path: at('pdtOverride'),
  code: 'OVERRIDE_NOT_REMOVED',
  message: 'The rest was changed, but Looker did not say that it took the override away; send pdtOverride: null again.',
};
