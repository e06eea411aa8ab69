// Finds the documents of the manifest that are not valid for the schema. They could never be executed.
import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { syntaxError } from './safe-errors.ts';
import { safeValidationErrors } from './validation-errors.ts';

/** Returns the first reason why a document is not valid, without values; null for a valid one. */
function reasonOf(schema: GraphQLSchema, text: string): string | null {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return error instanceof GraphQLError ? syntaxError(error).message : 'Syntax error.';
  }
  return safeValidationErrors(validate(schema, document), schema, document)[0]?.message ?? null;
}

/** Returns a problem for each document that is not valid, with its id in the manifest. */
export const manifestProblems = (schema: GraphQLSchema, manifest: ReadonlyMap<string, string>): string[] =>
  [...manifest].flatMap(([id, text]) => {
    const reason = reasonOf(schema, text);
    return reason === null ? [] : [`server.documentsFile: the document ${id} is not valid. ${reason}`];
  });
