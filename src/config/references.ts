// `${NAME}` and `${file:path}` in the configuration: filled from the environment and from mounted files. A credential is
// wrapped as soon as it is read.
import { readFileSync } from 'node:fs';
import type { Credential } from '../domain/credential.ts';
import { Secret } from '../domain/secret.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const readText = (path: string): string => readFileSync(path, 'utf8');

const REFERENCE = /\$\{(file:)?([^}]*)\}/g;

/** Names of the environment's variables that a text refers to. */
export const variablesOf = (template: string): string[] =>
  Array.from(template.matchAll(REFERENCE)).flatMap(([, file, name = '']) => (file ? [] : [name]));

/** Fills `${NAME}` and `${file:path}`. @throws Error whose message says which could not be filled. */
export function fill(template: string, environment: Environment): string {
  return template.replace(REFERENCE, (_match, file: string | undefined, name: string) => {
    if (file) {
      try {
        return readText(name).trimEnd();
      } catch {
        throw new Error('names a file that cannot be read');
      }
    }
    const value = environment[name];
    if (value === undefined || value === '')
      throw new Error(`needs the environment variable ${name}, which is not set`);
    return value;
  });
}

/** Control characters in a credential would break the header that carries it. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

export function createCredential(template: string, environment: Environment): Credential {
  // Of its own: the variables are gone from the environment by the time that it is read again.
  const own = Object.fromEntries(variablesOf(template).map((name) => [name, environment[name]]));
  const make = (): string => {
    const text = fill(template, own);
    if (!SENDABLE.test(text)) throw new Error('must be printable ASCII text without blanks around it');
    return text;
  };
  let text = make();
  let secret = new Secret(text);
  return {
    current: () => secret,
    // Only a mounted file can have changed since the start.
    reload: async () => {
      try {
        const fresh = make();
        if (fresh === text) return false;
        text = fresh;
        secret = new Secret(fresh);
        return true;
      } catch {
        return false;
      }
    },
  };
}
