import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { choice, credentialSecret, group, oneOf, text, url } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';
import { secretEntries } from './entries.ts';

const basic = group(
  'BasicAuthentication',
  'Basic authentication: a user name and a password in the Authorization header.',
  {
    username: text('The user name of the basic authentication.', {
      isRequired: true,
      role: 'username',
      example: 'reports',
    }),
    password: credentialSecret('The password that is sent with the user name in the Authorization header.'),
  },
  { outputName: 'BasicAuthentication' },
);
const bearer = credentialSecret('The bearer token that is sent in the Authorization header.');

const kind = choice(
  'ApiAuthenticationKind',
  'The authentication method of the requests to an API.',
  {
    NONE: 'The requests are not authenticated.',
    BASIC: 'The requests use basic authentication with a user name and a password.',
    BEARER: 'The requests use a bearer token.',
    OTHER: 'The requests use a method that this schema does not know.',
  },
  { isAlwaysReported: true },
);

export const api = defineDialect('api', {
  typeName: 'Api',
  label: 'HTTP API',
  description: 'A JSON API that is reached over HTTP.',
  fields: z.object({
    baseUrl: url('The URL before the path of every request. Send credentials in `authentication` or `headers`.', {
      role: 'host',
      example: 'https://api.example.com/v1',
    }),
    authentication: oneOf(
      'ApiAuthentication',
      'The authentication of the requests, if they need one.',
      { basic, bearer },
      {
        safeToChange: SAFE_REASONS.signIn,
        reportedIfNone: { kind: 'NONE' },
        readAs: group(
          'ApiAuthentication',
          'The authentication of the requests.',
          { kind, basic, bearer },
          { outputName: 'ApiAuthentication' },
        ),
      },
    ),
    headers: secretEntries('The HTTP headers that are sent with every request.'),
  }),
});
