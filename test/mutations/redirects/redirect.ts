// The types of the redirect cases: an update that redirects a saved connection, in four variants, typed by hand from
// the vendors' notes.
import type { DialectKey } from '../../contract/create-case.ts';
import type { CreateInput } from '../../support/create-connection.ts';
import type { VendorName } from '../../support/gateway.ts';

export type Values = Readonly<Record<string, unknown>>;

/** The config of the dialect, and the options of the vendor. */
export interface Settings {
  readonly config?: Values;
  readonly options?: Values;
}

export interface Attempt {
  readonly change: Settings;
  /** The issues as `path CODE` without `input`, in alphabetical order. Nothing is written then. */
  readonly issues?: readonly string[];
  /** The JSON that is written when there are no issues. */
  readonly sends?: Values;
  /** The parts of the upload and their texts. */
  readonly files?: Values;
}

export interface Redirect {
  readonly vendor: VendorName;
  readonly dialect: DialectKey;
  readonly field: string;
  /** The saved settings, with secrets. */
  readonly saved: Settings;
  /** The updates, in order. */
  readonly attempts: readonly Attempt[];
}

const isGroup = (value: unknown): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Returns both values merged, group by group. */
export function merged(one: Values = {}, other: Values = {}): Values {
  const both = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isGroup(before) && isGroup(value) ? merged(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

export const joined = (one: Settings, other: Settings): Settings => ({
  config: merged(one.config, other.config),
  options: merged(one.options, other.options),
});

export const createInput = ({ vendor, dialect, saved: first }: Redirect): CreateInput => ({
  instance: vendor,
  name: 'moving',
  config: { [dialect]: first.config ?? {} },
  ...(first.options && { options: { [vendor]: first.options } }),
});

export const updateInput = (id: string, { vendor, dialect }: Redirect, { config, options }: Settings): Values => ({
  id,
  ...(config && { config: { [dialect]: config } }),
  ...(options && Object.keys(options).length > 0 && { options: { [vendor]: options } }),
});
