// Creates connections at Omni. Omni answers with the id of the new connection only.
import type { Draft, WriteResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import type { HttpAnswer, HttpRequest } from '../../http/request.ts';
import { sendAndParse } from '../send-and-parse.ts';
import type { VendorClient } from '../instance-api.ts';
import { createRefusal, namedField } from './errors.ts';
import { fromDraft } from './from-wire.ts';
import { readBack } from './read-back/read-back.ts';
import { warningsFor } from './review.ts';
import { toWire } from './to-wire.ts';
import { omniCreatedWire } from './wire.ts';

type Body = Readonly<Record<string, unknown>>;

/** Returns whether Omni refused the body because it has no password. Omni requires the field even for key pairs, and then accepts "". */
const requiresEmptyPassword = (answer: HttpAnswer, body: Body): boolean =>
  !('passwordUnencrypted' in body) &&
  namedField(answer)?.field === 'passwordUnencrypted' &&
  namedField(answer)?.reason === 'Required';

/** Returns a client that sends the body a second time, with an empty password, when Omni requires a password. */
const withEmptyPassword = (client: VendorClient, body: Body): VendorClient => ({
  ...client,
  send: async (request: HttpRequest) => {
    const answer = await client.send(request);
    if (!requiresEmptyPassword(answer, body)) return answer;
    return client.send({ ...request, body: { json: { ...body, passwordUnencrypted: '' } } });
  },
});

/** Creates the connection and returns it as Omni reports it. @throws ValidationError, VendorError */
export async function create(client: VendorClient, draft: Draft, call: Call): Promise<WriteResult> {
  const { deadline = client.deadline('write') } = call;
  const json = toWire(draft);
  const { data: id } = await sendAndParse(withEmptyPassword(client, json), {
    request: { kind: 'write', method: 'POST', path: client.path, body: { json }, deadline },
    wire: omniCreatedWire,
    verifyOutcome: `Look for a new connection named ${draft.name} before you try again.`,
    refusal: (answer, context) => createRefusal(answer, context, draft),
  });
  const message =
    'Omni created the connection, but it cannot be read yet. The answer contains the values that were sent.';
  const { connection, warnings } = await readBack(client, fromDraft(id, draft), deadline, message);
  return { connection, warnings: [...warningsFor(draft), ...warnings] };
}
