// The success of a mutation that writes one connection: the connection, and warnings about it.
import type { Warning } from '../../domain/connection.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { sharedType } from '../derive-types.ts';
import type { SchemaContext } from '../schema-builder.ts';

const makeWarning = ({ builder }: SchemaContext) =>
  builder.objectRef<Warning>('Warning').implement({
    description: 'One remark about a mutation that succeeded: something that the caller should know or check.',
    fields: (t) => ({
      path: t.exposeStringList('path', {
        nullable: true,
        description:
          'Path of the input field that the warning is about, starting with the argument: ["input", "options", "looker", "schema"]. Null when it is about no single field.',
      }),
      code: t.exposeString('code', {
        description:
          'Code of the warning. Creates, updates and tests use READ_BACK_FAILED, CERTIFICATES_NOT_UPLOADED, NAME_NORMALIZED, USER_CREDENTIALS_ERASED, FIELD_IGNORED, FIELD_LEFT_OUT, SECRET_MAY_BE_LOST, SIGN_IN_UNCLEAR, OVERRIDE_NOT_REMOVED and VALUE_DOUBTFUL. Deletes use ARCHIVED_WITH_CONTENT, SECRETS_ERASED and DATASETS_KEPT. Later versions may add codes.',
      }),
      message: t.exposeString('message', { description: 'The warning as a sentence for people.' }),
    }),
  });

/** Returns the type Warning of a schema. */
export const warningRef = (schemaContext: SchemaContext) =>
  sharedType(schemaContext, 'Warning', () => makeWarning(schemaContext));

/** Returns a new type for the success of a mutation that writes one connection. */
export const addWritten = (schemaContext: SchemaContext, name: string, description: string) =>
  schemaContext.builder.objectRef<WrittenConnection>(name).implement({
    description,
    fields: (t) => ({
      connection: t.expose('connection', {
        type: schemaContext.Connection,
        description: 'The connection as its vendor stores it now.',
      }),
      warnings: t.expose('warnings', {
        type: [warningRef(schemaContext)],
        description: 'Remarks about the write that the caller should know. Empty when there are none.',
      }),
    }),
  });
