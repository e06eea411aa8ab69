// Hosts and URLs of which a vendor keeps more than is told. A read leaves out user info, path and query, for they may hold a
// credential; they may also hold a route.
import { leavesOf, valueAt, type FieldKey, type Fields, type Values } from '../domain/fields.ts';
import { wireFieldOf, type WireTable } from '../domain/vendor.ts';
import { readUrl, textOf } from './wire-fields.ts';

const isHostAlone = (text: string): boolean => !/[@/?#]/.test(text);

/** Where an adapter takes a host out of a URL itself, the scheme before it is no more than it tells. */
const withoutScheme = (text: string): string => text.replace(/^https?:\/\//i, '').replace(/\/$/, '');

/** The fields of a definition that are told in part. */
export const toldInPart = (fields: Fields, table: WireTable, wire: Values): FieldKey[] =>
  leavesOf(fields).flatMap(({ key, meta }) => {
    const entry = table[key];
    if (entry === undefined) return [];
    const { wire: name, derived } = wireFieldOf(entry);
    const text = textOf(valueAt(wire, name));
    const isUrlInPart = meta.isUrl === true && text !== '' && readUrl(text) !== text;
    const isHostInPart = meta.isHost === true && !isHostAlone(derived ? withoutScheme(text) : text);
    return isUrlInPart || isHostInPart ? [key] : [];
  });
