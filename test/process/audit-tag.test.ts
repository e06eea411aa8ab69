// `audit-tag` prints the tag of a value on standard input. The expected tags were made with openssl, like those of the audit's tests.
import { describe, expect, it } from 'vitest';
import { failed, useProcesses } from './run.ts';

const { start, file } = useProcesses();

const PW_SECRET_1 = 'hmac-sha256:Ex0R4SjO7ckIHrEZ3hcqvmY8pNLDn7Atm9qL03xf2Zk';
const CUT = 'One newline at the end of the value was removed.\n';

// The vendor's credential is missing: a tag does not need it.
const config = async (audit: string) =>
  file(
    `${encodeURIComponent(audit)}.yaml`,
    `audit: ${audit}\ninstances: [{ key: omni, vendor: omni, baseUrl: "http://127.0.0.1:9/api", apiKey: "\${NOWHERE}" }]\n`,
  );

describe.concurrent('audit-tag', { timeout: 120_000 }, () => {
  it.each([
    ['as it is', 'pw"secret-4\nä', 'hmac-sha256:mhIejLbhYzyy6_9t0EGquGQK5YmDsYbQfx5Xm5hr87c', ''],
    ['without the newline at its end, and says so', 'pw-secret-1\r\n', PW_SECRET_1, CUT],
    [
      'without the last of its newlines',
      'pw-secret-1\n\n',
      'hmac-sha256:CVAzctVrq2zo_eFCd-9VafS3xmCmEl-1GDi9YbR4MHM',
      CUT,
    ],
  ])('audit-tag prints the tag of a value %s', async (_how, input, tag, note) => {
    const path = await config('{ key: "${AUDIT_KEY}" }');
    const run = start(['audit-tag', '--config', path], { input, env: { AUDIT_KEY: 'audit-key-1' } });
    expect(await run.ended).toBe(0);
    expect(run.printed).toEqual({ stdout: `${tag}\n`, stderr: note });
  });

  it('audit-tag reads the key from a mounted file, and the configuration from PATCHBAY_CONFIG', async () => {
    const key = await file('audit-key', 'audit-key-1\n');
    const path = await config(`{ key: "\${file:${key}}" }`);
    const run = start(['audit-tag'], { input: 'pw-secret-1\n', env: { PATCHBAY_CONFIG: path } });
    expect(await run.ended).toBe(0);
    expect(run.printed).toEqual({ stdout: `${PW_SECRET_1}\n`, stderr: CUT });
  });

  it('audit-tag says that it cannot compute tags without a key or a configuration', async () => {
    const input = 'pw-secret-1';
    for (const args of [[], ['--config', await config('{}')]]) {
      expect(await failed(start(['audit-tag', ...args], { input }))).toMatch(
        /^There is no audit\.key\. Without it, .* Configure audit\.key, /,
      );
    }
  });

  it('audit-tag reports mistakes in the configuration of the key by their paths', async () => {
    const run = start(['audit-tag', '--config', await config('{ key: "${AUDIT_KEY}", kye: 1 }')]);
    expect(await failed(run)).toBe(
      [
        'The configuration cannot be used:',
        '  audit.key: needs the environment variable AUDIT_KEY, which is not set',
        '  audit.kye: unknown key',
        '',
      ].join('\n'),
    );
  });

  it('audit-tag refuses a value as an argument and does not repeat it', async () => {
    const printed = await failed(start(['audit-tag', 'pw-secret-1', '--config', await config('{ key: audit-key-1 }')]));
    expect(printed).toBe('There is no such command or argument. Try `patchbay --help`.\n');
  });

  it.each([
    ['nothing', '', 'Standard input is empty.\n'],
    ['bytes that are not UTF-8', Buffer.from([0x70, 0xff]), 'The value on standard input must be UTF-8 text.\n'],
  ])('audit-tag refuses %s on standard input', async (_what, input, message) => {
    const run = start(['audit-tag', '--config', await config('{ key: audit-key-1 }')], { input });
    expect(await failed(run)).toBe(message);
  });
});
