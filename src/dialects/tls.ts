// Encryption of the line between a vendor and a database: the same group of fields in every dialect that has it.
import { credentialSecret, flag, group, secret, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';

export const tlsSettings = group(
  'Tls',
  'Encryption of the line between vendor and database.',
  {
    enabled: flag('Whether the line is encrypted.', { safeToTurnOn: SAFE_REASONS.stricter }),
    verify: flag(
      "Whether the server's certificate is checked; false takes any certificate (Looker: verify_ssl; Omni: the opposite of trustServerCertificate).",
      { safeToTurnOn: SAFE_REASONS.stricter },
    ),
    mode: text(
      "Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. Left out, it is the one that uses the files and `verify` that are given.",
      { example: 'verify-full' },
    ),
    ca: secret('Certificate authority to trust, as PEM text. Chartbrew takes it in a second call (at most 1 MiB).', {
      form: 'certificate',
    }),
    certificate: credentialSecret(
      'Client certificate, as PEM text. Chartbrew takes it in a second call (at most 1 MiB).',
      { form: 'certificate' },
    ),
    key: credentialSecret(
      'Private key of the client certificate, as PEM text without a passphrase. Chartbrew takes it in a second call (at most 1 MiB).',
      { form: 'tlsKey' },
    ),
  },
  { switchedBy: 'enabled' },
);
