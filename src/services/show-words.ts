// Shows a vendor's words to the caller, where all secrets are known that they could quote: those of a draft, which makes or tries
// something new. What the vendor holds nobody here knows, so of every other call they stay unread.
import { sentSecrets } from '../domain/audit-entry.ts';
import type { Draft } from '../domain/connection.ts';
import { ValidationError, VendorError } from '../domain/errors.ts';
import type { VendorMessage } from '../domain/issue.ts';

/** Puts beside what a vendor said what of it may be shown to the one who sent the draft. */
export function wordsFor({ config, options }: Draft): <T extends VendorMessage>(said: T) => T {
  const secrets = sentSecrets({ config, options }, 'input').map(({ secret }) => secret);
  return (said) => ({ ...said, vendorMessage: said.vendorText?.redacted(secrets) ?? null });
}

/** Asks a vendor for what a draft says; a failure then tells it in the vendor's words too. */
export async function showingWords<T>(draft: Draft, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const show = wordsFor(draft);
    if (error instanceof ValidationError) throw new ValidationError(error.issues.map(show));
    if (error instanceof VendorError) {
      error.vendorMessage = show<VendorMessage>({ vendorText: error.vendorText }).vendorMessage ?? null;
    }
    throw error;
  }
}
