// The TLS settings of a database connection. They are the same group of fields in every dialect that has them.
import { credentialSecret, flag, group, secret, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';

export const tlsSettings = group(
  'Tls',
  'The TLS encryption between the vendor and the database.',
  {
    enabled: flag('Whether the connection to the database is encrypted.', { safeToTurnOn: SAFE_REASONS.stricter }),
    verify: flag(
      "Whether the vendor verifies the server's certificate. With false it accepts any certificate. Looker calls this verify_ssl; Omni's trustServerCertificate is the opposite.",
      { safeToTurnOn: SAFE_REASONS.stricter },
    ),
    mode: text(
      "Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. If it is left out, Patchbay derives it from `verify` and the certificates.",
      { example: 'verify-full' },
    ),
    ca: secret('The certificate of the authority to trust, as PEM text. Chartbrew accepts at most 1 MiB.', {
      format: 'certificate',
    }),
    certificate: credentialSecret('The client certificate, as PEM text. Chartbrew accepts at most 1 MiB.', {
      format: 'certificate',
    }),
    key: credentialSecret(
      'The private key of the client certificate, as PEM text without a passphrase. Chartbrew accepts at most 1 MiB.',
      { format: 'tlsKey' },
    ),
  },
  { switchedBy: 'enabled' },
);
