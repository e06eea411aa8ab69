// testConnection: a test of a saved connection. When the database refuses, the mutation still succeeds: the test ran.
import { testConnection, type ConnectionTest, type TestInput } from '../../services/test-connection.ts';
import { testNamesField } from '../inputs/test-names.ts';
import { locationOf } from '../../services/registry.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { testRef } from '../types/connection-test.ts';
import { TEST_ERRORS } from '../types/errors.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { warningRef } from '../types/written-connection.ts';
import { addMutation } from './add-mutation.ts';
import { noIssues } from './run-mutation.ts';

const SUCCESS = 'TestConnectionSuccess';

/** The result of both mutations that test a connection. */
export interface TestResult {
  readonly success: string;
  readonly result: ResultUnion<ConnectionTest>;
}

function addResult(schemaContext: SchemaContext): TestResult {
  const Success = schemaContext.builder.objectRef<ConnectionTest>(SUCCESS).implement({
    description: 'The test ran. Whether the connection works is in `test.outcome`.',
    fields: (t) => ({
      test: t.field({
        type: testRef(schemaContext),
        description: 'The test, with its outcome and its checks.',
        resolve: (test) => test,
      }),
      warnings: t.expose('warnings', {
        type: [warningRef(schemaContext)],
        description:
          'Remarks about the tested settings, for example about a setting that has no effect. Empty for a saved connection.',
      }),
    }),
  });
  const description = 'The result of a test: its outcome, or the reason why it could not be run.';
  return {
    success: SUCCESS,
    result: resultUnion(schemaContext, 'TestConnectionResult', description, Success, TEST_ERRORS),
  };
}

/** Adds the mutation. Returns the result that it shares with `testConnectionConfig`. */
export function addTestConnection(schemaContext: SchemaContext): TestResult {
  const shared = addResult(schemaContext);
  const Input = schemaContext.builder.inputRef<TestInput>('TestConnectionInput').implement({
    description: 'The saved connection to test, and the checks to run.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Global id of the connection to test.' }),
      tests: testNamesField(t),
    }),
  });
  addMutation(schemaContext, {
    name: 'testConnection',
    description: 'Tests a saved connection with the secrets that its vendor stores. It changes nothing.',
    input: Input,
    inputDescription: 'The connection to test, and the checks to run.',
    ...shared,
    requires: { actions: ['connections:test'], at: (registry, { id }) => [locationOf(registry, id)?.instance] },
    plan: noIssues,
    run: async ({ registry }, _plan, input) => testConnection(registry, input),
  });
  return shared;
}
