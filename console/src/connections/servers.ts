// Groups connections by the database server to which they lead.
import type { ConnectionRowFragment } from '../generated/graphql.ts';

/** The connections to one server. */
export interface ServerGroup {
  /** The host; null for connections whose host is not reported. */
  readonly host: string | null;
  readonly rows: readonly ConnectionRowFragment[];
}

/** Returns the groups, those with the most connections first. Connections without a host come last. */
export function groupByServer(rows: readonly ConnectionRowFragment[]): ServerGroup[] {
  const groups = new Map<string | null, ConnectionRowFragment[]>();
  for (const row of rows) {
    const host = row.host?.toLowerCase() ?? null;
    const group = groups.get(host);
    if (group) group.push(row);
    else groups.set(host, [row]);
  }
  return [...groups]
    .map(([host, members]) => ({ host, rows: members }))
    .toSorted((a, b) => Number(a.host === null) - Number(b.host === null) || b.rows.length - a.rows.length);
}

/** A line of the list: a server, or a connection. */
export type Line =
  | { readonly key: string; readonly server: ServerGroup; readonly row?: undefined }
  | { readonly key: string; readonly server?: undefined; readonly row: ConnectionRowFragment };

const lineOf = (row: ConnectionRowFragment): Line => ({ key: row.id, row });

/** Returns the lines of the list. @param isGrouped whether each server has a line above its connections. */
export function linesOf(rows: readonly ConnectionRowFragment[], isGrouped: boolean): Line[] {
  if (!isGrouped) return rows.map(lineOf);
  return groupByServer(rows).flatMap((server) => [
    { key: `server ${server.host}`, server },
    ...server.rows.map(lineOf),
  ]);
}
