// The schema of the section `auth`: how callers prove who they are, and what they may do.
import * as z from 'zod';
import { ACTIONS, parseScope } from '../domain/caller.ts';

/** The algorithms of JWTs that may be allowed. All are asymmetric: a key that verifies a token cannot sign one. */
export const JWT_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const scope = z.string().refine((text) => parseScope(text) !== null, {
  error: `must be a scope, such as connections:read or connections:write@omni-*; the actions are ${Object.keys(ACTIONS).join(', ')}`,
});

const scopes = z.array(scope).min(1, 'must hold at least one scope');

/** The schema of an entry of `tokens`. */
export const tokenSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be letters, digits, ., _ and -, at most 64')
    .describe('Name of the caller, in the audit and in `viewer`. Several tokens may have the same name.'),
  hash: z
    .string()
    .regex(/^sha256:[A-Za-z0-9_-]{43}$/, 'must be the hash that the command `token create` printed')
    .describe('Hash of the token. The token itself is stored nowhere.'),
  scopes: scopes.describe('What the caller may do.'),
  expiresAt: z.iso
    .datetime({ offset: true, error: 'must be an instant such as 2027-01-31T00:00:00Z' })
    .optional()
    .describe('When the token expires; default: never.'),
});

const jwt = z.strictObject({
  issuer: z.string().min(1, 'must not be empty').describe('The `iss` that a JWT must have.'),
  audience: z.string().min(1, 'must not be empty').describe('The `aud` that a JWT must have.'),
  algorithms: z
    .array(z.enum(JWT_ALGORITHMS))
    .min(1, 'must hold at least one algorithm')
    .default(['RS256'])
    .describe('The algorithms that are accepted; default RS256.'),
  jwksUrl: z
    .url({ protocol: /^https?$/, error: 'must be a URL' })
    .optional()
    .describe("URL of the issuer's keys. They are read again when a JWT has an unknown `kid`."),
  jwksFile: z
    .string()
    .min(1, 'must not be empty')
    .optional()
    .describe("File with the issuer's keys, instead of a URL."),
  allowInsecureHttp: z.boolean().default(false).describe('Allows http:// for a jwksUrl on another machine.'),
  clockSkewSeconds: z
    .int()
    .min(0, 'must be 0 or more')
    .max(300, 'must be 300 or less')
    .default(30)
    .describe("How far the issuer's clock may differ, in seconds; default 30."),
  scopesClaim: z
    .string()
    .min(1, 'must not be empty')
    .default('scope')
    .describe('The claim that holds the scopes: a text with blanks between them, or a list; default scope.'),
  scopeMap: z
    .record(z.string(), scopes)
    .default({})
    .describe('The scopes of values of the claim that are no scopes, such as groups.'),
  nameClaim: z.string().min(1, 'must not be empty').default('sub').describe('The claim with the name; default sub.'),
});

export const authSchema = z
  .strictObject({
    mode: z
      .enum(['none', 'tokens', 'jwt'])
      .default('none')
      .describe('How callers prove who they are: not at all, by a token of this file, or by a JWT; default none.'),
    insecure: z
      .boolean()
      .default(false)
      .describe('Allows mode none on an address that other machines can reach. Everyone there may do everything.'),
    tokens: z.array(tokenSchema).optional().describe('The tokens, for mode tokens.'),
    jwt: jwt.optional().describe('How JWTs are verified, for mode jwt.'),
  })
  .describe('Who may call the gateway.');

export type JwtConfig = z.output<typeof jwt>;
export type TokenConfig = z.output<typeof tokenSchema>;
