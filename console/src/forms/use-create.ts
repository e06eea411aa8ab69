// Sends the create of a form, and keeps what is known of its answer.
import type { RJSFSchema } from '@rjsf/utils';
import { useEffect, useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useSendOnce } from '../api/send-once.ts';
import type { InstanceInfo } from '../api/start.tsx';
import {
  CreateConnectionsDocument,
  type ConnectionConfigInput,
  type CreateConnectionsInput,
  type CreateConnectionsMutation,
  type CreateOutcomeFragment,
  type RefusalFragment,
  type TestConnectionConfigInput,
  type VendorOptionsInput,
} from '../generated/graphql.ts';
import { NO_ISSUES, placeIssues, type Issue, type PlacedIssues } from './form-errors.ts';
import { inputOf, oneOf } from './form-input.ts';
import type { Json } from './form-schema.ts';
import { randomKey } from './random-key.ts';
import { SecretVault } from './secret-vault.ts';
import type { FormContext } from './secret-widget.tsx';
import type { DialectForms } from './use-dialect-forms.ts';

/** What was done at each target. */
export interface Created {
  readonly outcomes: readonly CreateOutcomeFragment[];
  /** The values of the form. The secrets in them are tokens of texts that are forgotten. */
  readonly values: unknown;
}

interface Options {
  readonly forms: DialectForms;
  readonly schema: RJSFSchema;
  readonly targets: readonly InstanceInfo[];
  readonly isAllOrNone: boolean;
  readonly onCreated: (created: Created) => void;
}

interface FormInput {
  readonly name?: string;
  readonly config?: Json;
  readonly options?: Readonly<Record<string, Json>>;
}

/** Returns the input at one target. The form's schema is the gateway's own, so its values have the type of the input. */
function targetInput(
  { inputField }: DialectForms,
  { config = {}, options = {} }: FormInput,
  target: InstanceInfo,
): Omit<TestConnectionConfigInput, 'name' | 'tests'> {
  const vendor = target.vendor.toLowerCase();
  const ofVendor = options[vendor];
  return {
    instance: target.key,
    config: oneOf(inputField, config) as ConnectionConfigInput,
    ...(ofVendor ? { options: oneOf(vendor, ofVendor) as VendorOptionsInput } : {}),
  };
}

const isWritten = ({ status }: CreateOutcomeFragment): boolean => status === 'DONE' || status === 'UNKNOWN';

/** Returns the refusal to show at the form; null when something was, or may have been, created. */
function refusalIn(answer: CreateConnectionsMutation['createConnections']): RefusalFragment | null {
  if (answer.__typename !== 'CreateConnectionsSuccess') return answer;
  const { outcomes } = answer.fanOut;
  if (outcomes.some(isWritten)) return null;
  const refusals = outcomes.flatMap(({ result }) =>
    result && result.__typename !== 'CreateConnectionSuccess' ? [result] : [],
  );
  return refusals[0] ?? null;
}

/** The state of a create, and the function that sends it. */
export function useCreate({ forms, schema, targets, isAllOrNone, onCreated }: Options) {
  const { sendOnce, isBusy } = useSendOnce();
  const [context] = useState<FormContext>(() => ({ vault: new SecretVault(), statuses: {} }));
  const [idempotencyKey] = useState(randomKey);
  const [issues, setIssues] = useState<PlacedIssues>(NO_ISSUES);
  const [failure, setFailure] = useState<RefusalFragment | string | null>(null);
  const { vault } = context;
  useEffect(() => () => vault.empty(), [vault]);

  const showIssues = (found: readonly Issue[]) => setIssues(placeIssues(schema, found));
  const formInput = (values: unknown): FormInput => inputOf(schema, values, vault) ?? {};
  const inputAt = (target: InstanceInfo, values: unknown) => targetInput(forms, formInput(values), target);
  const inputOfAll = (values: unknown): CreateConnectionsInput => {
    const [first, ...others] = targets.map((target) => inputAt(target, values));
    if (!first) throw new Error('The form has no target.');
    return {
      name: formInput(values).name ?? '',
      config: first.config,
      targets: [first, ...others].map(({ instance, options }) => ({ instance, ...(options ? { options } : {}) })),
      onFailure: isAllOrNone ? 'COMPENSATE' : 'KEEP',
      idempotencyKey,
    };
  };
  const create = async (values: unknown) => {
    const sent = await sendOnce(CreateConnectionsDocument, { input: inputOfAll(values) });
    if (!sent) return;
    const answer = sent.data?.createConnections;
    if (!answer) {
      setFailure(sent.error ? errorText(sent.error) : null);
      return;
    }
    const refusal = refusalIn(answer);
    setFailure(refusal);
    showIssues(refusal?.__typename === 'ValidationError' ? refusal.issues : []);
    if (refusal || answer.__typename !== 'CreateConnectionsSuccess') return;
    vault.empty();
    onCreated({ outcomes: answer.fanOut.outcomes, values });
  };
  return { context, issues, failure, isBusy, create, inputAt, showIssues };
}
