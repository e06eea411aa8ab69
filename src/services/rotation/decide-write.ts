// Decides whether the secret is written to a connection of which no test proves the secret. It makes no vendor call.
import type { RotationVerification } from './rotation-input.ts';
import { mayShareServer } from './database-server.ts';
import type { VerifiedConnection, WritableConnection } from './test-new-secret.ts';

export interface WriteDecision {
  readonly isWritten: boolean;
  /** The reason why the secret is not written, or why it is written although no test of this connection proves it. */
  readonly reason: string | null;
}

const refuse = (reason: string): WriteDecision => ({ isWritten: false, reason });

/**
 * Returns whether the secret is written to a connection of which no test proves the secret. The test of another connection counts for
 * it when both may lead to the same server as the same user.
 */
export function decideWrite(
  { connection, unprovenReason }: WritableConnection,
  verified: readonly VerifiedConnection[],
  verification: RotationVerification,
): WriteDecision {
  const cannot = `The new secret cannot be tested here: ${unprovenReason}`;
  if (verification === 'PER_CONNECTION') {
    return refuse(`${cannot} \`verification: PER_CONNECTION\` writes nothing that has not passed a test of its own.`);
  }
  const sameServer = verified.filter(
    ({ outcome }) => outcome.connection && mayShareServer(connection, outcome.connection),
  );
  const failed = sameServer.find(({ outcome }) => outcome.status === 'VERIFICATION_FAILED');
  if (failed) {
    const { id } = failed.outcome;
    return refuse(`${cannot} At ${id}, which may be the same user of the same server, it failed its test.`);
  }
  const passed = sameServer.find(({ isProven }) => isProven);
  if (passed) return { isWritten: true, reason: `${cannot} The test at ${passed.outcome.id} counts for it.` };
  return refuse(
    `${cannot} No other connection of this rotation to the same server passed a test; \`verification: NONE\` writes it untested.`,
  );
}
