// The sign-in methods that Omni has for some dialects. Omni uses one method: fields of other methods have no effect, and the
// required fields of the method must be provided.
import type { Draft, Patch, Warning } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { configPath, isOptionKey, optionPath, OPTIONS_PREFIX } from '../../../domain/input-paths.ts';
import { valueAt, type FieldKey } from '../../../fields/values-by-key.ts';

interface SignInMethod {
  /** Omni's names of the method, as values of `authenticationType`. */
  readonly types: readonly string[];
  /** The required fields. */
  readonly requires: readonly FieldKey[];
  /** The optional fields. */
  readonly uses?: readonly FieldKey[];
  /** Whether Omni's documentation does not say which other fields the method uses. */
  readonly isOpen?: boolean;
}

const OAUTH: readonly FieldKey[] = ['oauth.clientId', 'oauth.clientSecret'];
const EXTERNAL_OAUTH: readonly FieldKey[] = ['oauth.audience', 'oauth.authorizationUrl', 'oauth.tokenUrl'];
const AUDIENCE = 'options.workloadIdentityAudience';
const SERVICE_ACCOUNT = 'options.workloadIdentityServiceAccount';

/** Sign-in methods by dialect. */
const METHODS: Readonly<Record<string, readonly SignInMethod[]>> = {
  athena: [
    { types: ['aws-access-key'], requires: ['accessKeyId', 'secretAccessKey'] },
    { types: ['aws-cross-account-role'], requires: ['roleArn'] },
    { types: [], requires: ['machineAuthentication'] },
  ],
  bigquery: [
    { types: ['bigquery-service-account'], requires: ['serviceAccountKey'], uses: ['serviceAccountEmail'] },
    { types: ['bigquery-workload-identity-federation'], requires: [AUDIENCE], uses: [SERVICE_ACCOUNT] },
    { types: ['bigquery-oauth-user', 'bigquery-byo-oauth-user'], requires: [], isOpen: true },
  ],
  databricks: [
    { types: ['databricks-personal-access-token'], requires: ['accessToken'] },
    { types: ['databricks-oauth-m2m'], requires: OAUTH, uses: ['machineAuthentication'] },
    { types: ['databricks-oauth-user'], requires: [], isOpen: true },
  ],
  snowflake: [
    { types: ['snowflake-password'], requires: ['password'] },
    { types: ['snowflake-keypair'], requires: ['privateKey'] },
    { types: [], requires: OAUTH, uses: EXTERNAL_OAUTH },
    { types: ['snowflake-oauth-user', 'snowflake-external-oauth-user'], requires: [], isOpen: true },
  ],
  mssql: [
    {
      types: [
        'mssql-sql-authentication',
        'mssql-active-directory-password',
        'mssql-active-directory-service-principal',
      ],
      requires: ['password'],
    },
  ],
};

const TYPE = 'authenticationType';
const pathOf = ({ dialect }: Draft, key: FieldKey): string[] =>
  isOptionKey(key) ? optionPath('omni', key.slice(OPTIONS_PREFIX.length)) : configPath(dialect, key);

/** The flag `machineAuthentication` with false counts as not provided. */
function isProvided({ config, options }: Draft, key: FieldKey): boolean {
  const value = isOptionKey(key) ? valueAt(options, key.slice(OPTIONS_PREFIX.length)) : valueAt(config, key);
  return value !== undefined && value !== null && value !== false;
}

/** Returns the `authenticationType` that follows from the provided fields, where Omni's default would be wrong. */
export function derivedAuthenticationType(draft: Draft): string | undefined {
  if (draft.config['privateKey']) return 'snowflake-keypair';
  if (draft.dialect === 'bigquery' && isProvided(draft, AUDIENCE)) return 'bigquery-workload-identity-federation';
  return undefined;
}

/** The `authenticationType` that Patchbay sends to Omni: the provided value, or the derived value. */
const typeOf = (draft: Draft): string | undefined =>
  typeof draft.options[TYPE] === 'string' ? draft.options[TYPE] : derivedAuthenticationType(draft);

const methodsOf = ({ dialect }: Draft): readonly SignInMethod[] => METHODS[dialect] ?? [];

/**
 * Returns the issues of an `authenticationType` that is of another dialect, or whose required fields are not provided. An unknown
 * type is accepted, since a newer Omni may know it.
 */
export function reviewSignIn(draft: Draft): ValidationIssue[] {
  const type = draft.options[TYPE];
  const methods = methodsOf(draft);
  if (typeof type !== 'string' || methods.length === 0) return [];
  const method = methods.find(({ types }) => types.includes(type));
  if (!method) {
    const isOfOtherDialect = Object.values(METHODS).some((others) => others.some(({ types }) => types.includes(type)));
    const message = 'It is a sign-in method of another dialect. Leave it out, or name a method of this dialect.';
    return isOfOtherDialect ? [issue(optionPath('omni', TYPE), 'INVALID', message)] : [];
  }
  const message = 'The sign-in method that `authenticationType` names needs it.';
  return method.requires
    .filter((key) => !isProvided(draft, key))
    .map((key) => issue(pathOf(draft, key), 'REQUIRED', message));
}

const fieldsOf = (methods: readonly SignInMethod[]): Set<FieldKey> =>
  new Set(methods.flatMap(({ requires, uses = [] }) => [...requires, ...uses]));

/** Returns warnings about fields of sign-in methods that Omni does not use, or one warning when it is unclear which method Omni uses. */
export function signInWarnings(draft: Draft): Warning[] {
  const methods = methodsOf(draft);
  const type = typeOf(draft);
  const complete = methods.filter(
    ({ requires }) => requires.length > 0 && requires.every((key) => isProvided(draft, key)),
  );
  if (type === undefined && complete.length > 1) {
    const message =
      'Several sign-in methods are provided, and Omni uses one of them. Name the method here: Omni does not document which one it uses otherwise.';
    return [{ path: optionPath('omni', TYPE), code: 'SIGN_IN_UNCLEAR', message }];
  }
  const inUse = type === undefined ? complete : methods.filter(({ types }) => types.includes(type));
  if (inUse.length === 0 || inUse.some(({ isOpen }) => isOpen)) return [];
  const used = fieldsOf(inUse);
  const message = 'Omni uses another sign-in method and ignores this field.';
  return [...fieldsOf(methods)]
    .filter((key) => !used.has(key) && isProvided(draft, key))
    .map((key): Warning => ({ path: pathOf(draft, key), code: 'FIELD_IGNORED', message }));
}

/** Returns a warning about an update with two secrets: an update cannot change the sign-in method, so one of the secrets has no effect. */
export function updateSignInWarnings({ current: { dialect }, config }: Patch): Warning[] {
  if (!config['password'] || !config['privateKey']) return [];
  const message =
    'Omni stores both and signs in with one of them: the one with which the connection was created. Omni does not report which one that is.';
  return [{ path: ['input', 'config', dialect], code: 'SIGN_IN_UNCLEAR', message }];
}
