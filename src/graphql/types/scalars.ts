// The scalars. SecretString is the door by which a secret comes in: it wraps at once, and there is no way out.
import { GraphQLError, Kind, type ASTNode } from 'graphql';
import { Secret } from '../../secrets/secret.ts';
import type { SchemaContext } from '../schema-builder.ts';

const bad = (message: string, node?: ASTNode) =>
  new GraphQLError(message, { nodes: node ?? null, extensions: { code: 'BAD_USER_INPUT' } });

/** Said of a literal in a document; a document lives on in caches, stores and traces. */
export const SECRET_LITERAL_MESSAGE = 'A SecretString must be sent in a variable, never written into the document.';

export function addScalars({ builder }: SchemaContext): void {
  builder.scalarType('SecretString', {
    description:
      'Write-only text: accepted as input, never returned. Must be sent in a variable; a literal in the document is refused. Errors about it never repeat the value.',
    parseValue: (value) => {
      if (typeof value !== 'string') throw bad('A SecretString must be text.');
      return new Secret(value);
    },
    parseLiteral: (node) => {
      throw bad(SECRET_LITERAL_MESSAGE, node);
    },
    serialize: () => {
      throw new Error('A secret is never an output.');
    },
  });
  builder.scalarType('DateTime', {
    description: 'An instant in UTC, as RFC 3339 text with milliseconds.',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
    serialize: (value) => {
      if (value instanceof Date) return value.toISOString();
      throw new Error('A DateTime is a Date here.');
    },
    parseValue: () => {
      throw bad('A DateTime is not taken as input.');
    },
  });
  builder.scalarType('BigInt', {
    description:
      'A whole number of any size, as decimal text (byte limits go beyond what a JSON number holds exactly).',
    serialize: String,
    parseValue: (value) => {
      if (typeof value === 'string') return value;
      if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
      throw bad('A BigInt must be decimal text, or a number that JSON holds exactly.');
    },
    parseLiteral: (node) => {
      if (node.kind === Kind.INT || node.kind === Kind.STRING) return node.value;
      throw bad('A BigInt must be decimal text or a whole number.', node);
    },
  });
  builder.scalarType('JSONObject', {
    description: 'A JSON object whose fields this schema does not know.',
    serialize: (value) => value,
    parseValue: () => {
      throw bad('A JSONObject is not taken as input.');
    },
  });
}
