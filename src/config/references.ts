// Resolves `${NAME}` and `${file:path}` in the configuration, from the environment and from mounted files. A credential is wrapped as
// soon as it is read.
import type { Credential } from '../secrets/credential.ts';
import { Secret } from '../secrets/secret.ts';
import { credentialProblem } from './credential-problems.ts';
import { readTextFile } from './text-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{(file:)?([^}]*)\}/g;
/** The valid names. Messages do not repeat any other name, because it may be a value in the wrong place. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Returns the names of the environment variables that a text references. */
export const variablesOf = (template: string): string[] =>
  Array.from(template.matchAll(REFERENCE)).flatMap(([, file, name = '']) => (file ? [] : [name]));

function valueOf(name: string, environment: Environment): string {
  if (!NAME.test(name)) throw new Error('holds a reference that is neither ${NAME} nor ${file:path}');
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`needs the environment variable ${name}, which is not set`);
  return value;
}

/**
 * Returns the text with its references replaced.
 * @throws Error with a message that names the reference that could not be resolved.
 */
export function resolveReferences(template: string, environment: Environment): string {
  if (template.replace(REFERENCE, '').includes('${')) throw new Error('holds a reference without its closing }');
  return template.replace(REFERENCE, (_match, file: string | undefined, name: string) =>
    file ? readTextFile(name).trimEnd() : valueOf(name, environment),
  );
}

/**
 * Returns the credential for a text with references.
 * @throws Error when a reference cannot be resolved or the result cannot be a credential.
 */
export function createCredential(template: string, environment: Environment): Credential {
  // A copy, because the variables are deleted from the environment before the credential is read again.
  const variables = Object.fromEntries(variablesOf(template).map((name) => [name, environment[name]]));
  const resolve = (): string => {
    const text = resolveReferences(template, variables);
    const problem = credentialProblem(text);
    if (problem !== null) throw new Error(problem);
    return text;
  };
  let text = resolve();
  let secret = new Secret(text);
  return {
    current: () => secret,
    // Only a mounted file can have changed.
    reload: async () => {
      try {
        const fresh = resolve();
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
