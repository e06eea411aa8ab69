// Finds fields that a vendor reports only in part. A read leaves out what may be a credential: user info, a query, or driver
// parameters after a name. The part that is left out may also decide where the connection leads.
import type { Fields } from '../fields/field-meta.ts';
import { memoize } from '../fields/memoize.ts';
import { valueAt, type FieldKey, type Values } from '../fields/values-by-key.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import { isSameHost } from '../formats/host.ts';
import { wireFieldOf, type WireTable } from '../domain/dialect-support.ts';
import { textOf } from './read-values.ts';

/**
 * Checks whether a text is only a host. A scheme before the host does not count, because an adapter that reads a host
 * from a URL reports the scheme in another field.
 */
const isOnlyHost = (text: string): boolean => !/[@/?#;]/.test(text.replace(/^https?:\/\//i, '').replace(/\/$/, ''));

/** Returns the text fields of a definition that a table reads. They are listed once per definition and table. */
const textFieldsOf = memoize((fields: Fields) =>
  memoize((table: WireTable) =>
    leavesOf(fields).flatMap(({ key, meta }) => {
      const entry = table[key];
      if (entry === undefined || meta.kind !== 'text') return [];
      const { wire: wireName, derived } = wireFieldOf(entry);
      return [{ key, wireName, isHost: meta.isHost === true, isDerived: derived === true }];
    }),
  ),
);

/**
 * Returns the keys of the text fields whose reported value is only a part of the stored value.
 * @param wire the connection as the vendor answered it.
 * @param reported the config that was read from it.
 */
export const partlyReportedKeys = (fields: Fields, table: WireTable, wire: Values, reported: Values): FieldKey[] =>
  textFieldsOf(fields)(table)
    .filter(({ key, wireName, isHost, isDerived }) => {
      const text = textOf(valueAt(wire, wireName));
      if (isDerived) return isHost && !isOnlyHost(text);
      if (text === '') return false;
      const value = textOf(valueAt(reported, key));
      return text !== value && !(isHost && isSameHost(text, value));
    })
    .map(({ key }) => key);
