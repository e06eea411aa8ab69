// The first parameter of every verb of a vendor (list, get, create, update, remove, testSaved, testUnsaved, check).
import type { HttpClient } from '../http/client.ts';
import type { Send } from './auth.ts';

/** One instance of a vendor, as the functions that send its requests need it. Each vendor's instance.ts makes one. */
export interface VendorClient {
  /** Sends a request with the instance's credentials. */
  readonly send: Send;
  /** Name of the instance in messages to the caller. */
  readonly label: string;
  /** Path of the instance's connections, below its base URL. */
  readonly path: string;
  /** Starts the time limit of an operation that takes several requests. */
  readonly deadline: HttpClient['deadline'];
}
