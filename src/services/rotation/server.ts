// The server that a connection leads to, and the user who signs in there: what a match asks for, and by what the connections
// of one rotation are known to share a secret.
import type { LocatedConnection } from '../../domain/instance.ts';
import { hostsOf, normalHostIn, type Dialect } from '../../fields/dialect.ts';
import { metaOf, type FieldSchema } from '../../fields/field-meta.ts';
import { valueAt, type Values } from '../../fields/values.ts';
import { supportOf } from '../../domain/vendor.ts';
import type { RotationMatch } from './input.ts';

export const dialectOf = ({ instance: { vendor }, dialect }: LocatedConnection): Dialect =>
  supportOf(vendor, dialect).dialect;

const hasPort = ({ reportedFields: told }: Dialect): boolean => 'port' in told.shape;

/** The port that a driver takes when none is told; null where nobody knows it. */
function usualPort({ reportedFields: told }: Dialect, config: Values): number | null {
  const schema = told.shape['port'] as FieldSchema | undefined;
  const { plain, encrypted } = (schema && metaOf(schema).usualPorts) ?? { plain: null, encrypted: null };
  return valueAt(config, 'tls.enabled') === true ? encrypted : plain;
}

interface Server {
  /** In the one spelling by which hosts are compared; none where the vendor tells none. */
  readonly hosts: readonly string[];
  readonly port: number | null;
  readonly username: string | null;
}

function serverOf(connection: LocatedConnection): Server {
  const { config } = connection;
  const dialect = dialectOf(connection);
  const [port, username] = [valueAt(config, 'port'), valueAt(config, 'username')];
  return {
    hosts: hostsOf(dialect, config),
    port: typeof port === 'number' ? port : usualPort(dialect, config),
    username: typeof username === 'string' ? username : null,
  };
}

const maybeEqual = (one: unknown, other: unknown): boolean => one === null || other === null || one === other;

/** Whether two connections may sign in to one server as one user: a host or user that is not told may be any. */
export function mayShareServer(one: LocatedConnection, other: LocatedConnection): boolean {
  const [a, b] = [serverOf(one), serverOf(other)];
  const isUntold = a.hosts.length === 0 || b.hosts.length === 0;
  const isShared = a.hosts.some((host) => b.hosts.includes(host)) && maybeEqual(a.port, b.port);
  return (isUntold || isShared) && maybeEqual(a.username, b.username);
}

/** Whether a connection leads to the server of a match as its user. By which way is not looked at. */
export function leadsTo({ host, port, username }: RotationMatch, connection: LocatedConnection): boolean {
  const dialect = dialectOf(connection);
  const server = serverOf(connection);
  const isAnyPort = port === undefined || port === null || !hasPort(dialect);
  return (
    connection.deletedAt === null &&
    server.hosts.includes(normalHostIn(dialect, host)) &&
    (isAnyPort || server.port === port) &&
    server.username === username
  );
}

/** Whether a told port is another than the usual one of the dialect. */
export const isUnusualPort = (connection: LocatedConnection): boolean =>
  valueAt(connection.config, 'port') !== usualPort(dialectOf(connection), connection.config);
