// What a passed test looks like, by the type of the connection. Whatever else comes with a status of success, a sign-in page in
// front of Chartbrew or an empty body, is no passed test.
import type { Connection, Draft } from '../../domain/connection.ts';
import { VendorUnavailableError } from '../../domain/errors.ts';
import type { HttpAnswer } from '../../http/request.ts';
import type { Send } from '../auth.ts';
import { isObject } from '../wire-fields.ts';

/** Whether a body proves that the test passed. */
export type Proof = (answer: HttpAnswer) => boolean;

const succeeded: Proof = ({ json }) =>
  isObject(json) && json['success'] === true && (json['schema'] === undefined || isObject(json['schema']));

const listed: Proof = ({ json }) => Array.isArray(json) && json.every(isObject);

const worded: Proof = ({ text }) => text === 'Connection successful';

/** The whole answer of the service, as the client of Chartbrew has it. */
const exchanged: Proof = ({ json }) => {
  const status = isObject(json) ? json['statusCode'] : undefined;
  return typeof status === 'number' && status >= 200 && status <= 299;
};

const isPage = (text: string): boolean => /<!doctype html|<(html|head|body)[\s>]/i.test(text);

/**
 * The body of the API itself, whatever it is. A page may be of the API or of a proxy in front of Chartbrew, which look alike;
 * so may JSON and other texts, which are taken to be of the API.
 */
const answeredByApi: Proof = ({ json, text = '' }) => {
  const words = typeof json === 'string' ? json : text;
  if (json === undefined || typeof json === 'string') return words.trim() !== '' && !isPage(words);
  return json !== null && json !== false && !(isObject(json) && json['success'] === false);
};

type Proofs = Readonly<Record<string, Proof>>;

const SAVED: Proofs = { firestore: listed, googleAnalytics: listed, realtimedb: worded };
const UNSAVED: Proofs = { ...SAVED, api: answeredByApi, customerio: exchanged };

const proofOf = (proofs: Proofs, type: string): Proof => (Object.hasOwn(proofs, type) && proofs[type]) || succeeded;

export const savedProof = ({ vendorDialect }: Connection): Proof => proofOf(SAVED, vendorDialect);

export const unsavedProof = ({ support }: Draft): Proof => proofOf(UNSAVED, support.word ?? '');

/** Sends a test, of which a success without proof is an answer that cannot be used. Its body is true. */
export const withProof =
  (send: Send, who: string, proves: Proof): Send =>
  async (request) => {
    const answer = await send(request);
    const { status } = answer;
    if (status < 200 || status > 299) return answer;
    if (proves(answer)) return { ...answer, json: true };
    const message = `${who} answered the test with something that is no result; a sign-in page in front of it would look like this.`;
    throw new VendorUnavailableError(message, 'BAD_RESPONSE', { status });
  };
