// Reviews TLS settings for Chartbrew: finds settings that contradict each other and settings that have no effect.
import type { Warning } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import type { FieldKey, Values } from '../../../fields/values-by-key.ts';
import { configPath } from '../../../domain/input-paths.ts';
import type { DialectSupport } from '../../../domain/dialect-support.ts';
import { sslModes } from '../dialects.ts';
import { isSet, modeOf, TLS_FILES, tlsOf, verifiesCertificates, type TlsFile } from './tls-modes.ts';

const ONLY_WHEN_ENABLED = 'Chartbrew encrypts the connection and uses the other TLS fields only when this is true.';

/** Checks whether the settings ask for something that only an encrypted connection has. */
const needsEncryption = (provided: Values): boolean =>
  TLS_FILES.some((name) => isSet(provided[name])) ||
  provided['verify'] === true ||
  verifiesCertificates(provided['mode']);

/** Checks whether settings are provided that have no effect because encryption is not enabled. */
function needsEnabled(isEncrypted: boolean, provided: Values): boolean {
  const { enabled, ...settings } = provided;
  const isTurnedOff = enabled === false && !needsEncryption(provided);
  return !isEncrypted && !isTurnedOff && Object.values(settings).some((value) => value !== undefined);
}

/**
 * Returns the issues of TLS settings that contradict each other. Chartbrew reports a mode for every server, encrypted or not, so
 * only the provided settings count.
 * @param tls the group `tls` as it would be saved.
 * @param allProvided the group `tls` as the caller sent it.
 */
export function reviewTls({ dialect, fields }: DialectSupport, tls: Values, allProvided: Values): ValidationIssue[] {
  const pathOf = (name: string) => configPath(dialect.key, `tls.${name}`);
  const provided = Object.fromEntries(Object.entries(allProvided).filter(([name]) => `tls.${name}` in fields));
  const { mode, verify } = provided;
  const isEncrypted = tls['enabled'] === true;
  const issues: ValidationIssue[] = [];
  if (needsEnabled(isEncrypted, provided)) issues.push(issue(pathOf('enabled'), 'REQUIRED', ONLY_WHEN_ENABLED));
  if (isEncrypted && mode === 'disable') {
    const message =
      'It contradicts `tls.enabled`, with which Chartbrew would encrypt. Set `tls.enabled` to false instead.';
    issues.push(issue(pathOf('mode'), 'EXCLUSIVE', message));
  }
  const modeVerifies = typeof mode === 'string' && Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined;
  if (modeVerifies !== undefined && verify !== undefined && modeVerifies !== verify) {
    issues.push(issue(pathOf('verify'), 'EXCLUSIVE', 'It contradicts `tls.mode`. Provide only one of the two.'));
  }
  return issues;
}

const CA_NOT_USED =
  'Chartbrew uses it only in the modes verify-ca and verify-full; in other modes it is stored and not used.';
const CERTIFICATE_NOT_USED =
  'Chartbrew uses it only in the mode verify-full; in other modes it is stored and not used.';
const OTHER_HALF = { certificate: 'key', key: 'certificate' } as const;
const PREFER_IS_REQUIRE = 'Chartbrew treats `prefer` like `require`: it never connects without encryption.';

/** Returns why a file has no effect in the mode of the group; null when it has an effect. */
function whyUnused(name: TlsFile, tls: Values): string | null {
  const { mode } = tls;
  if (name === 'ca') return verifiesCertificates(mode) ? null : CA_NOT_USED;
  const half = OTHER_HALF[name];
  if (!isSet(tls[half])) return `Chartbrew cannot present a client certificate without \`tls.${half}\`.`;
  return mode === 'verify-full' ? null : CERTIFICATE_NOT_USED;
}

type Finding = readonly [key: FieldKey, message: string];

/** Returns the provided settings that have no effect, each with the reason. */
function unusedSettings(tls: Values, provided: Values): Finding[] {
  const found = TLS_FILES.filter((name) => isSet(provided[name])).flatMap((name): Finding[] => {
    const why = whyUnused(name, tls);
    return why === null ? [] : [[`tls.${name}`, why]];
  });
  return provided['mode'] === 'prefer' ? [...found, ['tls.mode', PREFER_IS_REQUIRE]] : found;
}

/** Returns a finding when a provided setting makes Chartbrew stop using stored files. */
function unusedStoredFiles(tls: Values, provided: Values): Finding[] {
  const cause = ['verify', 'enabled', 'mode'].find((name) => provided[name] !== undefined);
  const unused = TLS_FILES.filter((name) => isSet(tls[name]) && !isSet(provided[name]) && whyUnused(name, tls));
  if (cause === undefined || unused.length === 0) return [];
  const names = unused.map((name) => `\`tls.${name}\``).join(', ');
  return [[`tls.${cause}`, `Chartbrew does not use the stored ${names} in this mode.`]];
}

const ALWAYS_ENCRYPTED = 'Chartbrew always encrypts connections to Timescale, whatever the value of this field.';

/**
 * Returns a warning for each TLS setting that has no effect.
 * @param config the config as it would be saved, in which a stored secret is its status.
 * @param providedConfig the config as the caller sent it.
 */
export function tlsWarnings({ dialect, fields }: DialectSupport, config: Values, providedConfig: Values): Warning[] {
  if (!('tls.mode' in fields)) return [];
  const [stored, provided] = [tlsOf(config), tlsOf(providedConfig)];
  const tls = { ...stored, mode: stored['mode'] ?? modeOf(stored) };
  const isForced = config['flavor'] === 'TIMESCALE' && provided['enabled'] === false;
  const found: Finding[] = isForced ? [['tls.enabled', ALWAYS_ENCRYPTED]] : [];
  if (stored['enabled'] === true) found.push(...unusedSettings(tls, provided), ...unusedStoredFiles(tls, provided));
  return found.map(([key, message]) => ({ path: configPath(dialect.key, key), code: 'FIELD_IGNORED', message }));
}
