// Finds fields that a vendor reports only in part. A read leaves out what may be a credential: user info, a query, or driver
// parameters after a name. The part that is left out may also decide where the connection leads.
import type { Fields } from '../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import { isSameHost } from '../formats/host.ts';
import { wireFieldOf, type WireTable } from '../domain/dialect-support.ts';
import { textOf } from './read-values.ts';

/**
 * Checks whether a text is only a host. A scheme before the host does not count, because an adapter that reads a host
 * from a URL reports the scheme in another field.
 */
const isOnlyHost = (text: string): boolean => !/[@/?#;]/.test(text.replace(/^https?:\/\//i, '').replace(/\/$/, ''));

/**
 * Returns the keys of the text fields whose reported value is only a part of the stored one.
 * @param wire the connection as the vendor answered it.
 * @param reported the config that was read from it.
 */
export const partlyReportedKeys = (fields: Fields, table: WireTable, wire: Values, reported: Values): FieldKey[] =>
  leavesOf(fields).flatMap(({ key, meta }) => {
    const entry = table[key];
    if (entry === undefined || meta.kind !== 'text') return [];
    const { wire: name, derived } = wireFieldOf(entry);
    const [text, value] = [textOf(valueAt(wire, name)), textOf(valueAt(reported, key))];
    const isSame = text === '' || text === value || (meta.isHost === true && isSameHost(text, value));
    const isWhole = derived ? !meta.isHost || isOnlyHost(text) : isSame;
    return isWhole ? [] : [key];
  });
