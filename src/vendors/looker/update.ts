// A change to a saved connection at Looker: one PATCH, with what must be read before it, and the removal of an override,
// which is a call of its own. It reveals no secret.
import type { Connection, Patch, Written } from '../../domain/connection.ts';
import { VendorError } from '../../domain/errors.ts';
import { valueAt } from '../../fields/fields.ts';
import type { Call } from '../../domain/vendor.ts';
import type { HttpRequest } from '../../http/request.ts';
import { askOrNull, readNoContentAs, statusToError, type RequestContext } from '../ask.ts';
import { READ_AGAIN, type VendorClient } from '../client.ts';
import { isObject, textOf } from '../wire-fields.ts';
import { updateRefusal } from './errors.ts';
import { OVERRIDE } from './field-groups.ts';
import { fromWire } from './from-wire.ts';
import { connectionPath, overridePath } from './paths.ts';
import { OVERRIDE_STAYS, warningsForUpdate } from './review.ts';
import { needsParams, toPatchWire } from './to-wire-update.ts';
import { lookerConnectionWire, lookerRemovedWire, type LookerConnectionWire } from './wire.ts';

const GONE = Symbol('gone');
type OrGone<T> = T | typeof GONE;

export async function readRow(client: VendorClient, name: string, call: Call): Promise<LookerConnectionWire | null> {
  const { signal, deadline } = call;
  const request: HttpRequest = { kind: 'read', method: 'GET', path: connectionPath(name), signal, deadline };
  return askOrNull(client, { request, wire: lookerConnectionWire });
}

interface Changed {
  readonly connection: Connection;
  /** Whether Looker was told of anything. */
  readonly isSent: boolean;
}

const withoutOverride = (connection: Connection): Connection => ({
  ...connection,
  details: { ...connection.details, pdtOverride: null },
});

export function updater(client: VendorClient) {
  const context: RequestContext = { label: client.label, verifyOutcome: READ_AGAIN };

  /** The connection with its changes; as it was where nothing is to be sent. */
  async function change(patch: Patch, { deadline }: Call): Promise<OrGone<Changed>> {
    const { vendorId } = patch.current;
    const before = needsParams(patch) ? await readRow(client, vendorId, { deadline }) : undefined;
    if (before === null) return GONE;
    const body = toPatchWire(patch, textOf(before?.['jdbc_additional_params']));
    if (Object.keys(body).length === 0) {
      return { connection: before ? fromWire(before) : patch.current, isSent: false };
    }
    const row = await askOrNull(client, {
      request: { kind: 'write', method: 'PATCH', path: connectionPath(vendorId), body: { json: body }, deadline },
      verifyOutcome: READ_AGAIN,
      wire: lookerConnectionWire,
      refusal: (answer, write) => updateRefusal(answer, write, patch),
    });
    return row ? { connection: fromWire(row), isSent: true } : GONE;
  }

  /** Takes the override away; one that is gone already is no failure. */
  async function removeOverride({ vendorId }: Connection, { deadline }: Call): Promise<OrGone<void>> {
    const request: HttpRequest = { kind: 'write', method: 'DELETE', path: overridePath(vendorId), deadline };
    const done = await askOrNull(readNoContentAs(client, ''), {
      request,
      verifyOutcome: READ_AGAIN,
      wire: lookerRemovedWire.transform(() => true),
    });
    if (done) return;
    // Looker says 404 for a connection that is gone, for an override that is, and for what its user may not see.
    const row = await readRow(client, vendorId, { deadline });
    if (!row) return GONE;
    if (isObject(row[OVERRIDE])) throw statusToError({ status: 404, json: undefined, retryAfterMs: null }, context);
  }

  return async (patch: Patch, call: Call): Promise<Written | null> => {
    const isRemoved = valueAt(patch.options, 'pdtOverride') === null;
    const changed = await change(patch, call);
    if (changed === GONE) return null;
    const { connection, isSent } = changed;
    const warnings = warningsForUpdate(patch);
    if (!isRemoved) return { connection, warnings };
    try {
      const removed = await removeOverride(connection, call);
      return removed === GONE ? null : { connection: withoutOverride(connection), warnings };
    } catch (error) {
      if (!isSent || !(error instanceof VendorError)) throw error;
      return { connection, warnings: [...warnings, OVERRIDE_STAYS] };
    }
  };
}
