// Lists of named values, as HTTP headers and the options of a URL are.
import { group, list, secret, text } from '../fields/fields.ts';

/** Named values any of which may be a credential. */
export const secretEntries = (description: string) =>
  list(
    description,
    group(
      'SecretEntry',
      'A named value that may be a credential: an HTTP header, an option in a URL.',
      {
        name: text('Name of the header or option.', { required: true, told: true, example: 'X-Api-Key' }),
        value: secret('What the name stands for; never shown again.', { required: true, form: 'entry' }),
      },
      { outputName: 'MaskedEntry' },
    ),
  );
