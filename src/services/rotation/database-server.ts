// The server that a connection leads to, and the user who signs in there. A match compares them, and connections with the same server
// and user are assumed to share a secret.
import type { LocatedConnection } from '../../domain/instance.ts';
import { hostsOf, normalHostIn, type Dialect } from '../../fields/dialect.ts';
import { metaOf, type FieldSchema } from '../../fields/field-meta.ts';
import { valueAt, type Values } from '../../fields/values-by-key.ts';
import { supportOf } from '../../domain/vendor.ts';
import type { RotationMatch } from './rotation-input.ts';

/** Returns the dialect of a connection. */
export const dialectOf = ({ instance: { vendor }, dialect }: LocatedConnection): Dialect =>
  supportOf(vendor, dialect).dialect;

const hasPort = ({ reportedFields }: Dialect): boolean => 'port' in reportedFields.shape;

/** Returns the port that a driver uses when none is reported; null when it is not known. */
function usualPort({ reportedFields }: Dialect, config: Values): number | null {
  const schema = reportedFields.shape['port'] as FieldSchema | undefined;
  const { plain, encrypted } = (schema && metaOf(schema).usualPorts) ?? { plain: null, encrypted: null };
  return valueAt(config, 'tls.enabled') === true ? encrypted : plain;
}

interface Server {
  /** In the spelling by which hosts are compared; empty when the vendor reports none. */
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

const maybeEqual = (first: unknown, second: unknown): boolean => first === null || second === null || first === second;

/** Returns whether two connections may lead to the same server as the same user. A host or user that is not reported may be any. */
export function mayShareServer(first: LocatedConnection, second: LocatedConnection): boolean {
  const [a, b] = [serverOf(first), serverOf(second)];
  const isNotReported = a.hosts.length === 0 || b.hosts.length === 0;
  const isShared = a.hosts.some((host) => b.hosts.includes(host)) && maybeEqual(a.port, b.port);
  return (isNotReported || isShared) && maybeEqual(a.username, b.username);
}

/** Returns whether a connection leads to the server of a match as its user. The route to the server is not checked. */
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

/** Returns whether the reported port is not the usual one of the dialect. */
export const isUnusualPort = (connection: LocatedConnection): boolean =>
  valueAt(connection.config, 'port') !== usualPort(dialectOf(connection), connection.config);
