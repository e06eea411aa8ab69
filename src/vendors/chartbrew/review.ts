// What the tables cannot say of a draft for Chartbrew: settings that contradict each other, have no effect alone, or hold
// what the vendor would read as something else.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath, issue } from '../../domain/support.ts';
import { tunnelled } from './dialects.ts';
import { reviewHttpValues } from './http-values.ts';
import { reviewSsh } from './ssh.ts';
import { reviewTls, tlsOf } from './tls.ts';
import { reviewUrlParts } from './url-parts.ts';

const PORT_BESIDE_SRV = 'The DNS record of `srv` tells the port, and MongoDB takes no other beside it; leave one out.';
const STRING_SAYS_SRV = 'The connection string says it by its scheme, mongodb or mongodb+srv; leave it out.';

/** Whether `srv` says the same as a connection string beside it; a stored string cannot be asked. */
const agrees = (srv: unknown, connectionString: unknown): boolean =>
  connectionString instanceof Secret && connectionString.matches(/^mongodb\+srv:/i) === srv;

function reviewMongo({ dialect, config }: Draft, given: Draft): ValidationIssue[] {
  const { srv, port, connectionString } = config;
  const { srv: givenSrv } = given.config;
  const issues: ValidationIssue[] = [];
  const isByString = connectionString !== undefined;
  if (srv === true && port !== undefined && !isByString) {
    issues.push(issue(configPath(dialect, 'port'), 'EXCLUSIVE', PORT_BESIDE_SRV));
  }
  if (isByString && givenSrv !== undefined && !agrees(givenSrv, given.config['connectionString'])) {
    issues.push(issue(configPath(dialect, 'srv'), 'EXCLUSIVE', STRING_SAYS_SRV));
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
  const { dialect, support } = draft;
  return [
    ...reviewConnectionString(given),
    // Where there is no TLS to set the table refuses it, with advice.
    ...('tls.enabled' in support.fields ? reviewTls(support, tlsOf(draft.config), tlsOf(given.config)) : []),
    ...(dialect === 'mongodb' ? reviewMongo(draft, given) : []),
    ...reviewUrlParts(given),
    ...reviewHttpValues(draft, given),
    // Where there is no tunnel the scope of the option refuses it.
    ...(tunnelled.includes(dialect) ? reviewSsh(draft, given) : []),
  ];
}
