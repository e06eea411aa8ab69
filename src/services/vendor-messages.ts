// Makes a vendor's message fit to show: without the secrets that it may quote. That is possible only for a call that sent a draft,
// because all its secrets are known. Of other calls, whose secrets only the vendor has, the message is never shown.
import { sentSecrets } from '../domain/audit-entry.ts';
import type { Draft } from '../domain/connection.ts';
import { ValidationError, VendorError } from '../domain/errors.ts';
import type { VendorMessage } from '../domain/issue.ts';

/** Returns a function that sets `vendorMessage` to the vendor's text without the secrets of the draft. */
export function redactWith({ config, options }: Draft): <T extends VendorMessage>(holder: T) => T {
  const secrets = sentSecrets({ config, options }, 'input').map(({ secret }) => secret);
  return (holder) => ({ ...holder, vendorMessage: holder.vendorText?.redacted(secrets) ?? null });
}

/** Runs a call that sends a draft; when it fails, the error gets the redacted vendor message. @throws what the call throws */
export async function withVendorMessages<T>(draft: Draft, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const redact = redactWith(draft);
    if (error instanceof ValidationError) throw new ValidationError(error.issues.map(redact));
    if (error instanceof VendorError) {
      error.vendorMessage = redact<VendorMessage>({ vendorText: error.vendorText }).vendorMessage ?? null;
    }
    throw error;
  }
}
