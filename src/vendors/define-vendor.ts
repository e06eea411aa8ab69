// The interface that each vendor's folder exports: the static description, the settings of an instance, and the function that connects to it.
import * as z from 'zod';
import { isCredentialValue, type Credential } from '../secrets/credential.ts';
import type { InstanceApi } from '../domain/instance.ts';
import type { Vendor } from '../domain/vendor.ts';
import type { HttpClient } from '../http/client.ts';

/** What an adapter gets for one instance. */
export interface AdapterContext<S> {
  readonly settings: S;
  readonly http: HttpClient;
  /** The instance's name in messages. */
  readonly label: string;
}

/** The result of a review of a base URL. A problem means that it can never work. */
export interface BaseUrlReview {
  readonly problem?: string;
  readonly warning?: string;
}

/** A vendor with its adapter. */
export interface VendorModule extends Vendor {
  /** Settings of an instance that only this vendor has. Credentials are defined with `credential()`. */
  readonly settings: z.ZodObject;
  /** Returns why settings contradict each other; null when they do not. */
  settingsProblem?(settings: Readonly<Record<string, unknown>>): string | null;
  /** Reviews the base URL of an instance. */
  reviewBaseUrl?(url: URL): BaseUrlReview;
  /** Returns the API of one instance. */
  connect(context: AdapterContext<unknown>): InstanceApi;
  /** Maximum number of requests per minute with one credential, by the vendor's documentation. */
  readonly perMinute?: number;
  /** Default time in milliseconds for which a list is cached. */
  readonly listTtlMs?: number;
}

/** Returns the module of a vendor. Checks that `connect` takes the type that `settings` produces. */
export const defineVendor = <S extends z.ZodObject>(
  module: Omit<VendorModule, 'settings' | 'connect'> & {
    readonly settings: S;
    connect(context: AdapterContext<z.output<S>>): InstanceApi;
  },
): VendorModule => ({
  ...module,
  // The cast is safe: the configuration is parsed with `settings` before `connect` is called.
  connect: (context) => module.connect(context as AdapterContext<z.output<S>>),
});

const credentials = z.registry<{ readonly credential: true }>();

/** Returns the schema of a credential in the configuration: text, `${NAME}` or `${file:path}`. */
export function credential(description: string) {
  const schema = z
    .custom<Credential>(isCredentialValue, {
      error: 'must be text: `${NAME}` for a variable of the environment, `${file:path}` for a mounted file',
    })
    .describe(description);
  credentials.add(schema, { credential: true });
  return schema;
}

/** Checks whether a schema was made by `credential()`. */
export const isCredential = (schema: z.core.$ZodType): boolean =>
  credentials.has(schema) || (schema instanceof z.ZodOptional && isCredential(schema.unwrap()));
