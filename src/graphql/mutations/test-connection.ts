// testConnection and testConnectionConfig: a database that refuses is a test that ran.
import { TEST_OUTCOMES, type TestCheck } from '../../domain/connection.ts';
import { connectionName } from '../../fields/define-fields.ts';
import {
  planConfigTest,
  testConnection,
  testConnectionConfig,
  type ConnectionTest,
  type TestConfigInput,
  type TestInput,
} from '../../services/test-connection.ts';
import { addMutation } from './add-mutation.ts';
import { noIssues } from './run-mutation.ts';
import { once } from '../derive.ts';
import { TEST_ERRORS, VENDOR_MESSAGE } from '../types/errors.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { resultUnion } from '../types/result-union.ts';
import { warningRef } from '../types/written-connection.ts';

const MEANINGS: Readonly<Record<(typeof TEST_OUTCOMES)[number], string>> = {
  PASSED: 'It went well.',
  WARNED: 'Neither well nor badly: see vendorOutcome.',
  FAILED: 'It went badly: the message says why, as far as that is known.',
  SKIPPED: 'It was not tried.',
};

const VENDOR_OUTCOME = `The vendor's or driver's own word or code, where it is a known one: success, 28P01, ER_ACCESS_DENIED_ERROR, ECONNREFUSED and others.
Certificates have Node's codes, whatever the driver: SELF_SIGNED_CERT_IN_CHAIN, DEPTH_ZERO_SELF_SIGNED_CERT, UNABLE_TO_VERIFY_LEAF_SIGNATURE, UNABLE_TO_GET_ISSUER_CERT_LOCALLY, CERT_HAS_EXPIRED, ERR_TLS_CERT_ALTNAME_INVALID; HANDSHAKE_SSL_ERROR is any other failure of TLS.
A driver that has words alone is told in Patchbay's codes: CLIENT_CERTIFICATE_REQUIRED, SSH_AUTHENTICATION_FAILED, SSH_KEY_PASSPHRASE, SSH_KEY_UNREADABLE, SSH_HOST_NOT_FOUND, SSH_CONNECT, SSH_TIMEOUT, SSH_FORWARDING, SSH_FAILED.`;

function makeTest({ builder, Connection }: SchemaContext) {
  const Outcome = builder.enumType('TestOutcome', {
    description: 'How a test went.',
    values: Object.fromEntries(TEST_OUTCOMES.map((one) => [one, { description: MEANINGS[one] }])),
  });
  const Check = builder.objectRef<TestCheck>('TestCheck').implement({
    description: 'One thing that was tried.',
    fields: (t) => ({
      name: t.exposeString('name', { nullable: false, description: "The vendor's name of it." }),
      outcome: t.field({
        type: Outcome,
        nullable: false,
        description: 'How it went.',
        resolve: ({ outcome }) => outcome as never,
      }),
      vendorOutcome: t.exposeString('vendorOutcome', { description: VENDOR_OUTCOME }),
      message: t.exposeString('message', {
        description: "Why, in Patchbay's words.",
      }),
      vendorMessage: t.string({
        description: VENDOR_MESSAGE,
        resolve: ({ vendorMessage }) => vendorMessage ?? null,
      }),
    }),
  });
  return builder.objectRef<ConnectionTest>('ConnectionTest').implement({
    description: 'A test that was run.',
    fields: (t) => ({
      outcome: t.field({
        type: Outcome,
        nullable: false,
        description: 'The worst of its checks.',
        resolve: ({ outcome }) => outcome as never,
      }),
      checks: t.field({
        type: [Check],
        nullable: false,
        description: 'What was tried.',
        resolve: ({ checks }) => [...checks],
      }),
      durationMs: t.exposeInt('durationMs', {
        nullable: false,
        description: 'How long the vendor took, in milliseconds.',
      }),
      connection: t.expose('connection', {
        type: Connection,
        description: 'The connection that was tested; null for settings that are not saved.',
      }),
    }),
  });
}

export const testRef = (schemaContext: SchemaContext) =>
  once(schemaContext, 'ConnectionTest', () => makeTest(schemaContext));

export function addTestConnection(schemaContext: SchemaContext, { Config, Options }: SettingsInputs): void {
  const { builder } = schemaContext;
  const Success = builder.objectRef<ConnectionTest>('TestConnectionSuccess').implement({
    description: 'The test ran. Whether it went well is `test.outcome`.',
    fields: (t) => ({
      test: t.field({
        type: testRef(schemaContext),
        nullable: false,
        description: 'What came of it.',
        resolve: (test) => test,
      }),
      warnings: t.field({
        type: [warningRef(schemaContext)],
        nullable: false,
        description: 'What is to be known of the settings, as what has no effect; none for a saved connection.',
        resolve: ({ warnings }) => [...warnings],
      }),
    }),
  });
  const description = 'What came of a test: how it went, or why it could not be run.';
  const Result = resultUnion(schemaContext, 'TestConnectionResult', description, Success, TEST_ERRORS);
  const tests =
    "What to try, by the vendor's names (Looker: connect, query, …); what it tries by itself when left out. A name that it does not know is a check that was SKIPPED.";
  const Input = builder.inputRef<TestInput>('TestConnectionInput').implement({
    description: 'The connection to be tested.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Which connection, by its global id.' }),
      tests: t.stringList({ description: tests }),
    }),
  });
  const ConfigInput = builder.inputRef<TestConfigInput>('TestConnectionConfigInput').implement({
    description:
      'Settings to be tested: all that `createConnection` takes, and no name needed. Nothing that is stored is used, so every secret that is to be used must be given.',
    fields: (t) => ({
      instance: t.id({ required: true, description: 'Key or id of the instance that is to test them.' }),
      name: t.string({
        description: 'Name that the connection would have; needed by none of the vendors.',
        validate: { type: 'string', schema: connectionName() },
      }),
      config: t.field({ type: Config, required: true, description: 'The settings, by dialect.' }) as never,
      options: t.field({ type: Options, description: 'What only its vendor takes.' }) as never,
      tests: t.stringList({ description: tests }),
    }),
  });
  addMutation(schemaContext, {
    name: 'testConnection',
    description: 'Tests a saved connection with the secrets that its vendor holds.',
    input: Input,
    inputDescription: 'Which one.',
    result: Result,
    success: Success.name,
    plan: noIssues,
    run: async ({ registry }, _plan, input) => testConnection(registry, input),
  });
  addMutation(schemaContext, {
    name: 'testConnectionConfig',
    description: 'Tests settings without saving them.',
    input: ConfigInput,
    inputDescription: 'What to test, and where.',
    result: Result,
    success: Success.name,
    plan: ({ registry }, input) => planConfigTest(registry, input),
    run: async (_context, plan, input) => testConnectionConfig(plan, input.tests ?? null),
  });
}
