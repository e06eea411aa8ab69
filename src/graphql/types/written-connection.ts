// What a create and an update come to: the connection, and what is to be known beside it.
import type { Warning } from '../../domain/connection.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { once } from '../derive.ts';
import type { SchemaContext } from '../schema-builder.ts';

const makeWarning = ({ builder }: SchemaContext) =>
  builder.objectRef<Warning>('Warning').implement({
    description: 'It was done, but something is to be known.',
    fields: (t) => ({
      path: t.stringList({
        description: 'What it is about, from the argument down; null when it is about no one field.',
        resolve: ({ path }) => path && [...path],
      }),
      code: t.exposeString('code', {
        nullable: false,
        description:
          'READ_BACK_FAILED, CERTIFICATES_NOT_UPLOADED, NAME_NORMALIZED, USER_CREDENTIALS_ERASED, FIELD_IGNORED, FIELD_LEFT_OUT, SECRET_MAY_BE_LOST, SIGN_IN_UNCLEAR, OVERRIDE_NOT_REMOVED or VALUE_DOUBTFUL; of a delete ARCHIVED_WITH_CONTENT, SECRETS_ERASED or DATASETS_KEPT. More may come.',
      }),
      message: t.exposeString('message', { nullable: false, description: 'The same in words.' }),
    }),
  });

export const warningRef = (schemaContext: SchemaContext) =>
  once(schemaContext, 'Warning', () => makeWarning(schemaContext));

/** The success of a mutation that writes one connection. */
export const addWritten = (schemaContext: SchemaContext, name: string, description: string) =>
  schemaContext.builder.objectRef<WrittenConnection>(name).implement({
    description,
    fields: (t) => ({
      connection: t.expose('connection', {
        type: schemaContext.Connection,
        nullable: false,
        description: 'The connection as its vendor holds it now.',
      }),
      warnings: t.field({
        type: [warningRef(schemaContext)],
        nullable: false,
        description: 'What is to be known beside it.',
        resolve: ({ warnings }) => [...warnings],
      }),
    }),
  });
