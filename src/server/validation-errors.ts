// What validation says of a document, without the values that graphql-js quotes: for a literal its place and the reason, in the
// schema's names.
import {
  DirectiveLocation,
  isValueNode,
  Kind,
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { SECRET_LITERAL_MESSAGE } from '../graphql/types/scalars.ts';
import { requestError } from './errors.ts';
import { literalPlaces } from './literal-places.ts';
import { valueReason } from './value-reasons.ts';

const CODE = 'GRAPHQL_VALIDATION_FAILED';

/** A literal, or a field of one. */
const isOfLiteral = (node: ASTNode): boolean =>
  node.kind === Kind.OBJECT_FIELD || (isValueNode(node) && node.kind !== Kind.VARIABLE);

const REPEATED_FIELD = 'There can be only one input field named "';

/** Where a directive of a query may stand. */
const IN_QUERIES = new Set<string>([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/** graphql-js gives the nearest names for everything but a directive. */
function directivesOf(schema: GraphQLSchema): string {
  const names = schema
    .getDirectives()
    .filter(({ locations }) => locations.some((one) => IN_QUERIES.has(one)))
    .map(({ name }) => `@${name}`);
  return ` The directives of a query are ${names.join(' and ')}.`;
}

type Places = ReadonlyMap<ASTNode, string>;

function safeError(error: GraphQLError, schema: GraphQLSchema, placesOf: () => Places): GraphQLError {
  const [node] = error.nodes ?? [];
  const { message } = error;
  if (message === SECRET_LITERAL_MESSAGE) return requestError(message, CODE, { nodes: node });
  if (message === 'Validation aborted.') {
    return requestError('The document repeats itself too often to be checked; ask in several.', CODE);
  }
  if (/^Unknown directive "@\w+"\.$/.test(message)) {
    return requestError(message + directivesOf(schema), CODE, { nodes: node });
  }
  if (!node) return error;
  const at = (reason: string) => {
    const place = placesOf().get(node) ?? 'A value in the document';
    return requestError(`${place}: ${reason}`, CODE, { nodes: node });
  };
  if (message.startsWith(REPEATED_FIELD)) return at('A field is given more than once.');
  return isOfLiteral(node) ? at(valueReason(message, schema, node)) : error;
}

export function safeValidationErrors(
  errors: readonly GraphQLError[],
  schema: GraphQLSchema,
  document: DocumentNode,
): GraphQLError[] {
  let places: Places | null = null;
  const placesOf = () => (places ??= literalPlaces(schema, document));
  return errors.map((error) => safeError(error, schema, placesOf));
}
