// The command `audit-tag`: prints the tag of a secret in the audit log.
import { loadAuditConfig } from '../config/parse-config.ts';
import { tagOfText } from '../observability/audit-log.ts';
import { env, print, readValue, UsageError } from './process.ts';

/** Runs the command. @throws UsageError when the configuration has no key, or standard input no value. */
export async function printAuditTag(path: string | undefined): Promise<void> {
  const { key } = path ? await loadAuditConfig(path, env) : {};
  if (!key) {
    throw new UsageError(
      'There is no audit.key. Without it, each process uses a random key, and its tags cannot be computed. Configure audit.key, and name the file with --config FILE or PATCHBAY_CONFIG.',
    );
  }
  print(tagOfText(await readValue(), key.current()));
}
