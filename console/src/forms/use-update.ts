// Sends the update of a form, and keeps what is known of its answer.
import type { RJSFSchema } from '@rjsf/utils';
import { useEffect, useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useSendOnce } from '../api/send-once.ts';
import type { Connection } from '../connection/use-connection.ts';
import {
  UpdateConnectionDocument,
  type ConnectionConfigPatch,
  type RefusalFragment,
  type UpdateConnectionInput,
  type VendorOptionsPatch,
} from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import type { Saved } from './edit-form.tsx';
import { NO_ISSUES, placeIssues, type PlacedIssues } from './form-errors.ts';
import { oneOf, patchOf } from './form-input.ts';
import type { Json } from './form-schema.ts';
import { randomKey } from './random-key.ts';
import { SecretVault } from './secret-vault.ts';
import type { FormContext } from './secret-widget.tsx';
import type { DialectForms } from './use-dialect-forms.ts';

interface Options {
  readonly connection: Connection;
  readonly forms: DialectForms;
  readonly schema: RJSFSchema;
  readonly stored: Json;
  readonly onSaved: (saved: Saved) => void;
}

interface FormPatch {
  readonly name?: string;
  readonly config?: Json;
  readonly options?: Readonly<Record<string, Json>>;
}

/** Returns the id of a field of the form from the path of a secret. */
const fieldIdOf = ([side, field, ...steps]: readonly string[]): string =>
  ['root', side, ...(side === 'options' ? [field] : []), ...steps].join('_');

const contextOf = ({ secrets }: Connection): FormContext => ({
  vault: new SecretVault(),
  statuses: Object.fromEntries(secrets.map(({ path, status }) => [fieldIdOf(path), status])),
});

/** Returns the input; null when the form changes nothing. */
function inputFrom({ connection, forms, schema, stored }: Options, values: unknown, vault: SecretVault) {
  const patch: FormPatch | undefined = patchOf(schema, values, stored, vault);
  if (!patch) return null;
  const { name, config, options } = patch;
  const vendor = connection.vendor.toLowerCase();
  const ofVendor = options?.[vendor];
  const input: UpdateConnectionInput = {
    id: connection.id,
    ...(name === undefined ? {} : { name: name ?? '' }),
    ...(config ? { config: oneOf(forms.inputField, config) as ConnectionConfigPatch } : {}),
    ...(ofVendor ? { options: oneOf(vendor, ofVendor) as VendorOptionsPatch } : {}),
  };
  return input;
}

/** The state of an update, and the function that sends it. */
export function useUpdate(options: Options) {
  const { connection, schema, onSaved } = options;
  const { sendOnce, isBusy } = useSendOnce();
  const [context] = useState(() => contextOf(connection));
  const [idempotencyKey] = useState(randomKey);
  const [issues, setIssues] = useState<PlacedIssues>(NO_ISSUES);
  const [failure, setFailure] = useState<RefusalFragment | string | null>(null);
  const { vault } = context;
  useEffect(() => () => vault.empty(), [vault]);

  const save = async (values: unknown) => {
    const input = inputFrom(options, values, vault);
    if (!input) {
      setFailure(texts.edit.nothing);
      return;
    }
    const sent = await sendOnce(UpdateConnectionDocument, { input: { ...input, idempotencyKey } });
    if (!sent) return;
    const answer = sent.data?.updateConnection;
    if (answer?.__typename === 'UpdateConnectionSuccess') {
      vault.empty();
      onSaved(answer);
      return;
    }
    setFailure(answer ?? (sent.error ? errorText(sent.error) : null));
    setIssues(answer?.__typename === 'ValidationError' ? placeIssues(schema, answer.issues) : NO_ISSUES);
  };
  return { context, issues, failure, isBusy, save };
}
