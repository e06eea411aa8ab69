// What a vendor's folder exports: the port's static half with the settings it needs and the way to connect.
import * as z from 'zod';
import { isCredentialValue, type Credential } from '../secrets/credential.ts';
import type { InstanceApi, Vendor } from '../domain/vendor.ts';
import type { HttpClient } from '../http/client.ts';

/** What a vendor's adapter needs to know of its instance. */
export interface AdapterContext<S> {
  readonly settings: S;
  readonly http: HttpClient;
  /** How messages name the instance. */
  readonly label: string;
}

/** A problem says that the address can never work. */
export interface BaseUrlReview {
  readonly problem?: string;
  readonly warning?: string;
}

export interface VendorModule extends Vendor {
  /** What an instance of this vendor needs in the configuration beside what all have; credentials by `credential()`. */
  readonly settings: z.ZodObject;
  /** What is wrong with settings that may each be right alone; null when nothing is. */
  settingsProblem?(settings: Readonly<Record<string, unknown>>): string | null;
  /** What is wrong, or may be wrong, with the address of an instance: with its path above all. */
  reviewBaseUrl?(url: URL): BaseUrlReview;
  connect(place: AdapterContext<unknown>): InstanceApi;
  /** Requests that one credential may make in a minute, by the vendor's documents. */
  readonly perMinute?: number;
  /** How long a list that was read serves others, unless the configuration says otherwise. */
  readonly listTtlMs?: number;
}

/** Keeps the type of the settings together with the adapter that takes them. */
export const defineVendor = <S extends z.ZodObject>(
  module: Omit<VendorModule, 'settings' | 'connect'> & {
    readonly settings: S;
    connect(place: AdapterContext<z.output<S>>): InstanceApi;
  },
): VendorModule => ({
  ...module,
  // The configuration parses an instance by this vendor's own settings before it connects.
  connect: (place) => module.connect(place as AdapterContext<z.output<S>>),
});

const credentials = z.registry<{ readonly credential: true }>();

/** A credential in the configuration: text, `${NAME}` or `${file:path}`. */
export function credential(description: string) {
  const schema = z
    .custom<Credential>(isCredentialValue, {
      error: 'must be text: `${NAME}` for a variable of the environment, `${file:path}` for a mounted file',
    })
    .describe(description);
  credentials.add(schema, { credential: true });
  return schema;
}

export const isCredential = (schema: z.core.$ZodType): boolean =>
  credentials.has(schema) || (schema instanceof z.ZodOptional && isCredential(schema.unwrap()));
