// Parses the section `auth`. What the schema cannot say is checked here: which parts each mode needs.
import { createPublicKey } from 'node:crypto';
import { isIP } from 'node:net';
import * as z from 'zod';
import { authSchema, tokenSchema, type JwtConfig, type TokenConfig } from './auth-schema.ts';
import { isRecord, parseSection, resolveSection, type ParseContext } from './parse-section.ts';
import { readTextFile } from './text-file.ts';

export type AuthConfig =
  | { readonly mode: 'none'; readonly insecure: boolean }
  | { readonly mode: 'tokens'; readonly tokens: readonly TokenConfig[] }
  | { readonly mode: 'jwt'; readonly jwt: JwtConfig };

/** Returns whether only this machine can reach an address. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Returns the problems of an entry of `auth.tokens`. */
export function tokenProblems(entry: Readonly<Record<string, unknown>>): readonly string[] {
  const problems: string[] = [];
  parseSection(tokenSchema, entry, [], { environment: {}, problems, warnings: [], variables: new Set() });
  return problems;
}

const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

const isPublicKey = (key: Readonly<Record<string, unknown>>): boolean => {
  try {
    createPublicKey({ key, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
};

/** Returns what is wrong with a file of keys; null when it holds a key. An issuer may publish keys of unknown kinds among others. */
function keyFileProblem(path: string): string | null {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    return (error as Error).message;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'must name a JSON file with the keys of the issuer: {"keys": […]}';
  }
  const parsed = keySetSchema.safeParse(json);
  if (!parsed.success) return 'must name a JSON file with the keys of the issuer: {"keys": […]}';
  return parsed.data.keys.some(isPublicKey) ? null : 'names a file that holds no public key of an issuer';
}

function jwtProblems({ jwksUrl, jwksFile, allowInsecureHttp }: JwtConfig): string[] {
  if ((jwksUrl === undefined) === (jwksFile === undefined)) return ['auth.jwt: needs either jwksUrl or jwksFile'];
  if (jwksUrl === undefined) {
    const problem = keyFileProblem(jwksFile ?? '');
    return problem === null ? [] : [`auth.jwt.jwksFile: ${problem}`];
  }
  const { protocol, hostname, username, password } = new URL(jwksUrl);
  const isInsecure = protocol === 'http:' && !allowInsecureHttp && !isLoopback(hostname.replaceAll(/[[\]]/g, ''));
  return [
    ...(isInsecure ? ['auth.jwt.jwksUrl: must use https, unless allowInsecureHttp is true'] : []),
    ...(username !== '' || password !== '' ? ['auth.jwt.jwksUrl: must not hold a user or a password'] : []),
  ];
}

/** Returns a problem for each entry whose token is that of an earlier entry: only one of them could have an effect. */
const repeatedTokens = (tokens: readonly TokenConfig[]): string[] =>
  tokens.flatMap(({ hash }, index) =>
    tokens.findIndex((other) => other.hash === hash) < index
      ? [`auth.tokens[${index}].hash: is that of another entry; make a token for each`]
      : [],
  );

/** Returns the section; null after it reports the problems to the context. */
export function parseAuth(raw: unknown, reading: ParseContext): AuthConfig | null {
  const { problems } = reading;
  if (raw !== undefined && raw !== null && !isRecord(raw)) problems.push('auth: must be a mapping');
  const filled = resolveSection(authSchema, isRecord(raw) ? raw : {}, ['auth'], reading);
  const parsed = parseSection(authSchema, filled, ['auth'], reading);
  if (!parsed) return null;
  const { mode, insecure, tokens, jwt } = parsed;
  if (tokens && mode !== 'tokens') problems.push(`auth.tokens: has no effect with mode ${mode}`);
  if (jwt && mode !== 'jwt') problems.push(`auth.jwt: has no effect with mode ${mode}`);
  if (insecure && mode !== 'none') problems.push(`auth.insecure: has no effect with mode ${mode}`);
  if (mode === 'none') return { mode, insecure };
  if (mode === 'tokens') {
    problems.push(...repeatedTokens(tokens ?? []));
    if (tokens && tokens.length > 0) return { mode, tokens };
    problems.push('auth.tokens: must hold at least one token; the command `token create` makes one');
    return null;
  }
  if (!jwt) {
    problems.push('auth.jwt: is missing');
    return null;
  }
  const found = jwtProblems(jwt);
  problems.push(...found);
  return found.length === 0 ? { mode, jwt } : null;
}
