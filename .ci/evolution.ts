// Compares the schema with its last release. An element may be removed only when that release had it @deprecated.
// `npm run evolution`, or `npm run evolution -- <schema> [<released>]` for other files. Exit code 1: a breaking change; 2: no schema.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { ChangeType, CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import { assertValidSchema, buildSchema, isRequiredInputField, type GraphQLSchema } from 'graphql';
import { elementAt, promisesOf } from './released.ts';

const SCHEMA = 'schema/schema.graphql';
const RELEASED = 'schema/released.graphql';

const DEPRECATE_FIRST = 'Put it back and mark it @deprecated; it may go once a release has said so.';
const DEPRECATE_USES = 'Put it back and mark what leads to it @deprecated; both may go once a release has said so.';
const MAKE_OPTIONAL = 'Make it nullable or give it a default: callers of the release do not send it.';
const ADD_BESIDE =
  'Put the old one back, add the new one under another name, and mark what leads to the old one @deprecated.';

const ADVICE: Readonly<Record<string, string>> = {
  [ChangeType.FieldRemoved]: DEPRECATE_FIRST,
  [ChangeType.FieldArgumentRemoved]: DEPRECATE_FIRST,
  [ChangeType.InputFieldRemoved]: DEPRECATE_FIRST,
  [ChangeType.EnumValueRemoved]: DEPRECATE_FIRST,
  [ChangeType.TypeRemoved]: DEPRECATE_USES,
  [ChangeType.FieldArgumentAdded]: MAKE_OPTIONAL,
  [ChangeType.FieldArgumentDefaultChanged]: MAKE_OPTIONAL,
  [ChangeType.InputFieldAdded]: MAKE_OPTIONAL,
  [ChangeType.InputFieldDefaultValueChanged]: MAKE_OPTIONAL,
};

const DEFAULT_CHANGES: readonly string[] = [
  ChangeType.FieldArgumentDefaultChanged,
  ChangeType.InputFieldDefaultValueChanged,
];

/** Returns whether a value that had a default is required now. The inspector rates that as dangerous, not as breaking. */
function isRequiredNow({ type, path = '' }: Change, next: GraphQLSchema): boolean {
  if (!DEFAULT_CHANGES.includes(type)) return false;
  const value = elementAt(next, path);
  return value !== undefined && 'defaultValue' in value && isRequiredInputField(value);
}

interface Changes {
  readonly breaking: readonly Change[];
  readonly dangerous: readonly Change[];
}

async function compare(released: GraphQLSchema, next: GraphQLSchema): Promise<Changes> {
  const isPromised = promisesOf(released, next);
  const changes = (await diff(released, next)).filter(({ path = '' }) => isPromised(path));
  const isBreaking = (change: Change): boolean =>
    change.criticality.level === CriticalityLevel.Breaking || isRequiredNow(change, next);
  return {
    breaking: changes.filter(isBreaking),
    // A changed deprecation reason is not dangerous. The inspector reports it as a removed directive argument.
    dangerous: changes.filter(
      (change) =>
        change.criticality.level === CriticalityLevel.Dangerous &&
        !isBreaking(change) &&
        !change.path?.includes('@deprecated'),
    ),
  };
}

const formatChange = ({ path = 'schema', message }: Change): string => `${path}: ${message.replace(/\.$/, '')}.`;

class NoSchemaError extends Error {}

async function readSchema(file: string): Promise<GraphQLSchema> {
  try {
    const schema = buildSchema(await readFile(file, 'utf8'));
    assertValidSchema(schema);
    return schema;
  } catch (error) {
    throw new NoSchemaError(`${file} cannot be read as a schema: ${error instanceof Error ? error.message : ''}`);
  }
}

/** Prints the dangerous and the breaking changes. Returns the exit code. */
export async function run(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [schema = SCHEMA, released = RELEASED] = args;
  try {
    const { breaking, dangerous } = await compare(await readSchema(released), await readSchema(schema));
    for (const change of dangerous) print(`DANGEROUS ${formatChange(change)}`);
    for (const change of breaking) print(`BREAKING ${formatChange(change)} ${ADVICE[change.type] ?? ADD_BESIDE}`);
    print(
      breaking.length === 0
        ? `${schema} keeps what ${released} promises.`
        : `${schema} breaks what ${released} promises, at ${breaking.length} ${breaking.length === 1 ? 'place' : 'places'}.`,
    );
    return breaking.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof NoSchemaError)) throw error;
    print(error.message);
    return 2;
  }
}

const [, started = '', ...args] = process.argv;
if (import.meta.url === pathToFileURL(started).href) {
  process.exitCode = await run(args, (line) => void process.stdout.write(`${line}\n`));
}
