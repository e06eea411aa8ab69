// Host names that follow from another setting: the region of Athena, the account of Snowflake. Reading is the exact reverse of
// writing: a host gives a region only where that region is written as exactly this host.
import { isSameHost, normalizeHost, snowflakeHostOf } from '../../../formats/host.ts';

/** AWS partitions: the form of their region codes and the domain of their endpoints (from AWS's table of partitions). */
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

/** Returns the host of Athena in a region; null where the region is in no known partition. */
export function athenaHost(region: unknown): string | null {
  if (typeof region !== 'string') return null;
  const partition = AWS_PARTITIONS.find(([form]) => form.test(region));
  return partition ? `athena.${region}.${partition[1]}` : null;
}

/** Returns the region of a host of Athena; null for any other host. */
export function athenaRegion(host: string): string | null {
  const region = /^athena\.([a-z0-9-]+)\./.exec(normalizeHost(host))?.[1] ?? null;
  const expected = athenaHost(region);
  return expected !== null && isSameHost(expected, host) ? region : null;
}

/** Returns the host of Snowflake: the provided host, or the usual host of the account. Null where neither is provided. */
export function snowflakeHost(account: unknown, hostOverride: unknown): string | null {
  if (typeof hostOverride === 'string') return hostOverride;
  return typeof account === 'string' && account !== '' ? snowflakeHostOf(account) : null;
}
