// The scalars. SecretString wraps a secret as soon as it arrives, and never returns one.
import { GraphQLError, Kind, type ASTNode } from 'graphql';
import { Secret } from '../../secrets/secret.ts';
import type { SchemaContext } from '../schema-builder.ts';

const bad = (message: string, node?: ASTNode) =>
  new GraphQLError(message, { nodes: node ?? null, extensions: { code: 'BAD_USER_INPUT' } });

/** The error for a secret that is written into the document. Documents are stored in caches, registries and traces. */
export const SECRET_LITERAL_MESSAGE = 'A SecretString must be sent in a variable, never written into the document.';

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Adds the scalars SecretString, DateTime, BigInt and JSONObject. */
export function addScalars({ builder }: SchemaContext): void {
  builder.scalarType('SecretString', {
    description:
      'A text that is accepted as input and never returned. It must be sent in a variable; a literal in the document is refused. Errors about it never repeat its value.',
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
    description:
      'A point in time, as a text in the format of RFC 3339. An output is in UTC with milliseconds: "2026-01-31T12:00:00.000Z". An input may have another time zone.',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
    serialize: (value) => {
      if (value instanceof Date) return value.toISOString();
      throw new Error('A DateTime is a Date here.');
    },
    parseValue: (value) => {
      const time = typeof value === 'string' && RFC_3339.test(value) ? new Date(value) : null;
      if (time && !Number.isNaN(time.getTime())) return time;
      throw bad('A DateTime must be text in the format of RFC 3339 with a time zone, such as 2026-01-31T12:00:00Z.');
    },
  });
  builder.scalarType('BigInt', {
    description:
      'A whole number of any size, as a decimal text. Byte limits can be larger than the numbers that JSON holds exactly.',
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
    description: 'A JSON object whose fields this schema does not define, such as a JSON Schema.',
    serialize: (value) => value,
    parseValue: () => {
      throw bad('A JSONObject is not taken as input.');
    },
  });
}
