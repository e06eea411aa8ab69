// Rules between the fields of one dialect that Looker's support table cannot express.
import type { Draft } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { configPath, optionPath } from '../../../domain/input-paths.ts';
import { OTHER_DIALECT } from '../../../fields/dialect.ts';
import { valueAt } from '../../../fields/values-by-key.ts';
import { athenaHost } from '../derived/derived-hosts.ts';
import { lookerDialects } from '../dialects.ts';

function reviewOther({ config, options }: Draft): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const { dialectName } = config;
  const support = Object.values(lookerDialects).find(({ vendorDialect, readAliases = [] }) =>
    [vendorDialect, ...readAliases].some((name) => name !== null && name === dialectName),
  );
  if (support) {
    const option = support.vendorDialect === dialectName ? '' : ' with options.looker.dialectName';
    const message = `This is Looker's name of ${support.dialect.label}: use config.${support.dialect.key}${option}.`;
    issues.push(issue(configPath(OTHER_DIALECT, 'dialectName'), 'INVALID', message));
  }
  if (options['dialectName'] !== undefined) {
    const message = 'Here config.other.dialectName names the dialect; leave it out.';
    issues.push(issue(optionPath('looker', 'dialectName'), 'EXCLUSIVE', message));
  }
  return issues;
}

/** Returns an issue of a stored key without an account: the account cannot be read from it. `reviewSecrets` checks a new key. */
function reviewBigQuery({ config, options }: Draft, provided: Draft): ValidationIssue[] {
  const newKey = provided.config['serviceAccountKey'] ?? valueAt(provided.options, 'certificate.body');
  const hasStoredKey = config['serviceAccountKey'] !== undefined && !newKey;
  const usesMachineCredentials = options['usesApplicationDefaultCredentials'] === true;
  if (!hasStoredKey || usesMachineCredentials || config['serviceAccountEmail'] !== undefined) return [];
  const message = 'Looker needs it together with the key, because Patchbay cannot read the account from a stored key.';
  return [issue(configPath('bigquery', 'serviceAccountEmail'), 'REQUIRED', message)];
}

function reviewOracle({ config }: Draft): ValidationIssue[] {
  const { host, usesTns, serviceName } = config;
  // Where usesTns or serviceName is missing too, the support table reports it.
  if (host !== undefined || usesTns !== false || serviceName === undefined) return [];
  const message = 'Without TNS Looker needs `host`. To find the server by `serviceName`, set `usesTns`.';
  return [issue(configPath('oracle', 'host'), 'REQUIRED', message)];
}

function reviewAthena({ config }: Draft): ValidationIssue[] {
  const { region, s3StagingDir } = config;
  const issues: ValidationIssue[] = [];
  if (region !== undefined && athenaHost(region) === null) {
    const message =
      'Must be the code of an AWS region, such as eu-central-1, in a partition whose host names Patchbay knows.';
    issues.push(issue(configPath('athena', 'region'), 'INVALID', message));
  }
  if (s3StagingDir !== undefined && !/^s3:\/\/[^\s@/?#]+(?:\/[^@?#]*)?$/.test(s3StagingDir as string)) {
    const message =
      'Must be s3://bucket/path/ without user, password or query, because everyone who can read the connection sees it.';
    issues.push(issue(configPath('athena', 's3StagingDir'), 'INVALID', message));
  }
  return issues;
}

const BY_DIALECT: Readonly<Record<string, (draft: Draft, provided: Draft) => ValidationIssue[]>> = {
  athena: reviewAthena,
  bigquery: reviewBigQuery,
  oracle: reviewOracle,
  [OTHER_DIALECT]: reviewOther,
};

/**
 * Returns the issues between the settings of one dialect.
 * @param provided the part of the draft that an update provides; for a create the whole draft.
 */
export const reviewDialect = (draft: Draft, provided: Draft): ValidationIssue[] =>
  BY_DIALECT[draft.dialect]?.(draft, provided) ?? [];
