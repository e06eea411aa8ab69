// The plan and the run of a rotation. The new secret is in the vault from the first step until it is sent for the last time.
import { useEffect, useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useSendOnce } from '../api/send-once.ts';
import {
  RotateSecretDocument,
  type RefusalFragment,
  type RotateConnectionSecretInput,
  type RotateSecretMutation,
} from '../generated/graphql.ts';
import { randomKey } from './random-key.ts';
import { SecretVault } from './secret-vault.ts';

type Success = Extract<RotateSecretMutation['rotateConnectionSecret'], { __typename: 'RotateConnectionSecretSuccess' }>;
export type Rotation = Success['rotation'];
export type RotationRow = Rotation['outcomes'][number];

/** A rotation without its secrets, which are in the vault under these tokens. */
export interface RotationChoice extends Omit<RotateConnectionSecretInput, 'secret' | 'privateKeyPassphrase'> {
  readonly secretToken: string;
  readonly passphraseToken: string | undefined;
}

export interface RotationPlan {
  readonly choice: RotationChoice;
  readonly rotation: Rotation;
  /** Identifies the run of this plan. A run that is started again with it writes to no connection twice. */
  readonly idempotencyKey: string;
}

/** The outcomes of a run, and what the plan left out. */
export interface RotationResult {
  readonly rotation: Rotation;
  readonly plan: Rotation;
}

function inputOf({ secretToken, passphraseToken, ...choice }: RotationChoice, vault: SecretVault) {
  const privateKeyPassphrase = vault.textOf(passphraseToken);
  const input: RotateConnectionSecretInput = { ...choice, secret: vault.textOf(secretToken) ?? '' };
  return privateKeyPassphrase === undefined ? input : { ...input, privateKeyPassphrase };
}

/** Returns the rows that a plan would write. */
export const plannedRows = ({ outcomes }: Rotation): readonly RotationRow[] =>
  outcomes.filter(({ status }) => status === 'PLANNED');

/** The state of a rotation, and the functions for its steps. */
export function useRotation() {
  const { sendOnce, isBusy } = useSendOnce();
  const [vault] = useState(() => new SecretVault());
  const [plan, setPlan] = useState<RotationPlan | null>(null);
  const [result, setResult] = useState<RotationResult | null>(null);
  const [failure, setFailure] = useState<RefusalFragment | string | null>(null);
  useEffect(() => () => vault.empty(), [vault]);

  const ask = async (input: RotateConnectionSecretInput): Promise<Rotation | null> => {
    const sent = await sendOnce(RotateSecretDocument, { input });
    if (!sent) return null;
    const answer = sent.data?.rotateConnectionSecret;
    if (answer?.__typename === 'RotateConnectionSecretSuccess') {
      setFailure(null);
      return answer.rotation;
    }
    setFailure(answer ?? (sent.error ? errorText(sent.error) : null));
    return null;
  };
  const makePlan = async (choice: RotationChoice) => {
    const rotation = await ask({ ...inputOf(choice, vault), dryRun: true });
    if (rotation) setPlan({ choice, rotation, idempotencyKey: randomKey() });
  };
  /** Writes to exactly the connections that the plan shows. */
  const run = async () => {
    if (!plan) return;
    const { idempotencyKey } = plan;
    const ids = plannedRows(plan.rotation).map(({ id }) => id);
    const rotation = await ask({ ...inputOf(plan.choice, vault), connections: { ids }, idempotencyKey });
    if (!rotation) return;
    vault.empty();
    setResult({ rotation, plan: plan.rotation });
  };
  const begin = () => {
    vault.empty();
    setPlan(null);
    setResult(null);
    setFailure(null);
  };
  return { vault, plan, result, failure, isBusy, makePlan, run, begin };
}
