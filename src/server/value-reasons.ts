// The reasons why a value is not valid for its type. The messages of graphql-js quote the value; these hold only names of the schema.
import { isEnumType, isInputObjectType, Kind, type ASTNode, type GraphQLSchema } from 'graphql';

/** Messages of graphql-js that consist of names of the schema only. */
const STRUCTURAL = [
  /^Field "\w+" of required type "[^"]+" was not provided\.$/,
  /^Exactly one key must be specified for OneOf type "\w+"\.$/,
  /^Expected type "[^"]+" to be an object\.$/,
  /^Expected non-nullable type "[^"]+" not to be null\.$/,
  /^Field "\w+" must be non-null\.$/,
];

/** Messages of the custom scalars. They hold no values. */
const SCALAR_MESSAGES = /^An? (SecretString|DateTime|BigInt|JSONObject|_Any) (must|is)\b[^"]*$/;

/** Returns the suggestion at the end of a message of graphql-js, with only the names that the schema knows. */
function suggestion(message: string, known: readonly string[]): string {
  const start = message.lastIndexOf('Did you mean');
  const words = start < 0 ? [] : (message.slice(start).match(/\w+/g) ?? []);
  const names = words.filter((word) => known.includes(word));
  return names.length === 0 ? '' : ` Did you mean ${names.join(' or ')}?`;
}

function unknownFieldReason(message: string, schema: GraphQLSchema): string | null {
  const type = schema.getType(/" is not defined by type "(\w+)"\.(?: Did you mean .*)?$/s.exec(message)?.[1] ?? '');
  if (!isInputObjectType(type)) return null;
  return `It has a field that type "${type.name}" does not know.${suggestion(message, Object.keys(type.getFields()))}`;
}

/** Texts that are valid values of the type when they are written without quotes. */
const UNQUOTED_VALUES: Readonly<Record<string, RegExp>> = {
  Int: /^-?\d{1,10}$/,
  Float: /^-?\d+(\.\d+)?$/,
  Boolean: /^(true|false)$/,
};
const UNQUOTED_KINDS = new Set<string>([Kind.INT, Kind.FLOAT, Kind.BOOLEAN, Kind.ENUM]);

/** Returns a hint when a literal lacks quotes or has quotes that are not needed. */
function quotesHint(node: ASTNode | undefined, isText: boolean, isBare: (text: string) => boolean): string {
  if (isText) return node && UNQUOTED_KINDS.has(node.kind) ? ' Write it in double quotes.' : '';
  return node?.kind === Kind.STRING && isBare(node.value) ? ' Write it without quotes.' : '';
}

function enumReason(message: string, schema: GraphQLSchema, node: ASTNode | undefined): string | null {
  const [, quoted, bare] =
    /^Enum "(\w+)" cannot represent |^Value ".*" does not exist in "(\w+)" enum\./s.exec(message) ?? [];
  const type = schema.getType(quoted ?? bare ?? '');
  if (!isEnumType(type)) return null;
  const known = type.getValues().map(({ name }) => name);
  const hint = quotesHint(node, false, (text) => known.includes(text));
  return `It is none of the values of enum "${type.name}".${hint || suggestion(message, known)}`;
}

function scalarReason(message: string, node: ASTNode | undefined): string | null {
  const [, type] = /^(Int|Float|String|Boolean|ID) cannot represent /.exec(message) ?? [];
  if (type === undefined) return null;
  const hint = quotesHint(
    node,
    type === 'String' || type === 'ID',
    (text) => UNQUOTED_VALUES[type]?.test(text) === true,
  );
  return `It is not of type ${type}.${hint}`;
}

/** Returns the reason for messages that graphql-js has only for literals. */
function literalReason(message: string, schema: GraphQLSchema, node: ASTNode | undefined): string | null {
  const required = /^Field "\w+\.(\w+)" of required type ("[^"]+") was not provided\.$/.exec(message);
  if (required) return `Field "${required[1]}" of required type ${required[2]} was not provided.`;
  const oneKey = /^OneOf Input Object "(\w+)" must specify exactly one key\.$/.exec(message);
  if (oneKey) return `Exactly one key must be specified for OneOf type "${oneKey[1]}".`;
  const [, owner, key] = /^Field "(\w+)\.(\w+)" must be non-null\.$/.exec(message) ?? [];
  if (owner !== undefined && key !== undefined) {
    const type = schema.getType(owner);
    const isKnown = isInputObjectType(type) && Object.hasOwn(type.getFields(), key);
    return isKnown
      ? `Field "${key}" must be non-null.`
      : `Exactly one key must be specified for OneOf type "${owner}".`;
  }
  const [, expected] = /^Expected value of type "([\w[\]!]+)", found /.exec(message) ?? [];
  if (expected === undefined) return null;
  if (node?.kind === Kind.NULL) return `Expected non-nullable type "${expected}" not to be null.`;
  return `Expected type "${expected.replace(/[[\]!]/g, '')}" to be an object.`;
}

/**
 * Returns the reason why a value is not valid.
 * @param message the message of graphql-js, which may quote the value.
 * @param node the literal in the document; undefined for a variable.
 */
export function valueReason(message: string, schema: GraphQLSchema, node?: ASTNode): string {
  if (STRUCTURAL.some((pattern) => pattern.test(message)) || SCALAR_MESSAGES.test(message)) return message;
  return (
    scalarReason(message, node) ??
    enumReason(message, schema, node) ??
    literalReason(message, schema, node) ??
    unknownFieldReason(message, schema) ??
    'It is not valid.'
  );
}
