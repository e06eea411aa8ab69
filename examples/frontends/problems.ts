// What a form shows when a mutation was refused.
import type { CreateConnectionMutation } from './generated/graphql.ts';

/** Sentences by the path of the field in the input; the empty path is for the form as a whole. */
export type Problems = Readonly<Record<string, string>>;

/** Returns what a form shows; null after a success. The compiler knows the fields of each member of the union. */
export function problemsOf(result: CreateConnectionMutation['createConnection']): Problems | null {
  switch (result.__typename) {
    case 'CreateConnectionSuccess':
      return null;
    case 'ValidationError':
      return Object.fromEntries(result.issues.map(({ path, message }) => [path.join('.'), message]));
    default:
      return { '': `${result.message} (request ${result.requestId})` };
  }
}
