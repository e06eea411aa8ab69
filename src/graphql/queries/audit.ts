// The query `audit`: the mutations of the past.
import { BadInputError } from '../../domain/errors.ts';
import { auditPageProblems, auditQueryProblems, readAudit, type AuditQuery } from '../../services/audit/read-audit.ts';
import type { RequestContext } from '../context.ts';
import { withArgumentCheck } from '../define-argument-check.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { auditPageArgs, toPageRequest, type AuditPageRef } from '../types/audit-page.ts';

const DEFAULT_SIZE = 50;

interface Arguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly filter?: AuditQuery | null | undefined;
}

const addFilter = ({ builder }: SchemaContext) =>
  builder.inputRef<AuditQuery>('AuditFilter').implement({
    description:
      'Conditions on the entries to list. An entry is listed when it meets every condition that is provided. An empty list matches nothing.',
    fields: (t) => ({
      connection: t.id({ description: 'The entry names the connection with this global id.' }),
      instance: t.id({
        description: 'The entry names this instance, by its key or its id. It may be one that is configured no longer.',
      }),
      caller: t.string({ description: 'The mutation was sent by the caller with this name.' }),
      mutation: t.stringList({ description: 'The mutation has one of these names, such as createConnection.' }),
      outcome: t.stringList({
        description: 'The result had one of these types, such as CreateConnectionSuccess.',
      }),
      since: t.field({ type: 'DateTime', description: 'The mutation ended at this time or later.' }),
      until: t.field({ type: 'DateTime', description: 'The mutation ended before this time.' }),
      secret: t.field({
        type: 'SecretString',
        description:
          'The input had this secret, exactly as it is written here. It is compared by its keyed hash and stored nowhere. It finds nothing that was sent before a change of `audit.key`.',
      }),
    }),
  });

/** @throws BadInputError, or GraphQLError above a limit, when the audit may not be searched by a secret now. */
async function allowSearch({ isGet, countSecretSearch }: RequestContext): Promise<void> {
  if (isGet) {
    throw new BadInputError('Must be sent in a POST, because addresses are kept in logs.', ['filter', 'secret']);
  }
  await countSecretSearch();
}

/** Adds the query `audit`. */
export function addAuditQuery(schemaContext: SchemaContext, Page: AuditPageRef): void {
  const Filter = addFilter(schemaContext);
  schemaContext.builder.queryFields((t) => ({
    audit: t.field({
      type: Page,
      nullable: true,
      description:
        'The mutations of the past, the newest first. It needs the scope audit:read; with a pattern, only entries of which all instances match are listed. Null with an error when the caller may not read it, or when the store does not answer.',
      args: {
        ...auditPageArgs(schemaContext, DEFAULT_SIZE),
        filter: t.arg({
          type: Filter,
          description: 'Conditions that the listed entries meet. When it is left out, all entries are listed.',
        }),
      },
      extensions: withArgumentCheck<Arguments>((args) => [
        ...auditPageProblems(toPageRequest(args, DEFAULT_SIZE)),
        ...auditQueryProblems(args.filter ?? {}),
      ]),
      resolve: async (_root, args, context) => {
        if (args.filter?.secret) await allowSearch(context);
        return readAudit(context, args.filter ?? {}, toPageRequest(args, DEFAULT_SIZE));
      },
    }),
  }));
}
