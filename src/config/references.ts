// `${NAME}` and `${file:path}` in the configuration: filled from the environment and from mounted files. A credential is
// wrapped as soon as it is read.
import type { Credential } from '../secrets/credential.ts';
import { Secret } from '../secrets/secret.ts';
import { credentialProblem } from './credential-problems.ts';
import { readTextFile } from './text-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{(file:)?([^}]*)\}/g;
/** Any other name may be a value in the wrong place, as a default behind `:-` is; it is not repeated. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of the environment's variables that a text refers to. */
export const variablesOf = (template: string): string[] =>
  Array.from(template.matchAll(REFERENCE)).flatMap(([, file, name = '']) => (file ? [] : [name]));

function valueOf(name: string, environment: Environment): string {
  if (!NAME.test(name)) throw new Error('holds a reference that is neither ${NAME} nor ${file:path}');
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`needs the environment variable ${name}, which is not set`);
  return value;
}

/** Fills `${NAME}` and `${file:path}`. @throws Error whose message says which could not be filled. */
export function resolveReferences(template: string, environment: Environment): string {
  if (template.replace(REFERENCE, '').includes('${'))
    throw new Error('holds a reference that does not end: } is missing');
  return template.replace(REFERENCE, (_match, file: string | undefined, name: string) =>
    file ? readTextFile(name).trimEnd() : valueOf(name, environment),
  );
}

export function createCredential(template: string, environment: Environment): Credential {
  // Of its own: the variables are gone from the environment by the time that it is read again.
  const own = Object.fromEntries(variablesOf(template).map((name) => [name, environment[name]]));
  const make = (): string => {
    const text = resolveReferences(template, own);
    const problem = credentialProblem(text);
    if (problem !== null) throw new Error(problem);
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
