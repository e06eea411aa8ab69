// graphql-js quotes the caller's values in its own errors: a typo beside a password would send the password back.
// Here variables are coerced once beforehand, which gives path and reason apart from the value, and what the parser and
// the validation say of values in the document is replaced.
import {
  coerceInputValue,
  getOperationAST,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isInputType,
  isNonNullType,
  Kind,
  typeFromAST,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { SECRET_LITERAL_MESSAGE } from '../graphql/scalars.ts';

const VALUE_NODES = new Set<string>([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** Texts that graphql-js makes of names in the schema alone. */
const STRUCTURAL = [
  /^Field "\w+" of required type "[^"]+" was not provided\.$/,
  /^Exactly one key must be specified for OneOf type "\w+"\.$/,
  /^Expected type "[^"]+" to be an object\.$/,
  /^Expected non-nullable type "[^"]+" not to be null\.$/,
  /^Field "\w+" must be non-null\.$/,
];

/** Our own scalars' words; they never hold a value. */
const OWN = /^An? (SecretString|DateTime|BigInt|JSONObject|_Any) (must|is)\b[^"]*$/;

// `http.spec`: 200 for a client that asks for application/json, 400 for one that knows GraphQL over HTTP.
const bad = (message: string, code: string, nodes?: readonly ASTNode[] | ASTNode | null): GraphQLError =>
  new GraphQLError(message, { nodes: nodes ?? null, extensions: { code, http: { spec: true, status: 400 } } });

/** What graphql-js suggests in place of a wrong name: of the words at the end of its message, those that the schema knows. */
function suggestion(message: string, known: readonly string[]): string {
  const words = message.slice(message.lastIndexOf('Did you mean')).match(/\w+/g) ?? [];
  const names = words.filter((word) => known.includes(word));
  return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`;
}

function reasonOf({ message }: GraphQLError, schema: GraphQLSchema): string {
  if (STRUCTURAL.some((pattern) => pattern.test(message)) || OWN.test(message)) return message;
  const type = schema.getType(/(?:is not defined by type|does not exist in|Enum) "(\w+)"/.exec(message)?.[1] ?? '');
  if (isInputObjectType(type)) {
    const known = suggestion(message, Object.keys(type.getFields()));
    return `It has a field that type "${type.name}" does not know.${known}`;
  }
  if (isEnumType(type)) {
    const known = suggestion(
      message,
      type.getValues().map(({ name }) => name),
    );
    return `It is none of the values of enum "${type.name}".${known}`;
  }
  const scalar = /^(Int|Float|String|Boolean|ID) cannot represent/.exec(message);
  return scalar ? `It is not of type ${scalar[1]}.` : 'It is not valid.';
}

function variableErrors(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  values: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  // A variable may bear the name of something that every object inherits.
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (!isInputType(type)) return [];
  if (value === undefined) {
    const isMissing = isNonNullType(type) && !definition.defaultValue;
    return isMissing ? [bad(`Variable $${name}: It is required and was not given.`, 'BAD_USER_INPUT', definition)] : [];
  }
  const errors: GraphQLError[] = [];
  coerceInputValue(value, type, (path, _value, error) => {
    const at = [`$${name}`, ...path].join('.');
    errors.push(bad(`Variable ${at}: ${reasonOf(error, schema)}`, 'BAD_USER_INPUT', definition));
  });
  return errors;
}

function allVariableErrors(schema: GraphQLSchema, document: DocumentNode, operationName: unknown, values: object) {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  const definitions = operation?.variableDefinitions ?? [];
  return definitions.flatMap((definition) => variableErrors(schema, definition, values as Record<string, unknown>));
}

function safeValidation(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  if (error.message === SECRET_LITERAL_MESSAGE) return bad(error.message, 'GRAPHQL_VALIDATION_FAILED', node);
  if (error.message === 'Validation aborted.') {
    return bad('The document repeats itself too often to be checked; ask in several.', 'GRAPHQL_VALIDATION_FAILED');
  }
  if (!node || !VALUE_NODES.has(node.kind)) return error;
  return bad('A value in the document is not valid there; send it as a variable.', 'GRAPHQL_VALIDATION_FAILED', node);
}

export const useSafeErrors = (): Plugin => ({
  onParse:
    () =>
    ({ result }) => {
      if (!(result instanceof GraphQLError)) return;
      const [location] = result.locations ?? [];
      const where = location ? ` at line ${location.line}, column ${location.column}` : '';
      throw bad(`Syntax error${where}.`, 'GRAPHQL_PARSE_FAILED');
    },
  onValidate:
    () =>
    ({ valid, result, setResult }) => {
      if (!valid) setResult((result as readonly GraphQLError[]).map(safeValidation));
    },
  onExecute: ({ args, setResultAndStopExecution }) => {
    const { schema, document, operationName, variableValues } = args;
    const errors = allVariableErrors(schema, document, operationName, (variableValues as object | null) ?? {});
    if (errors.length > 0) setResultAndStopExecution({ errors });
  },
  // Their variables would be coerced, and quoted, on a way of their own.
  onSubscribe: ({ setResultAndStopExecution }) => {
    setResultAndStopExecution({ errors: [bad('There are no subscriptions here.', 'GRAPHQL_VALIDATION_FAILED')] });
  },
});

/** What graphql-js says while it coerces arguments during execution quotes them. */
export const isArgumentError = (message: string): boolean => message.startsWith('Argument "');
