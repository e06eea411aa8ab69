// What the tables cannot say of a draft for Chartbrew: settings that contradict each other or have no effect alone.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { Values } from '../../domain/fields.ts';
import { Secret } from '../../domain/secret.ts';
import { configPath, issue } from '../../domain/support.ts';
import { sslModes } from './dialects.ts';

const tlsOf = ({ config }: Draft): Values => (config['tls'] ?? {}) as Values;

/** A mode is told of every server, encrypted or not: so of a change only what it sets counts. */
function reviewTls(draft: Draft, given: Values): ValidationIssue[] {
  const at = (field: string) => configPath(draft.dialect, `tls.${field}`);
  const { enabled: _enabled, mode, verify, ...rest } = given;
  const issues: ValidationIssue[] = [];
  const isEncrypted = tlsOf(draft)['enabled'] === true;
  if (!isEncrypted && (mode ?? verify ?? Object.values(rest)[0]) !== undefined) {
    issues.push(issue(at('enabled'), 'REQUIRED', 'Chartbrew encrypts only when this is true; the rest says how.'));
  }
  const checks = typeof mode === 'string' && Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined;
  if (checks !== undefined && verify !== undefined && checks !== verify) {
    issues.push(issue(at('verify'), 'EXCLUSIVE', 'It contradicts `tls.mode`; give one of them.'));
  }
  return issues;
}

/** Chartbrew encodes the part between `//` and the last `@`; a string without user or password comes out broken. */
function reviewConnectionString({ dialect, config }: Draft): ValidationIssue[] {
  const { connectionString } = config;
  if (!(connectionString instanceof Secret)) return [];
  const { hasUser, hasPassword, hasHost } = connectionString.connectionParts();
  if (hasUser && hasPassword && hasHost) return [];
  const message =
    'Chartbrew takes one with a user, a password and a host alone: scheme://user:password@host/database. Without a password give the parts in their own fields.';
  return [issue(configPath(dialect, 'connectionString'), 'INVALID', message)];
}

export function review(draft: Draft, given = draft): ValidationIssue[] {
  const { dialect, support, config } = draft;
  const { srv, port } = config;
  const portBesideSrv = 'The DNS record of `srv` tells the port, and MongoDB takes no other beside it; leave one out.';
  return [
    ...reviewConnectionString(given),
    // Where there is no TLS to set the table refuses it, with advice.
    ...('tls.enabled' in support.fields ? reviewTls(draft, tlsOf(given)) : []),
    ...(srv === true && port !== undefined ? [issue(configPath(dialect, 'port'), 'EXCLUSIVE', portBesideSrv)] : []),
  ];
}
