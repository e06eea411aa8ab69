// Lists of named values, as HTTP headers and the options of a URL are.
import { group, list, secret, text } from '../fields/define-fields.ts';

/** Named values any of which may be a credential. */
export const secretEntries = (description: string) =>
  list(
    description,
    group(
      'SecretEntry',
      'A named value that may be a credential: an HTTP header, an option in a URL.',
      {
        name: text('Name of the header or option.', { isRequired: true, isAlwaysReported: true, example: 'X-Api-Key' }),
        value: secret('What the name stands for; never shown again.', { isRequired: true, form: 'entry' }),
      },
      { outputName: 'MaskedEntry' },
    ),
  );
