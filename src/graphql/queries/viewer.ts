// The query `viewer`: who the caller is, and what it may do.
import type { Caller } from '../../domain/caller.ts';
import type { SchemaContext } from '../schema-builder.ts';

/** Adds the query `viewer`. */
export function addViewer({ builder }: SchemaContext): void {
  const Viewer = builder.objectRef<Caller>('Viewer').implement({
    description: 'The caller of this request, as the gateway authenticated it.',
    fields: (t) => ({
      name: t.exposeString('name', {
        description:
          'Name of the token, or subject of the JWT. It is `anonymous` where the gateway does not authenticate callers.',
      }),
      scopes: t.stringList({
        description:
          'What the caller may do. A scope is an action, such as `connections:read`, for all instances or for those whose keys match: `connections:write@omni-*`.',
        resolve: ({ scopes }) => scopes.map(({ text }) => text),
      }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the credential of the caller expires. Null when it does not.',
      }),
    }),
  });
  builder.queryFields((t) => ({
    viewer: t.field({
      type: Viewer,
      description: 'Who the caller is, and what it may do.',
      resolve: (_root, _args, { caller }) => caller,
    }),
  }));
}
