// Settings of which a vendor keeps more than is told. A read leaves out what may hold a credential: user info, a query, a
// driver's properties behind a name. What is left out may also be a route.
import type { Fields } from '../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import { isSameHost } from '../formats/host.ts';
import { wireFieldOf, type WireTable } from '../domain/vendor.ts';
import { textOf } from './wire-fields.ts';

/** What ends a host, but for a scheme before it: where an adapter takes a host out of a URL, the scheme is told by itself. */
const isHostAlone = (text: string): boolean => !/[@/?#;]/.test(text.replace(/^https?:\/\//i, '').replace(/\/$/, ''));

/**
 * The settings that are told in part.
 * @param wire as the vendor gave it, with nothing taken out.
 * @param told what is told of it.
 */
export const toldInPart = (fields: Fields, table: WireTable, wire: Values, told: Values): FieldKey[] =>
  leavesOf(fields).flatMap(({ key, meta }) => {
    const entry = table[key];
    if (entry === undefined || meta.kind !== 'text') return [];
    const { wire: name, derived } = wireFieldOf(entry);
    const [text, value] = [textOf(valueAt(wire, name)), textOf(valueAt(told, key))];
    const isSame = text === '' || text === value || (meta.isHost === true && isSameHost(text, value));
    const isWhole = derived ? !meta.isHost || isHostAlone(text) : isSame;
    return isWhole ? [] : [key];
  });
