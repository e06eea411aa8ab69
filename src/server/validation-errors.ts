// Replaces the validation errors of graphql-js, which quote values. An error about a literal gets the path of the literal and the
// reason, in names of the schema.
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
import { requestError } from './request-errors.ts';
import { literalPaths } from './literal-paths.ts';
import { valueReason } from './value-reasons.ts';

const CODE = 'GRAPHQL_VALIDATION_FAILED';

/** Returns whether the node is a literal or a field of a literal. */
const isOfLiteral = (node: ASTNode): boolean =>
  node.kind === Kind.OBJECT_FIELD || (isValueNode(node) && node.kind !== Kind.VARIABLE);

const REPEATED_FIELD = 'There can be only one input field named "';

const UNKNOWN_DIRECTIVE = /^Unknown directive "@\w+"\.$/;

/** The locations of directives in a query document. */
const IN_QUERIES = new Set<string>([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/** Returns a list of the directives. graphql-js suggests similar names for everything except directives. */
function directivesOf(schema: GraphQLSchema): string {
  const names = schema
    .getDirectives()
    .filter(({ locations }) => locations.some((location) => IN_QUERIES.has(location)))
    .map(({ name }) => `@${name}`);
  return ` The directives of a query are ${names.join(' and ')}.`;
}

type Paths = ReadonlyMap<ASTNode, string>;

function safeError(error: GraphQLError, schema: GraphQLSchema, pathsOf: () => Paths): GraphQLError {
  const [node] = error.nodes ?? [];
  const { message } = error;
  if (message === SECRET_LITERAL_MESSAGE) return requestError(message, CODE, { nodes: node });
  if (message === 'Validation aborted.') {
    return requestError(
      'The document repeats fields too often to be validated. Split it into several documents.',
      CODE,
    );
  }
  if (UNKNOWN_DIRECTIVE.test(message)) {
    return requestError(message + directivesOf(schema), CODE, { nodes: node });
  }
  if (!node) return error;
  const at = (reason: string) => {
    const path = pathsOf().get(node) ?? 'A value in the document';
    return requestError(`${path}: ${reason}`, CODE, { nodes: node });
  };
  if (message.startsWith(REPEATED_FIELD)) return at('A field is provided more than once.');
  return isOfLiteral(node) ? at(valueReason(message, schema, node)) : error;
}

/** Returns the errors with each unknown directive once. A short document may repeat one hundreds of times. */
function withoutRepetitions(errors: readonly GraphQLError[]): GraphQLError[] {
  const reported = new Set<string>();
  return errors.filter(({ message }) => {
    if (!UNKNOWN_DIRECTIVE.test(message)) return true;
    const isNew = !reported.has(message);
    reported.add(message);
    return isNew;
  });
}

/** Returns the validation errors without values. */
export function safeValidationErrors(
  errors: readonly GraphQLError[],
  schema: GraphQLSchema,
  document: DocumentNode,
): GraphQLError[] {
  let paths: Paths | null = null;
  const pathsOf = () => (paths ??= literalPaths(schema, document));
  return withoutRepetitions(errors).map((error) => safeError(error, schema, pathsOf));
}
