// The ways to sign in that Omni knows. It uses one: what is given for another has no effect, and what the one needs must be there.
import type { Draft, Patch, Warning } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { valueAt, type FieldKey } from '../../fields/values.ts';
import { configPath, isOptionKey, optionPath, OPTIONS_PREFIX } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';

interface Way {
  /** Omni's words for it, as `authenticationType`. */
  readonly words: readonly string[];
  /** Without these it is not there. */
  readonly needs: readonly FieldKey[];
  /** What it uses beside those. */
  readonly uses?: readonly FieldKey[];
  /** Whether Omni's documents leave open what else it uses. */
  readonly isOpen?: boolean;
}

const OAUTH: readonly FieldKey[] = ['oauth.clientId', 'oauth.clientSecret'];
const EXTERNAL: readonly FieldKey[] = ['oauth.audience', 'oauth.authorizationUrl', 'oauth.tokenUrl'];
const AUDIENCE = 'options.workloadIdentityAudience';
const ACCOUNT = 'options.workloadIdentityServiceAccount';

const WAYS: Readonly<Record<string, readonly Way[]>> = {
  athena: [
    { words: ['aws-access-key'], needs: ['accessKeyId', 'secretAccessKey'] },
    { words: ['aws-cross-account-role'], needs: ['roleArn'] },
    { words: [], needs: ['machineAuthentication'] },
  ],
  bigquery: [
    { words: ['bigquery-service-account'], needs: ['serviceAccountKey'], uses: ['serviceAccountEmail'] },
    { words: ['bigquery-workload-identity-federation'], needs: [AUDIENCE], uses: [ACCOUNT] },
    { words: ['bigquery-oauth-user', 'bigquery-byo-oauth-user'], needs: [], isOpen: true },
  ],
  databricks: [
    { words: ['databricks-personal-access-token'], needs: ['accessToken'] },
    { words: ['databricks-oauth-m2m'], needs: OAUTH, uses: ['machineAuthentication'] },
    { words: ['databricks-oauth-user'], needs: [], isOpen: true },
  ],
  snowflake: [
    { words: ['snowflake-password'], needs: ['password'] },
    { words: ['snowflake-keypair'], needs: ['privateKey'] },
    { words: [], needs: OAUTH, uses: EXTERNAL },
    { words: ['snowflake-oauth-user', 'snowflake-external-oauth-user'], needs: [], isOpen: true },
  ],
  mssql: [
    {
      words: [
        'mssql-sql-authentication',
        'mssql-active-directory-password',
        'mssql-active-directory-service-principal',
      ],
      needs: ['password'],
    },
  ],
};

const TYPE = 'authenticationType';
const pathOf = ({ dialect }: Draft, key: FieldKey): string[] =>
  isOptionKey(key) ? optionPath('omni', key.slice(OPTIONS_PREFIX.length)) : configPath(dialect, key);

/** False stands for not given: a machine that does not sign in is no way to sign in. */
function isGiven({ config, options }: Draft, key: FieldKey): boolean {
  const value = isOptionKey(key) ? valueAt(options, key.slice(OPTIONS_PREFIX.length)) : valueAt(config, key);
  return value !== undefined && value !== null && value !== false;
}

/** Where Omni's own default cannot be right, the way to sign in follows from what was given. */
export function derivedType(draft: Draft): string | undefined {
  if (draft.config['privateKey']) return 'snowflake-keypair';
  if (draft.dialect === 'bigquery' && isGiven(draft, AUDIENCE)) return 'bigquery-workload-identity-federation';
  return undefined;
}

/** The word by which Omni is told how to sign in: the caller's own, or the one that follows. */
const typeOf = (draft: Draft): string | undefined =>
  typeof draft.options[TYPE] === 'string' ? draft.options[TYPE] : derivedType(draft);

const waysOf = ({ dialect }: Draft): readonly Way[] => WAYS[dialect] ?? [];

/** A word for another dialect, or for a way that lacks what it needs. A word that nobody knows may be a newer one. */
export function reviewSignIn(draft: Draft): ValidationIssue[] {
  const type = draft.options[TYPE];
  const ways = waysOf(draft);
  if (typeof type !== 'string' || ways.length === 0) return [];
  const way = ways.find(({ words }) => words.includes(type));
  const isOfAnother = Object.values(WAYS).some((others) => others.some(({ words }) => words.includes(type)));
  if (!way) {
    const message = 'It is a way to sign in to another kind of database; leave it out, or name one for this kind.';
    return isOfAnother ? [issue(optionPath('omni', TYPE), 'INVALID', message)] : [];
  }
  const message = 'The way to sign in that `authenticationType` names needs it.';
  return way.needs.filter((key) => !isGiven(draft, key)).map((key) => issue(pathOf(draft, key), 'REQUIRED', message));
}

/** What is given for ways that Omni does not take; and that it is open which it takes, where several are there whole. */
export function signInWarnings(draft: Draft): Warning[] {
  const ways = waysOf(draft);
  const type = typeOf(draft);
  const whole = ways.filter(({ needs }) => needs.length > 0 && needs.every((key) => isGiven(draft, key)));
  const taken = type === undefined ? whole : ways.filter(({ words }) => words.includes(type));
  if (type === undefined && whole.length > 1) {
    const message =
      'Several ways to sign in are given, and Omni takes one. Name it here, as Omni does: its documents do not say which it takes otherwise.';
    return [{ path: optionPath('omni', TYPE), code: 'SIGN_IN_UNCLEAR', message }];
  }
  if (taken.length === 0 || taken.some(({ isOpen }) => isOpen)) return [];
  const used = new Set(taken.flatMap(({ needs, uses = [] }) => [...needs, ...uses]));
  const stray = new Set(ways.flatMap(({ needs, uses = [] }) => [...needs, ...uses]).filter((key) => !used.has(key)));
  const message = 'Omni signs in another way and does nothing with it.';
  return [...stray]
    .filter((key) => isGiven(draft, key))
    .map((key): Warning => ({ path: pathOf(draft, key), code: 'FIELD_IGNORED', message }));
}

/** A change gives new secrets, and cannot change the way to sign in: of two secrets one has no effect. */
export function changeWarnings({ current: { dialect }, config }: Patch): Warning[] {
  if (!config['password'] || !config['privateKey']) return [];
  const message =
    'Omni stores both and signs in by one of them: the one by which the connection was made, which it does not tell.';
  return [{ path: ['input', 'config', dialect], code: 'SIGN_IN_UNCLEAR', message }];
}
