// Chartbrew's TLS modes: which mode uses which settings, and which mode a create or an update must write.
import type { Values } from '../../../fields/values-by-key.ts';
import { sslModes } from '../dialects.ts';

/** The fields of the group `tls` that Chartbrew stores as files. */
export const TLS_FILES = ['ca', 'certificate', 'key'] as const;
export type TlsFile = (typeof TLS_FILES)[number];

/** Returns the group `tls` of a config; empty when it has none. */
export const tlsOf = (config: Values): Values => (config['tls'] ?? {}) as Values;

/** Checks whether Chartbrew verifies the server's certificate in this mode. */
export const verifiesCertificates = (mode: unknown): boolean =>
  typeof mode === 'string' && Object.hasOwn(sslModes, mode) && sslModes[mode] === true;

/** Checks whether a field has a value. For a stored secret, whose value is its status, checks whether it may be set. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== 'NOT_SET';

/**
 * Returns the weakest mode that uses all of these settings; undefined when every mode does. Chartbrew uses a client certificate
 * in verify-full only, and a CA certificate in verify-ca and verify-full.
 */
function modeThatUses(tls: Values): string | undefined {
  const verify = tls['verify'] === true;
  const [hasCertificate, hasKey] = [isSet(tls['certificate']), isSet(tls['key'])];
  if ((hasCertificate && hasKey) || ((hasCertificate || hasKey) && verify)) return 'verify-full';
  return verify || isSet(tls['ca']) ? 'verify-ca' : undefined;
}

/** Returns the mode that a create writes; undefined for Chartbrew's default, `require`. */
export const modeOf = (tls: Values): string | undefined => {
  const { mode, verify } = tls;
  if (typeof mode === 'string') return mode;
  return verify === false ? 'require' : modeThatUses(tls);
};

/** Returns how much a mode verifies: 2 for the certificate and the host name, 1 for the certificate, 0 for nothing. */
const strengthOf = (mode: unknown): number => (mode === 'verify-full' ? 2 : verifiesCertificates(mode) ? 1 : 0);

const isReplaced = (change: unknown): boolean => isSet((change as Values | null | undefined)?.['replace']);

/** Returns the mode that an update must write; undefined to keep the stored mode. */
function modeAfterUpdate(provided: Values, current: Values): string | undefined {
  const { mode, verify, enabled } = provided;
  if (typeof mode === 'string') return undefined;
  if (verify === false) return current['verify'] === false ? undefined : 'require';
  if ((enabled ?? current['enabled']) !== true) return undefined;
  const replaced = TLS_FILES.filter((name) => isReplaced(provided[name]));
  const isTurnedOn = enabled === true && current['enabled'] !== true;
  if (verify === true || replaced.length > 0) {
    const files = Object.fromEntries(TLS_FILES.map((name) => [name, replaced.includes(name) ? true : current[name]]));
    const needed = modeThatUses({ ...files, verify });
    // Files alone never make Chartbrew verify less than it does now.
    if (strengthOf(needed) > strengthOf(current['mode'])) return needed;
  }
  return isTurnedOn && current['mode'] === 'disable' ? 'require' : undefined;
}

/**
 * Returns the config that an update must write so that the provided TLS settings have an effect; empty to keep the stored mode.
 * @param provided the group `tls` as the caller sent it.
 * @param current the group `tls` as Chartbrew reports it.
 */
export function impliedMode(provided: Values, current: Values): Values {
  const mode = modeAfterUpdate(provided, current);
  return mode === undefined ? {} : { tls: { mode } };
}
