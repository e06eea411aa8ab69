// testConnectionConfig: a test of settings that are not saved.
import { connectionName } from '../../fields/define-fields.ts';
import { planConfigTest, testConnectionConfig, type TestConfigInput } from '../../services/test-connection.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import { testNamesField } from '../inputs/test-names.ts';
import { findInstance } from '../../services/registry.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { addMutation } from './add-mutation.ts';
import type { TestResult } from './test-connection.ts';

/** Adds the mutation. */
export function addTestConnectionConfig(
  schemaContext: SchemaContext,
  { Config, Options }: SettingsInputs,
  shared: TestResult,
): void {
  const Input = schemaContext.builder.inputRef<TestConfigInput>('TestConnectionConfigInput').implement({
    description:
      'The settings to test: everything that `createConnection` accepts, except that no name is needed. Stored secrets are not used, so every secret that the connection needs must be sent.',
    fields: (t) => ({
      instance: t.id({ required: true, description: 'The instance that runs the test, by its key or its id.' }),
      name: t.string({
        description: 'The name that the connection would have. It is optional: no vendor needs it for a test.',
        validate: { type: 'string', schema: connectionName() },
      }),
      config: t.field({
        type: Config,
        required: true,
        description: 'The settings to test, in the field of their dialect.',
      }),
      options: t.field({
        type: Options,
        description:
          'Options that only the vendor of the instance accepts, in the field of the vendor. When it is left out, no option is set.',
      }),
      tests: testNamesField(t),
    }),
  });
  addMutation(schemaContext, {
    name: 'testConnectionConfig',
    description: 'Tests settings of a connection without saving them. It changes nothing.',
    input: Input,
    inputDescription: 'The settings to test, the instance that runs the test, and the checks to run.',
    ...shared,
    requires: { actions: ['connections:test'], at: (registry, { instance }) => [findInstance(registry, instance)] },
    plan: ({ registry }, input) => planConfigTest(registry, input),
    run: async (_context, plan, input) => testConnectionConfig(plan, input.tests ?? null),
  });
}
