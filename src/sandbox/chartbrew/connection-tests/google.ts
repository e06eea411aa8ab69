// The tests of Google Analytics with an OAuth grant, and of Firestore and the Realtime Database with a service account.
import { chartbrewOAuths } from '../data.ts';
import { isObject, type Json } from '../rules.ts';
import { failed, passed, textOf, type Tested } from './outcomes.ts';

/** Only the grants in data.ts exist, because grants are made in a browser. */
export const testGoogleAnalytics = ({ oauth_id }: Json): Tested => {
  if (!oauth_id) {
    const answer = { status: 400, body: { error: 'No oauth token' } };
    return { saved: answer, unsaved: answer };
  }
  if (!chartbrewOAuths.has(oauth_id)) return failed('OAuth is not registered properly');
  return passed([{ account: 'accounts/1001', displayName: 'Acme' }]);
};

const keyOf = ({ firebaseServiceAccount: account }: Json): string =>
  isObject(account) ? textOf(account.private_key) : '';

/** Returns the error for an invalid key, or undefined. The library parses the key before any request, and its error is JSON. */
const brokenKey = (key: string): Tested | undefined => {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]+-----END [A-Z ]*PRIVATE KEY-----/.test(key)) return undefined;
  const message =
    key === ''
      ? 'Service account object must contain a string "private_key" property.'
      : `Failed to parse private key: Error: Invalid PEM formatted message. (${key})`;
  return failed(message, { code: 'app/invalid-credential', message });
};

export const testFirestore = (settings: Json): Tested => {
  const key = keyOf(settings);
  return brokenKey(key) ?? (key.includes('wrong') ? failed(`16 UNAUTHENTICATED: ${key}`) : passed([{ id: 'orders' }]));
};

/** A valid key passes, because the vendor makes no request. */
export const testRealtimeDb = (settings: Json): Tested => brokenKey(keyOf(settings)) ?? passed('Connection successful');
