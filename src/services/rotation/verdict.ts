// Whether a secret may be written to a connection, by its own test and by those of the others of the rotation. It makes no call.
import type { RotationVerification } from './input.ts';
import { mayShareServer } from './server.ts';
import type { Ready, Trial } from './trial.ts';

export interface Verdict {
  readonly isWritten: boolean;
  /** Why it is not, or why it is without a test of its own. */
  readonly reason: string | null;
}

const no = (reason: string): Verdict => ({ isWritten: false, reason });

/**
 * Of a connection without a test of its own. A failed test speaks for every other connection that may lead to the same server as
 * the same user, and so does a passed one.
 */
export function verdictOn(
  { connection, untested }: Ready,
  trials: readonly Trial[],
  verification: RotationVerification,
): Verdict {
  const cannot = `The new secret cannot be tested here: ${untested}`;
  if (verification === 'PER_CONNECTION') {
    return no(`${cannot} \`verification: PER_CONNECTION\` writes nothing that has not passed a test of its own.`);
  }
  const others = trials.filter(({ outcome }) => outcome.connection && mayShareServer(connection, outcome.connection));
  const failed = others.find(({ outcome }) => outcome.status === 'VERIFICATION_FAILED');
  if (failed) {
    return no(`${cannot} At ${failed.outcome.id}, which may be the same user of the same server, it failed its test.`);
  }
  const passed = others.find(({ ready }) => ready !== null && ready.untested === null);
  if (passed) return { isWritten: true, reason: `${cannot} The test at ${passed.outcome.id} counts for it.` };
  return no(
    `${cannot} No other connection of this rotation to the same server passed a test; \`verification: NONE\` writes it untested.`,
  );
}
