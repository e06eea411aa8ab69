// A change of where one saved connection leads, in the four ways in which a caller may ask for it; all of it typed by hand from
// the vendors' notes.
import type { DialectKey } from '../../contract/create-case.ts';
import type { CreateInput } from '../../support/create-connection.ts';
import type { VendorName } from '../../support/gateway.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Of the dialect's settings, and of what only the vendor takes. */
export interface Settings {
  readonly config?: Values;
  readonly options?: Values;
}

export interface Attempt {
  readonly change: Settings;
  /** `path CODE` without `input`, in alphabetical order; then nothing is written. */
  readonly issues?: readonly string[];
  /** The JSON that is written, when nothing stands against it. */
  readonly sends?: Values;
  /** Parts of the call that brings files, and their texts. */
  readonly files?: Values;
}

export interface Redirect {
  readonly vendor: VendorName;
  readonly dialect: DialectKey;
  readonly field: string;
  /** As it is saved, with its secrets. */
  readonly saved: Settings;
  /** In the order in which they are asked. */
  readonly attempts: readonly Attempt[];
}

const isGroup = (value: unknown): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Groups of the same name as one. */
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
