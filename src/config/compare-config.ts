// Compares two configurations: which instances stay as they are when the file is read again, and what only a restart changes.
import { isDeepStrictEqual } from 'node:util';
import { isCredentialValue, type Credential } from '../secrets/credential.ts';
import type { GatewayConfig, InstanceConfig } from './parse-config.ts';

const credentialsOf = ({ settings }: InstanceConfig): [string, Credential][] =>
  Object.entries(settings).filter((entry): entry is [string, Credential] => isCredentialValue(entry[1]));

/** Returns everything of the configuration of an instance but its credentials. */
const withoutCredentials = ({ settings, ...rest }: InstanceConfig) => ({
  ...rest,
  settings: Object.fromEntries(Object.entries(settings).filter(([, value]) => !isCredentialValue(value))),
});

/** Returns whether two instances have the same credentials, as they were last read. */
export function haveSameCredentials(first: InstanceConfig, second: InstanceConfig): boolean {
  const others = new Map(credentialsOf(second));
  const own = credentialsOf(first);
  return (
    own.length === others.size &&
    own.every(([key, credential]) => {
      const other = others.get(key);
      return other !== undefined && credential.current().equals(other.current());
    })
  );
}

/** Returns whether two optional credentials are the same, as they were last read. */
const isSameCredential = (first: Credential | undefined, second: Credential | undefined): boolean =>
  first && second ? first.current().equals(second.current()) : first === second;

/** Returns whether nothing about an instance differs between two configurations. */
export const isSameInstance = (first: InstanceConfig, second: InstanceConfig): boolean =>
  isDeepStrictEqual(withoutCredentials(first), withoutCredentials(second)) && haveSameCredentials(first, second);

/** Returns the parts of the configuration that differ, and of which a running gateway keeps the first. */
export function partsThatNeedRestart(before: GatewayConfig, after: GatewayConfig): string[] {
  const parts: Readonly<Record<string, (config: GatewayConfig) => unknown>> = {
    'server.host': ({ server }) => server.host,
    'server.port': ({ server }) => server.port,
    'server.tls': ({ server }) => server.tls,
    'server.shutdownMs': ({ server }) => server.shutdownMs,
    'server.reloadOnChange': ({ server }) => server.reloadOnChange,
    federation: ({ federation }) => federation,
    log: ({ log }) => log,
    tracing: ({ tracing }) => tracing,
    operations: ({ operations }) => operations,
  };
  const changed = Object.keys(parts).filter((name) => !isDeepStrictEqual(parts[name]?.(before), parts[name]?.(after)));
  // A credential cannot be compared by its properties.
  const isSameStore = isSameCredential(before.store.address?.url, after.store.address?.url);
  return isSameStore ? changed : [...changed, 'store.url'];
}
