// Types and builders for the lists of all fields of a vendor. Each field has its wire name and samples of how it is written and read.
// The values are typed by hand in the lists. This file knows no vendor and imports nothing from src/.
import { getNamedType, isInputObjectType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';

export type Values = Readonly<Record<string, unknown>>;

/** A sample that writes a field. */
export interface WriteSample {
  readonly kind: 'take';
  /** The schema coordinate with its type, such as `PostgresInput.port: Int`. */
  readonly coordinate: string;
  /** The values to set in CreateConnectionInput, by path. The first is the field itself. */
  readonly put: Values;
  readonly sends: unknown;
  /** The key of the base input, in VendorFields.inputs. */
  readonly on: string;
  /** Whether the value is sent as a file, in a second call. */
  readonly isFile?: boolean;
}

/** A sample that reads a field. */
export interface ReadSample {
  readonly kind: 'tell';
  readonly coordinate: string;
  /** The value in the vendor's row. Undefined: the row does not have the field. */
  readonly raw: unknown;
  /** The path in Connection at which the value is reported. */
  readonly path: string;
  readonly reported: unknown;
  /** The key of the base row, in VendorFields.rows. */
  readonly on: string;
  /** The path in the row, when it differs from the field's own. */
  readonly wirePath?: string;
}

/** A field in the field map of the vendor's documentation. */
export interface Field {
  /** The wire name, as the field map spells it. */
  readonly wire: string;
  /** The path in the vendor's JSON, joined by dots. */
  readonly wirePath: string;
  readonly writeSamples: readonly WriteSample[];
  readonly readSamples: readonly ReadSample[];
}

/** A vendor field that Patchbay leaves out on purpose. */
export interface Exception {
  /** The wire name, or the end of the wire path. */
  readonly wire: string;
  /** The reason, quoted from the field map. */
  readonly why: string;
  /** The vendor's names of the dialects for which the field is left out. Default: all. */
  readonly of?: readonly string[];
  /** A value that no read may return. Missing when the field is only not written. */
  readonly unread?: { readonly on: string; readonly wirePath: string; readonly raw: unknown };
}

/** All fields of a connection that one vendor accepts or returns. */
export interface VendorFields {
  /** The path of the vendor's name for the dialect. */
  readonly dialectWirePath: string;
  readonly fields: readonly Field[];
  readonly exceptions: readonly Exception[];
  /** A minimal `config` of a create, by dialect or sign-in method. */
  readonly inputs: Readonly<Record<string, Values>>;
  /** A minimal row without name and id, by dialect or variant. */
  readonly rows: Readonly<Record<string, Values>>;
}

type WriteSampleOptions = Partial<Pick<WriteSample, 'on' | 'isFile'>> & { readonly beside?: Values };

const dialectIn = (path: string): string | undefined => /^config\.([^.]+)/.exec(path)?.[1];

/** Returns a sample of a write: `value` at `path` of the input is sent as `sends`. The dialect is that of the path, or postgres. */
export function writeSample(
  coordinate: string,
  path: string,
  value: unknown,
  sends: unknown,
  more: WriteSampleOptions = {},
): WriteSample {
  const { beside, ...rest } = more;
  return {
    kind: 'take',
    coordinate,
    put: { [path]: value, ...beside },
    sends,
    on: dialectIn(path) ?? 'postgres',
    ...rest,
  };
}

/** Returns a sample of a read: `raw` in the row is reported as `reported` at `path` of Connection. The default dialect is postgres. */
export const readSample = (
  coordinate: string,
  raw: unknown,
  path: string,
  reported: unknown,
  more: Partial<Pick<ReadSample, 'on' | 'wirePath'>> = {},
): ReadSample => ({ kind: 'tell', coordinate, raw, path, reported, on: 'postgres', ...more });

export const field = (
  wire: string,
  samples: readonly (WriteSample | ReadSample)[],
  wirePath: string = wire,
): Field => ({
  wire,
  wirePath,
  writeSamples: samples.filter((sample) => sample.kind === 'take'),
  readSamples: samples.filter((sample) => sample.kind === 'tell'),
});

/** Returns the value at a path through objects and lists, or undefined when the path does not exist. */
export const valueAt = (values: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? (value as Values)[step] : undefined),
      values,
    );

/** Returns a copy with values set at their paths. An empty object does not replace a value that is already there. */
export function withValues(base: Values, put: Values): Record<string, unknown> {
  const copy = structuredClone(base) as Record<string, unknown>;
  for (const [path, value] of Object.entries(put)) {
    const steps = path.split('.');
    const last = steps.pop() ?? path;
    let parent = copy;
    for (const step of steps) parent = (parent[step] ??= {}) as Record<string, unknown>;
    const isEmptyObject = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    parent[last] = isEmptyObject ? (parent[last] ?? {}) : value;
  }
  return copy;
}

/**
 * Returns the schema coordinate, with its type, at the end of a path that starts at the type `root`.
 * @param values the data at that path: their `__typename` resolves unions.
 */
export function coordinateOf(schema: GraphQLSchema, root: string, path: string, values: unknown): string {
  let type = schema.getType(root);
  let coordinate = '';
  let parentPath = '';
  for (const step of path.split('.')) {
    if (isUnionType(type)) type = schema.getType(String(valueAt(values, `${parentPath}__typename`)));
    parentPath += `${step}.`;
    if (/^\d+$/.test(step) || step === '__typename') continue;
    const definition = isObjectType(type) || isInputObjectType(type) ? type.getFields()[step] : undefined;
    if (!definition) return `nothing at ${path}`;
    coordinate = `${type?.name}.${step}: ${String(definition.type)}`;
    type = getNamedType(definition.type);
  }
  return coordinate;
}

/** Returns every path of a body, without list indexes. */
export function pathsOf(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(pathsOf);
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => [key, ...pathsOf(value).map((path) => `${key}.${path}`)]);
}

/** Returns whether a body has a path that equals the wire name or ends with it. */
export const isSent = (body: unknown, wire: string): boolean =>
  pathsOf(body).some((path) => path === wire || path.endsWith(`.${wire}`));
