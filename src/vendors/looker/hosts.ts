// Hosts that follow from a setting: the region of Athena, the account of Snowflake. A read is the reverse of a write: a host tells a
// region only where that region would be written as exactly this host.
import { isSameHost, normalizeHost, snowflakeHostOf } from '../../formats/host.ts';

/** AWS partitions by the form of their region codes, with the domain of their endpoints (AWS's own table). */
const AWS_PARTITIONS: readonly (readonly [region: RegExp, domain: string])[] = [
  [/^(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/, 'amazonaws.com'],
  [/^us-gov-[a-z]+-\d+$/, 'amazonaws.com'],
  [/^cn-[a-z]+-\d+$/, 'amazonaws.com.cn'],
  [/^us-iso-[a-z]+-\d+$/, 'c2s.ic.gov'],
  [/^us-isob-[a-z]+-\d+$/, 'sc2s.sgov.gov'],
  [/^us-isof-[a-z]+-\d+$/, 'csp.hci.ic.gov'],
  [/^eu-isoe-[a-z]+-\d+$/, 'cloud.adc-e.uk'],
  [/^eusc-de-[a-z]+-\d+$/, 'amazonaws.eu'],
];

/** The host of Athena in a region; null for a region of a partition whose domain is not known. */
export function athenaHost(region: unknown): string | null {
  if (typeof region !== 'string') return null;
  const partition = AWS_PARTITIONS.find(([form]) => form.test(region));
  return partition ? `athena.${region}.${partition[1]}` : null;
}

export function athenaRegion(host: string): string | null {
  const region = /^athena\.([a-z0-9-]+)\./.exec(normalizeHost(host))?.[1] ?? null;
  const written = athenaHost(region);
  return written !== null && isSameHost(written, host) ? region : null;
}

/** The host of Snowflake: the given one, else that of the account; null where neither is known. */
export function snowflakeHost(account: unknown, hostOverride: unknown): string | null {
  if (typeof hostOverride === 'string') return hostOverride;
  return typeof account === 'string' && account !== '' ? snowflakeHostOf(account) : null;
}
