// The words in which a walk over all of a vendor's fields is written: each by its name on the wire, with samples of how
// it is written and read. The values are typed by hand in the lists; nothing here knows a vendor or looks into src/.
import { getNamedType, isInputObjectType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';

export type Values = Readonly<Record<string, unknown>>;

/** A way to write a field. */
export interface Take {
  readonly kind: 'take';
  /** The coordinate and its type, as the schema has them: `PostgresInput.port: Int`. */
  readonly at: string;
  /** What is put into CreateConnectionInput, by path; the first is the field itself. */
  readonly put: Values;
  readonly sends: unknown;
  /** The base input that it is put into. */
  readonly on: string;
  /** The value is a part of the second call instead. */
  readonly isFile?: boolean;
}

/** A way to read a field. */
export interface Tell {
  readonly kind: 'tell';
  readonly at: string;
  /** What the vendor's row has; undefined for nothing. */
  readonly raw: unknown;
  /** Where in Connection it is told. */
  readonly path: string;
  readonly told: unknown;
  /** The base row that it is put into. */
  readonly on: string;
  /** Where in the row it stands, where that is not the field's own place. */
  readonly place?: string;
}

/** A line of the field map. */
export interface Field {
  /** The vendor's name, as the map has it. */
  readonly wire: string;
  /** Where it is in the vendor's JSON, steps joined by dots. */
  readonly place: string;
  readonly takes: readonly Take[];
  readonly tells: readonly Tell[];
}

/** A field that the map leaves out. */
export interface Exception {
  /** The vendor's name, from any step of its path on. */
  readonly wire: string;
  /** In the map's words. */
  readonly why: string;
  /** The vendor's words of the dialects where it is left out; all of them when missing. */
  readonly of?: readonly string[];
  /** What a row may have there and nothing may tell; missing where it is only not written. */
  readonly unread?: { readonly on: string; readonly place: string; readonly raw: unknown };
}

/** All that one vendor takes and tells of a connection. */
export interface VendorFields {
  /** Where its own word for the dialect is. */
  readonly word: string;
  readonly fields: readonly Field[];
  readonly exceptions: readonly Exception[];
  /** What is required, as `config` of a create, for each dialect or way to sign in. */
  readonly inputs: Readonly<Record<string, Values>>;
  /** The least that a row has, but for its name and id. */
  readonly rows: Readonly<Record<string, Values>>;
}

type TakeMore = Partial<Pick<Take, 'on' | 'isFile'>> & { readonly beside?: Values };

const dialectIn = (path: string): string | undefined => /^config\.([^.]+)/.exec(path)?.[1];

/** A value put at a path of the input comes out as this on the wire; without a path in config, on postgres. */
export function takes(at: string, path: string, value: unknown, sends: unknown, more: TakeMore = {}): Take {
  const { beside, ...rest } = more;
  return { kind: 'take', at, put: { [path]: value, ...beside }, sends, on: dialectIn(path) ?? 'postgres', ...rest };
}

/** A raw value of a row is told as this at a path of Connection; on postgres unless said otherwise. */
export const tells = (
  at: string,
  raw: unknown,
  path: string,
  told: unknown,
  more: Partial<Pick<Tell, 'on' | 'place'>> = {},
): Tell => ({ kind: 'tell', at, raw, path, told, on: 'postgres', ...more });

export const field = (wire: string, samples: readonly (Take | Tell)[], place: string = wire): Field => ({
  wire,
  place,
  takes: samples.filter((sample) => sample.kind === 'take'),
  tells: samples.filter((sample) => sample.kind === 'tell'),
});

/** The value at a path through objects and lists; undefined where the path ends early. */
export const at = (values: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? (value as Values)[step] : undefined),
      values,
    );

/** A copy with values put at their paths; an empty object only opens the place. */
export function withValues(base: Values, put: Values): Record<string, unknown> {
  const copy = structuredClone(base) as Record<string, unknown>;
  for (const [path, value] of Object.entries(put)) {
    const steps = path.split('.');
    const last = steps.pop() ?? path;
    let place = copy;
    for (const step of steps) place = (place[step] ??= {}) as Record<string, unknown>;
    const isOpening = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    place[last] = isOpening ? (place[last] ?? {}) : value;
  }
  return copy;
}

/** The last coordinate on a path from a type on, with its type; `values` say which member a union is. */
export function coordinateOf(schema: GraphQLSchema, root: string, path: string, values: unknown): string {
  let type = schema.getType(root);
  let found = '';
  let place = '';
  for (const step of path.split('.')) {
    if (isUnionType(type)) type = schema.getType(String(at(values, `${place}__typename`)));
    place += `${step}.`;
    if (/^\d+$/.test(step) || step === '__typename') continue;
    const known = isObjectType(type) || isInputObjectType(type) ? type.getFields()[step] : undefined;
    if (!known) return `nothing at ${path}`;
    found = `${type?.name}.${step}: ${String(known.type)}`;
    type = getNamedType(known.type);
  }
  return found;
}

/** Every path of a body, without the numbers of lists. */
export function pathsOf(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(pathsOf);
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => [key, ...pathsOf(value).map((path) => `${key}.${path}`)]);
}

/** Whether a name, or the end of a path, is among the paths of a body. */
export const isSent = (body: unknown, wire: string): boolean =>
  pathsOf(body).some((path) => path === wire || path.endsWith(`.${wire}`));
