// createConnection: one input for every vendor and dialect, and a result union that says what came of it.
import * as z from 'zod';
import type { Warning } from '../../domain/connection.ts';
import { text, type Fields } from '../../domain/fields.ts';
import {
  createConnection,
  reviewCreate,
  type CreatedConnection,
  type CreateInput,
} from '../../services/create-connection.ts';
import { deriveInput, nullish } from '../derive.ts';
import { WRITE_ERRORS } from '../errors.ts';
import type { AnyInput, InputFieldBuilder, Kit } from '../kit.ts';
import { reported } from '../report.ts';

interface Alternative {
  readonly key: string;
  readonly typeName: string;
  readonly fields: Fields;
  readonly description: string;
  readonly what: string;
}

/** An input of which one field is given: one field per definition, by which its values are checked. */
function oneOf(kit: Kit, name: string, description: string, alternatives: readonly Alternative[]): AnyInput {
  const checks = alternatives.map(({ key, fields }) => [key, nullish(fields).nullish()] as const);
  return kit.builder.inputRef<Record<string, unknown>>(name).implement({
    description,
    isOneOf: true,
    validate: { schema: z.object(Object.fromEntries(checks)) },
    fields: (t: InputFieldBuilder) =>
      Object.fromEntries(
        alternatives.map((one) => [
          one.key,
          t.field({
            type: deriveInput(kit, one.typeName, one.fields, { description: one.description }),
            description: one.what,
          }),
        ]),
      ),
  });
}

function addInputs(kit: Kit) {
  const Config = oneOf(
    kit,
    'ConnectionConfigInput',
    'Settings of a new connection: exactly one dialect.',
    kit.dialects.map(({ key, typeName, fields, description }) => ({
      key,
      typeName: `${typeName}Input`,
      fields,
      description: `${description} Every field may be left out here; what a vendor requires comes back as issues, all at once.`,
      what: description,
    })),
  );
  const Options = oneOf(
    kit,
    'VendorOptionsInput',
    'What only one vendor takes; must name the vendor of the instance.',
    kit.vendors.map(({ kind, typeName, label, options }) => ({
      key: kind,
      typeName: `${typeName}OptionsInput`,
      fields: options,
      description: `What only ${label} takes for a connection.`,
      what: `For an instance of ${label}.`,
    })),
  );
  return kit.builder.inputRef<CreateInput>('CreateConnectionInput').implement({
    description: 'A connection to be created at one instance.',
    fields: (t) => ({
      instance: t.id({ required: true, description: 'Key or id of the instance to create it at.' }),
      name: t.string({
        required: true,
        description: 'Name at the vendor. Looker: lower case, no blanks; Credible: letters, digits, _ and -.',
        validate: { type: 'string', schema: text('Name of a connection.') },
      }),
      config: t.field({ type: Config, required: true, description: 'Its settings, by dialect.' }) as never,
      options: t.field({ type: Options, description: 'What only its vendor takes.' }) as never,
    }),
  });
}

function addSuccess({ builder, Connection }: Kit) {
  const WarningRef = builder.objectRef<Warning>('Warning').implement({
    description: 'It was done, but something is to be known.',
    fields: (t) => ({
      path: t.stringList({
        description: 'What it is about, from the argument down; null when it is about no one field.',
        resolve: ({ path }) => path && [...path],
      }),
      code: t.exposeString('code', {
        nullable: false,
        description:
          'READ_BACK_FAILED, CERTIFICATES_NOT_UPLOADED, NAME_NORMALIZED, USER_CREDENTIALS_ERASED or FIELD_IGNORED; more may come.',
      }),
      message: t.exposeString('message', { nullable: false, description: 'The same in words.' }),
    }),
  });
  return builder.objectRef<CreatedConnection>('CreateConnectionSuccess').implement({
    description: 'The connection exists.',
    isTypeOf: (value) => typeof value === 'object' && value !== null && 'warnings' in value,
    fields: (t) => ({
      connection: t.expose('connection', {
        type: Connection,
        nullable: false,
        description: 'The connection as its vendor holds it now.',
      }),
      warnings: t.field({
        type: [WarningRef],
        nullable: false,
        description: 'What is to be known beside it.',
        resolve: ({ warnings }) => [...warnings],
      }),
    }),
  });
}

export function addCreateConnection(kit: Kit): void {
  const Input = addInputs(kit);
  const Success = addSuccess(kit);
  kit.reviews.set('createConnection', (registry, { input }) => reviewCreate(registry, input as CreateInput));
  kit.builder.mutationField('createConnection', (t) =>
    t.errorUnionField({
      types: [Success, ...WRITE_ERRORS] as never,
      union: {
        name: 'CreateConnectionResult',
        description: 'What came of a create: the connection, or why there is none.',
      },
      nullable: false,
      description:
        'Creates a connection at the vendor that runs the named instance. Secrets go in and are never given out.',
      args: { input: t.arg({ type: Input, required: true, description: 'What to create, and where.' }) },
      resolve: (_root, { input }, { registry, reads, report }) =>
        reported(report, createConnection(registry, reads, input)) as never,
    }),
  );
}
