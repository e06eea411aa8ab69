// The field definition for lists of named values, such as HTTP headers and URL options.
import { group, list, secret, text } from '../fields/define-fields.ts';

/** Returns a list of named values. Each value is a secret, because it may be a credential. */
export const secretEntries = (description: string) =>
  list(
    description,
    group(
      'SecretEntry',
      'A named value that may be a credential, such as an HTTP header or a URL option.',
      {
        name: text('The name of the header or option.', {
          isRequired: true,
          isAlwaysReported: true,
          example: 'X-Api-Key',
        }),
        value: secret('The value of the header or option. It is a secret and is never returned.', {
          isRequired: true,
          format: 'entry',
        }),
      },
      { outputName: 'MaskedEntry' },
    ),
  );
