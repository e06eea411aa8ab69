// Shows a vendor's message to the caller when it is free of secrets. That is known only for a call that sent a draft, because Patchbay
// then knows all secrets that the message may quote. The message of any other call is never shown: the vendor may quote a secret that
// only the vendor knows.
import { sentSecrets } from '../domain/audit-entry.ts';
import type { Draft } from '../domain/connection.ts';
import { ValidationError, VendorError } from '../domain/errors.ts';
import type { VendorMessage } from '../domain/issue.ts';

/** Returns a function that sets `vendorMessage` to the vendor text, or to null if the text may contain a secret of the draft. */
export function createVendorMessageAdder({ config, options }: Draft): <T extends VendorMessage>(holder: T) => T {
  const secrets = sentSecrets({ config, options }, 'input').map(({ secret }) => secret);
  return (holder) => ({ ...holder, vendorMessage: holder.vendorText?.shownUnlessSecret(secrets) ?? null });
}

/** Runs a call that sends a draft. @throws what the call throws, with the vendor message if it may be shown. */
export async function withVendorMessages<T>(draft: Draft, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const addVendorMessage = createVendorMessageAdder(draft);
    if (error instanceof ValidationError) throw new ValidationError(error.issues.map(addVendorMessage));
    if (error instanceof VendorError) {
      error.vendorMessage = addVendorMessage<VendorMessage>({ vendorText: error.vendorText }).vendorMessage ?? null;
    }
    throw error;
  }
}
