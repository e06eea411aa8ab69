// Reviews a draft for Omni: issues that its support table cannot express, and warnings about a write that succeeded. It makes no
// call.
import type { Draft, Patch, RemoveResult, Warning } from '../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import { reviewSignIn, signInWarnings, updateSignInWarnings } from './sign-in/sign-in-methods.ts';

/** Omni joins a list with commas, so a name with a comma would become two names. */
function reviewCommas({ options }: Draft): ValidationIssue[] {
  const lists = ['includeSchemas', 'includeOtherCatalogs', 'offloadedSchemas'];
  return lists
    .filter((name) => (options[name] as string[] | undefined)?.some((item) => item.includes(',')))
    .map((name) => issue(optionPath('omni', name), 'INVALID', 'Omni accepts no name that contains a comma.'));
}

/** One sign-in method of Athena is the flag `machineAuthentication`. With false it is no sign-in method. */
function reviewAthenaSignIn({ dialect, config }: Draft): ValidationIssue[] {
  const hasAccessKey = config['accessKeyId'] !== undefined && config['secretAccessKey'] !== undefined;
  const hasNoMethod = config['machineAuthentication'] === false && !hasAccessKey && config['roleArn'] === undefined;
  if (dialect !== 'athena' || !hasNoMethod) return [];
  const message = 'It must be true where neither `accessKeyId` and `secretAccessKey` nor `roleArn` are provided.';
  return [issue(configPath(dialect, 'machineAuthentication'), 'INVALID', message)];
}

/** Returns all issues of a draft. */
export const review = (draft: Draft): ValidationIssue[] => [
  ...reviewCommas(draft),
  ...reviewAthenaSignIn(draft),
  ...reviewSignIn(draft),
];

/** Returns the warnings about a connection that was created. */
export const warningsFor = (draft: Draft): Warning[] => signInWarnings(draft);

/** Returns the warnings about a connection that was changed. */
export const warningsForUpdate = (patch: Patch): Warning[] => updateSignInWarnings(patch);

/** The effects of moving a connection to Omni's trash, by Omni's documentation. */
const ARCHIVED: readonly Warning[] = [
  {
    path: null,
    code: 'ARCHIVED_WITH_CONTENT',
    message:
      "Omni moved the connection with its models and content to the trash. They can be restored in Omni's web page only.",
  },
  {
    path: null,
    code: 'SECRETS_ERASED',
    message:
      'Omni erased the passwords and keys of the connection for good. Provide them again if the connection is restored.',
  },
];

/** Returns the warnings about a connection that was deleted. */
export const warningsForDelete = ({ archived }: RemoveResult): readonly Warning[] => (archived ? ARCHIVED : []);
