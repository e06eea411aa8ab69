// Reviews drafts and patches for Chartbrew beyond what the tables can say: settings that contradict each other, that have no
// effect alone, or that Chartbrew would misread.
import type { Draft, Patch, Warning } from '../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { valueAt, type Values } from '../../fields/values-by-key.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath } from '../../domain/input-paths.ts';
import { tunnelDialects } from './dialects.ts';
import { reviewUrlParts } from './hosts/review-url-parts.ts';
import { reviewHttpValues } from './http-api/review-http-values.ts';
import { mongodbWarnings, reviewMongodb } from './mongodb/review-mongodb.ts';
import { reviewSsh, sshWarnings } from './ssh/review-ssh.ts';
import { isSet, tlsOf } from './tls/tls-modes.ts';
import { reviewTls, tlsWarnings } from './tls/review-tls.ts';

/** Chartbrew encodes the part between `//` and the last `@`. It breaks a connection string without user or password. */
function reviewConnectionString({ dialect, config }: Draft): ValidationIssue[] {
  const { connectionString } = config;
  if (!(connectionString instanceof Secret)) return [];
  const { hasUser, hasPassword, hasHost } = connectionString.connectionParts();
  if (hasUser && hasPassword && hasHost) return [];
  const message =
    'Chartbrew accepts only a connection string with a user, a password and a host: scheme://user:password@host/database. Without a password, use the separate fields.';
  return [issue(configPath(dialect, 'connectionString'), 'INVALID', message)];
}

/**
 * Returns all issues of a draft.
 * @param draft the connection as it would be saved.
 * @param provided the part of it that the caller provided; all of it for a create or a test.
 */
export function review(draft: Draft, provided = draft): ValidationIssue[] {
  const { dialect, support } = draft;
  return [
    ...reviewConnectionString(provided),
    // For a dialect without TLS fields, the table refuses them with advice.
    ...('tls.enabled' in support.fields ? reviewTls(support, tlsOf(draft.config), tlsOf(provided.config)) : []),
    ...(dialect === 'mongodb' ? reviewMongodb(draft, provided) : []),
    ...reviewUrlParts(provided),
    ...reviewHttpValues(draft, provided),
    // For a dialect without a tunnel, the scope of the option refuses it.
    ...(tunnelDialects.includes(dialect) ? reviewSsh(draft, provided) : []),
  ];
}

const isTunnelOn = (options: Values): boolean => valueAt(options, 'ssh.enabled') === true;

/** Returns the warnings of a create: settings that Chartbrew stores and does not use. */
export const warningsFor = ({ dialect, support, config, options }: Draft): Warning[] => [
  ...tlsWarnings(support, config, config),
  ...(dialect === 'mongodb' ? mongodbWarnings(config, config) : []),
  ...sshWarnings(options, isTunnelOn(options)),
];

/** Fields that a connection string replaces and that Chartbrew cannot clear. */
const CONNECTION_PARTS = ['host', 'port', 'database', 'username', 'password', 'srv'];

/** Returns a warning when an update sets the first connection string: the stored parts stay, without effect. */
function replacedPartsWarnings({ current, config }: Patch): Warning[] {
  const isNew = isSet(config['connectionString']) && !isSet(current.config['connectionString']);
  const left = CONNECTION_PARTS.filter((key) => isSet(current.config[key]) && current.config[key] !== false);
  if (!isNew || left.length === 0) return [];
  const names = left.map((key) => `\`${key}\``).join(', ');
  const message = `Chartbrew uses the connection string now. It cannot clear ${names}: the stored values stay and have no effect.`;
  return [{ path: configPath(current.dialect, 'connectionString'), code: 'FIELD_IGNORED', message }];
}

/** Returns the config after a change, in which null is a cleared field. */
const mergeConfig = (before: Values, change: Values): Values => ({
  ...before,
  ...change,
  tls: { ...tlsOf(before), ...tlsOf(change) },
});

/** Returns the warnings of an update: settings that Chartbrew stores and does not use. */
export function warningsForUpdate(patch: Patch): Warning[] {
  const { current, support, config, options } = patch;
  const after = mergeConfig(current.config, config);
  const ssh = { ...(current.details()['ssh'] as Values | null), ...(options['ssh'] as Values | null) };
  return [
    ...tlsWarnings(support, after, config),
    ...(current.dialect === 'mongodb' ? mongodbWarnings(after, config) : []),
    ...sshWarnings(options, isTunnelOn({ ssh })),
    ...replacedPartsWarnings(patch),
  ];
}
