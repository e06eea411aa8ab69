// What Chartbrew does with the settings of TLS: which mode uses what was given, what contradicts, and what has no effect.
import type { Warning } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { FieldKey, Values } from '../../fields/fields.ts';
import { configPath, issue } from '../../domain/support.ts';
import type { DialectSupport } from '../../domain/vendor.ts';
import { sslModes } from './dialects.ts';

const FILES = ['ca', 'certificate', 'key'] as const;
const PAIR = ['certificate', 'key'] as const;

export const tlsOf = (config: Values): Values => (config['tls'] ?? {}) as Values;

const checksCertificates = (mode: unknown): boolean =>
  typeof mode === 'string' && Object.hasOwn(sslModes, mode) && sslModes[mode] === true;

/** Whether a value is given, or a secret may be stored; a status tells the latter. */
export const isThere = (value: unknown): boolean => value !== undefined && value !== null && value !== 'NOT_SET';

/** The mode that uses the files: a client certificate is presented in verify-full alone, an authority in both that verify. */
function modeThatUses(tls: Values): string | undefined {
  const verify = tls['verify'] === true;
  const halves = PAIR.filter((name) => isThere(tls[name])).length;
  if (halves === 2 || (halves === 1 && verify)) return 'verify-full';
  return verify || isThere(tls['ca']) ? 'verify-ca' : undefined;
}

/** The mode of a new connection; undefined for the vendor's own, `require`. */
export const modeOf = (tls: Values): string | undefined => {
  const { mode, verify } = tls;
  if (typeof mode === 'string') return mode;
  return verify === false ? 'require' : modeThatUses(tls);
};

const strengthOf = (mode: unknown): number => (mode === 'verify-full' ? 2 : checksCertificates(mode) ? 1 : 0);

const isReplaced = (value: unknown): boolean => isThere((value as Values | null | undefined)?.['replace']);

/** The mode that a change needs; undefined for the one that is stored. It never verifies less, unless the caller says so. */
function modeAfter(given: Values, told: Values): string | undefined {
  const { mode, verify, enabled } = given;
  if (typeof mode === 'string') return undefined;
  if (verify === false) return told['verify'] === false ? undefined : 'require';
  if ((enabled ?? told['enabled']) !== true) return undefined;
  const replaced = FILES.filter((name) => isReplaced(given[name]));
  const isTurnedOn = enabled === true && told['enabled'] !== true;
  if (verify === true || replaced.length > 0) {
    const files = Object.fromEntries(FILES.map((name) => [name, replaced.includes(name) ? true : told[name]]));
    const wanted = modeThatUses({ ...files, verify });
    if (strengthOf(wanted) > strengthOf(told['mode'])) return wanted;
  }
  return isTurnedOn && told['mode'] === 'disable' ? 'require' : undefined;
}

/**
 * The mode that is written along with a change.
 * @param given the group as the caller sent it, told as Chartbrew has it now.
 */
export function impliedMode(given: Values, told: Values): Values {
  const mode = modeAfter(given, told);
  return mode === undefined ? {} : { tls: { mode } };
}

const ONLY_WHEN_ENABLED = 'Chartbrew encrypts only when this is true; the rest says how.';

/** Whether settings without encryption say something that only encryption can do. */
const needsEncryption = (given: Values): boolean =>
  FILES.some((name) => isThere(given[name])) || given['verify'] === true || checksCertificates(given['mode']);

/**
 * What contradicts. A read tells a mode of every server, encrypted or not: so of a change only what it sets counts.
 * @param tls as it is to be. @param said what was given of it.
 */
export function reviewTls({ dialect, fields }: DialectSupport, tls: Values, said: Values): ValidationIssue[] {
  const at = (name: string) => configPath(dialect.key, `tls.${name}`);
  const taken = Object.fromEntries(Object.entries(said).filter(([name]) => `tls.${name}` in fields));
  const { enabled, mode, verify, ...files } = taken;
  const issues: ValidationIssue[] = [];
  const isEncrypted = tls['enabled'] === true;
  const isOffInWords = enabled === false && !needsEncryption(taken);
  if (!isEncrypted && !isOffInWords && [mode, verify, ...Object.values(files)].some((one) => one !== undefined)) {
    issues.push(issue(at('enabled'), 'REQUIRED', ONLY_WHEN_ENABLED));
  }
  if (isEncrypted && mode === 'disable') {
    const message = 'It contradicts `tls.enabled`: Chartbrew would encrypt. Set `tls.enabled` to false in its place.';
    issues.push(issue(at('mode'), 'EXCLUSIVE', message));
  }
  const checks = typeof mode === 'string' && Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined;
  if (checks !== undefined && verify !== undefined && checks !== verify) {
    issues.push(issue(at('verify'), 'EXCLUSIVE', 'It contradicts `tls.mode`; give one of them.'));
  }
  return issues;
}

const NOT_LOOKED_AT = 'Chartbrew looks at it in the modes verify-ca and verify-full alone; it is stored and not used.';
const NOT_PRESENTED = 'Chartbrew presents it in the mode verify-full alone; it is stored and not used.';
const OTHER_HALF = { certificate: 'key', key: 'certificate' } as const;
const AS_REQUIRE = 'Chartbrew encrypts with `prefer` as with `require`: it never connects in plain text.';

/** Why a file has no effect in the mode that holds; null where it has one. */
function whyUnused(name: (typeof FILES)[number], mode: unknown, tls: Values): string | null {
  if (name === 'ca') return checksCertificates(mode) ? null : NOT_LOOKED_AT;
  const half = OTHER_HALF[name];
  if (!isThere(tls[half])) return `Chartbrew has nothing to present without \`tls.${half}\`.`;
  return mode === 'verify-full' ? null : NOT_PRESENTED;
}

/** Of what is given the part that has no effect, with the reason. */
function unused(tls: Values, said: Values): [FieldKey, string][] {
  const { mode } = tls;
  const found = FILES.filter((name) => isThere(said[name])).flatMap((name): [FieldKey, string][] => {
    const why = whyUnused(name, mode, tls);
    return why === null ? [] : [[`tls.${name}`, why]];
  });
  if (said['mode'] === 'prefer') found.push(['tls.mode', AS_REQUIRE]);
  const by = ['verify', 'enabled', 'mode'].find((name) => said[name] !== undefined);
  const left = FILES.filter((name) => isThere(tls[name]) && !isThere(said[name]) && whyUnused(name, mode, tls));
  if (by !== undefined && left.length > 0) {
    const names = left.map((name) => `\`tls.${name}\``).join(', ');
    found.push([`tls.${by}`, `Chartbrew does not use the stored ${names} in this mode.`]);
  }
  return found;
}

const ALWAYS_ENCRYPTED = 'Chartbrew encrypts connections to Timescale whatever this says.';

/** @param config as it is to be, a stored secret as its status; `said` what was given of it. */
export function tlsWarnings({ dialect, fields }: DialectSupport, config: Values, said: Values): Warning[] {
  const [tls, given] = [tlsOf(config), tlsOf(said)];
  if (!('tls.mode' in fields)) return [];
  const isForced = config['flavor'] === 'TIMESCALE' && given['enabled'] === false;
  const found: [FieldKey, string][] = isForced ? [['tls.enabled', ALWAYS_ENCRYPTED]] : [];
  if (tls['enabled'] === true) found.push(...unused({ ...tls, mode: tls['mode'] ?? modeOf(tls) }, given));
  return found.map(([key, message]) => ({ path: configPath(dialect.key, key), code: 'FIELD_IGNORED', message }));
}
