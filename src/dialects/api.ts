import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { choice, credentialSecret, group, oneOf, text, url } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';
import { secretEntries } from './entries.ts';

const basic = group(
  'BasicAuthentication',
  'User name and password in the Authorization header.',
  {
    username: text('User name.', { isRequired: true, role: 'username', example: 'reports' }),
    password: credentialSecret('Password of that user.'),
  },
  { outputName: 'BasicAuthentication' },
);
const bearer = credentialSecret('Token that is sent as a bearer token.');

const kind = choice(
  'ApiAuthenticationKind',
  'How requests to an API sign in.',
  {
    NONE: 'They do not sign in.',
    BASIC: 'By user name and password.',
    BEARER: 'By a bearer token.',
    OTHER: 'In a way that this schema does not know.',
  },
  { isAlwaysReported: true },
);

export const api = defineDialect('api', {
  typeName: 'Api',
  label: 'HTTP API',
  description: 'A JSON API over HTTP.',
  fields: z.object({
    baseUrl: url('Address before every path. Credentials go into `authentication` or `headers`.', {
      role: 'host',
      example: 'https://api.example.com/v1',
    }),
    authentication: oneOf(
      'ApiAuthentication',
      'How requests sign in; not at all when left out.',
      { basic, bearer },
      {
        safeToChange: SAFE_REASONS.signIn,
        readAs: group(
          'ApiAuthentication',
          'How requests sign in.',
          { kind, basic, bearer },
          {
            outputName: 'ApiAuthentication',
          },
        ),
      },
    ),
    headers: secretEntries('Headers that go with every request.'),
  }),
});
