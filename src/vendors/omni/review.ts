// What stands against a connection at Omni that its table cannot say. It knows no requests.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { reviewSignIn } from './sign-in.ts';

/** Omni takes lists as one text, where a comma inside a name would make two of it. */
function commasInLists({ options }: Draft): ValidationIssue[] {
  const lists = ['includeSchemas', 'includeOtherCatalogs', 'offloadedSchemas'];
  return lists
    .filter((name) => (options[name] as string[] | undefined)?.some((item) => item.includes(',')))
    .map((name) => issue(optionPath('omni', name), 'INVALID', 'Omni takes no name with a comma in it.'));
}

/** Of Athena's ways to sign in one is a flag, which is none of them when it is turned off. */
function athenaWithoutSignIn({ dialect, config }: Draft): ValidationIssue[] {
  const isKeyed = config['accessKeyId'] !== undefined && config['secretAccessKey'] !== undefined;
  const isRefused = config['machineAuthentication'] === false && !isKeyed && config['roleArn'] === undefined;
  if (dialect !== 'athena' || !isRefused) return [];
  const message = 'It must be true where neither `accessKeyId` and `secretAccessKey` nor `roleArn` are given.';
  return [issue(configPath(dialect, 'machineAuthentication'), 'INVALID', message)];
}

export const review = (draft: Draft): ValidationIssue[] => [
  ...commasInLists(draft),
  ...athenaWithoutSignIn(draft),
  ...reviewSignIn(draft),
];
