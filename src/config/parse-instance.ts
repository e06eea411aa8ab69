// Parses the configuration of one instance by the schema of its vendor, and checks what the schema cannot.
import type { HttpSettings } from '../http/settings.ts';
import type { VendorModule } from '../vendors/define-vendor.ts';
import { instanceSchema } from './config-schema.ts';
import { resolveSection, isRecord, parseSection, formatPath, type Path, type ParseContext } from './parse-section.ts';
import { readTextFile } from './text-file.ts';

export interface InstanceConfig {
  readonly key: string;
  readonly label: string;
  readonly vendor: VendorModule;
  readonly http: HttpSettings;
  readonly cache: { readonly ttlMs: number; readonly staleMs: number };
  /** The maximum number of requests per minute; undefined for no limit. */
  readonly perMinute: number | undefined;
  /** Whether the vendor is sent the id of the trace; undefined for the setting of all instances. */
  readonly propagateTrace: boolean | undefined;
  /** The parsed section. The vendor's keys are in it, defined by the vendor's `settings`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Returns what is wrong with a URL; null when it is valid. */
function urlProblem(text: string, allowInsecureHttp: boolean): string | null {
  if (!URL.canParse(text)) return 'is not a valid URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not hold credentials; use the keys for credentials';
  if (url.search !== '' || url.hash !== '') return 'must not have a query or fragment';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'must begin with https://';
  if (LOOPBACK.test(url.hostname) || allowInsecureHttp) return null;
  return 'must begin with https:// (http is allowed for this machine only; allowInsecureHttp: true allows it for any)';
}

/** A section whose references are resolved. */
type ResolvedSection = Readonly<Record<string, unknown>>;

function checkUrls(
  section: ResolvedSection,
  vendor: VendorModule,
  path: Path,
  { problems, warnings }: ParseContext,
): void {
  const { baseUrl, proxy, allowInsecureHttp } = section;
  const report = (list: string[], key: string, what: string) =>
    void list.push(`${formatPath([...path, key])}: ${what}`);
  const check = (key: string, value: unknown, mayBeHttp: boolean): URL | null => {
    if (typeof value !== 'string') return null;
    const problem = urlProblem(value, mayBeHttp);
    if (problem !== null) report(problems, key, problem);
    return problem === null ? new URL(value) : null;
  };
  const base = check('baseUrl', baseUrl, allowInsecureHttp === true);
  const { problem, warning } = (base && vendor.reviewBaseUrl?.(base)) ?? {};
  if (problem !== undefined) report(problems, 'baseUrl', problem);
  if (warning !== undefined) report(warnings, 'baseUrl', warning);
  check('proxy', proxy, true);
}

function readCaFile({ caFile }: ResolvedSection, path: Path, { problems }: ParseContext): string | undefined {
  if (typeof caFile !== 'string') return undefined;
  try {
    const pem = readTextFile(caFile);
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
    throw new Error('holds no PEM certificate');
  } catch (error) {
    problems.push(`${formatPath([...path, 'caFile'])}: ${(error as Error).message}`);
    return undefined;
  }
}

/** Removes the slash at the end, because request paths are appended. */
const withoutTrailingSlash = (baseUrl: string): string => baseUrl.replace(/\/+$/, '');

/** Returns one instance; null after it reports the problems to the context. */
export function parseInstance(
  raw: unknown,
  path: Path,
  vendors: readonly VendorModule[],
  reading: ParseContext,
): InstanceConfig | null {
  const { problems } = reading;
  const vendor = isRecord(raw) ? vendors.find(({ kind }) => kind === raw['vendor']) : undefined;
  if (!isRecord(raw) || !vendor) {
    const kinds = vendors.map(({ kind }) => kind).join(', ');
    problems.push(`${formatPath([...path, 'vendor'])}: must be one of ${kinds}`);
    return null;
  }
  const schema = instanceSchema(vendor);
  const section = resolveSection(schema, raw, path, reading);
  const parsed = parseSection(schema, section, path, reading);
  // Checks the keys that are provided even when others are missing, so that all problems are reported together.
  checkUrls(section, vendor, path, reading);
  const ca = readCaFile(section, path, reading);
  const conflict = vendor.settingsProblem?.(section);
  if (conflict) problems.push(`${formatPath(path)}: ${conflict}`);
  if (!parsed) return null;
  const { key, label, baseUrl, timeouts, proxy, cache, rateLimit, breaker, limits, tracing } = parsed;
  return {
    key,
    label: label ?? key,
    vendor,
    settings: parsed,
    http: {
      baseUrl: withoutTrailingSlash(baseUrl),
      timeouts,
      ca,
      proxy,
      breaker,
      maxListBytes: limits.listMb * 1_000_000,
    },
    cache: { ttlMs: cache.ttlMs ?? vendor.listTtlMs ?? 0, staleMs: cache.staleMs },
    perMinute: rateLimit.perMinute ?? vendor.perMinute,
    propagateTrace: tracing.propagate,
  };
}
