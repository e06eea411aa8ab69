// Says what proves that a test passed, by the type of the connection. A success without that proof does not count as passed: it may
// be an empty body, or the sign-in page of a proxy in front of Chartbrew.
import type { Connection, Draft } from '../../../domain/connection.ts';
import type { HttpAnswer } from '../../../http/request.ts';
import { isObject } from '../../read-values.ts';

/** Checks whether the body of a success proves that the test passed. */
export type Proof = (answer: HttpAnswer) => boolean;

const reportsSuccess: Proof = ({ json }) =>
  isObject(json) && json['success'] === true && (json['schema'] === undefined || isObject(json['schema']));

const isListOfObjects: Proof = ({ json }) => Array.isArray(json) && json.every(isObject);

const saysSuccessful: Proof = ({ text }) => text === 'Connection successful';

/** Chartbrew passes on the service's whole answer, with its status. */
const hasSuccessStatus: Proof = ({ json }) => {
  const status = isObject(json) ? json['statusCode'] : undefined;
  return typeof status === 'number' && status >= 200 && status <= 299;
};

const isHtml = (text: string): boolean => /<!doctype html|<(html|head|body)[\s>]/i.test(text);

/**
 * Chartbrew passes on the body of the API, which may be anything. HTML may come from the API or from a proxy in front of Chartbrew,
 * so it proves nothing. JSON and other texts are assumed to come from the API.
 */
const isApiAnswer: Proof = ({ json, text = '' }) => {
  const words = typeof json === 'string' ? json : text;
  if (json === undefined || typeof json === 'string') return words.trim() !== '' && !isHtml(words);
  return json !== null && json !== false && !(isObject(json) && json['success'] === false);
};

type Proofs = Readonly<Record<string, Proof>>;

const SAVED: Proofs = { firestore: isListOfObjects, googleAnalytics: isListOfObjects, realtimedb: saysSuccessful };
const UNSAVED: Proofs = { ...SAVED, api: isApiAnswer, customerio: hasSuccessStatus };

const proofOf = (proofs: Proofs, type: string): Proof =>
  (Object.hasOwn(proofs, type) && proofs[type]) || reportsSuccess;

/** Returns the proof for a test of a saved connection. */
export const savedProof = ({ vendorDialect }: Connection): Proof => proofOf(SAVED, vendorDialect);

/** Returns the proof for a test of an unsaved connection. */
export const unsavedProof = ({ support }: Draft): Proof => proofOf(UNSAVED, support.vendorDialect ?? '');
