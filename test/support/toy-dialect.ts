// A dialect that exists only in the tests. It is one file, as a new dialect would be: no host, but a path and a token.
import * as z from 'zod';
import { defineDialect } from '../../src/fields/dialect.ts';
import { choice, credentialSecret, text } from '../../src/fields/define-fields.ts';

export const duckling = defineDialect('duckling', {
  typeName: 'Duckling',
  label: 'Duckling',
  description: 'A small database in a file.',
  fields: z.object({
    path: text('File that holds the database.', { role: 'database' }),
    mood: choice('DucklingMood', 'How eagerly it writes to disk.', {
      CALM: 'At the end of a transaction.',
      EAGER: 'After every statement.',
    }),
    token: credentialSecret('Token that opens the file.'),
  }),
});
