// The type ConnectionTest: the result of one test of a connection, with its checks.
import { TEST_OUTCOMES, type TestCheck } from '../../domain/connection.ts';
import type { ConnectionTest } from '../../services/test-connection.ts';
import { sharedType } from '../derive-types.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';
import { VENDOR_MESSAGE } from './errors.ts';

const OUTCOMES = {
  PASSED: 'The test or check succeeded.',
  WARNED: 'The test or check neither succeeded nor failed; `vendorOutcome` has the result of the vendor.',
  FAILED: 'The test or check failed. `message` says why, as far as that is known.',
  SKIPPED: 'The test or check was not run.',
} as const satisfies Readonly<Record<(typeof TEST_OUTCOMES)[number], string>>;

const VENDOR_OUTCOME = `The result code of the vendor or of its database driver, if Patchbay knows the code: success, 28P01, ER_ACCESS_DENIED_ERROR, ECONNREFUSED and others. Null when there is no code, or when Patchbay does not know it.
Certificates have the codes of Node.js, whatever the driver: SELF_SIGNED_CERT_IN_CHAIN, DEPTH_ZERO_SELF_SIGNED_CERT, UNABLE_TO_VERIFY_LEAF_SIGNATURE, UNABLE_TO_GET_ISSUER_CERT_LOCALLY, CERT_HAS_EXPIRED, ERR_TLS_CERT_ALTNAME_INVALID. HANDSHAKE_SSL_ERROR is any other failure of TLS.
When a driver reports only a message, the code is one of Patchbay's own: CLIENT_CERTIFICATE_REQUIRED, SSH_AUTHENTICATION_FAILED, SSH_KEY_PASSPHRASE, SSH_KEY_UNREADABLE, SSH_HOST_NOT_FOUND, SSH_CONNECT, SSH_TIMEOUT, SSH_FORWARDING, SSH_FAILED.`;

const addOutcome = ({ builder }: SchemaContext) =>
  builder.enumType('TestOutcome', {
    description: 'The result of a test, or of one check of it.',
    values: describeValues(OUTCOMES),
  });

function makeTest(schemaContext: SchemaContext) {
  const { builder, Connection } = schemaContext;
  const Outcome = addOutcome(schemaContext);
  const Check = builder.objectRef<TestCheck>('TestCheck').implement({
    description: 'One check of a test, such as to connect or to run a query.',
    fields: (t) => ({
      name: t.exposeString('name', { description: "The vendor's name of the check." }),
      outcome: t.expose('outcome', { type: Outcome, description: 'Whether the check succeeded.' }),
      vendorOutcome: t.exposeString('vendorOutcome', { nullable: true, description: VENDOR_OUTCOME }),
      message: t.exposeString('message', {
        nullable: true,
        description: "Why the check has this outcome, in Patchbay's words. Null when there is nothing to add.",
      }),
      vendorMessage: t.string({
        nullable: true,
        description: VENDOR_MESSAGE,
        resolve: ({ vendorMessage }) => vendorMessage ?? null,
      }),
    }),
  });
  return builder.objectRef<ConnectionTest>('ConnectionTest').implement({
    description: 'A test of a connection that its vendor ran, with the result of each check.',
    fields: (t) => ({
      outcome: t.expose('outcome', {
        type: Outcome,
        description: 'The worst outcome of all checks: FAILED, WARNED, PASSED, in this order.',
      }),
      checks: t.expose('checks', {
        type: [Check],
        description: 'The checks that the vendor ran, with their outcomes.',
      }),
      durationMs: t.exposeInt('durationMs', {
        description: 'How long the vendor took for the whole test, in milliseconds.',
      }),
      connection: t.expose('connection', {
        type: Connection,
        nullable: true,
        description: 'The saved connection that was tested. Null when settings were tested that are not saved.',
      }),
    }),
  });
}

/** Returns the type ConnectionTest of a schema. */
export const testRef = (schemaContext: SchemaContext) =>
  sharedType(schemaContext, 'ConnectionTest', () => makeTest(schemaContext));
