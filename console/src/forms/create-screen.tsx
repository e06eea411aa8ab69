// The screen at /create: a new connection at one or several instances.
import Stack from '@mui/material/Stack';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { useStart } from '../api/start.tsx';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import { Screen } from '../frame/screen.tsx';
import { DialectChoicesDocument, type Dialect } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { CreateForm } from './create-form.tsx';
import { CreateResult } from './create-result.tsx';
import { TargetChoice } from './target-choice.tsx';
import type { Created } from './use-create.ts';
import { useDialectForms } from './use-dialect-forms.ts';

/** Everything between the choice of a dialect and the result. */
export default function CreateScreen() {
  const { instances } = useStart();
  const [{ data, error }, ask] = useQuery({ query: DialectChoicesDocument });
  const [choice, setChoice] = useState<Dialect>();
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [initial, setInitial] = useState<unknown>({});
  const [formCount, setFormCount] = useState(0);
  const [created, setCreated] = useState<Created | null>(null);
  const { forms, error: formsError, readAgain } = useDialectForms(choice);
  const targets = useMemo(() => instances.filter(({ key }) => keys.includes(key)), [instances, keys]);
  /** Shows a new form, with a new idempotency key. */
  const begin = (chosen: readonly string[], values: unknown) => {
    setCreated(null);
    setKeys(chosen);
    setInitial(values);
    setFormCount(formCount + 1);
  };
  const chooseDialect = (chosen: Dialect) => {
    setChoice(chosen);
    begin([], {});
  };
  if (error) return <ErrorPanel error={error} onRetry={() => ask({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading />;
  const dialect = data.dialects.find((one) => one.dialect === choice);
  return (
    <Screen title={texts.nav.create}>
      {created ? (
        <CreateResult
          created={created}
          onTryAgain={(failed) => begin(failed, created.values)}
          onAnother={() => begin([], {})}
        />
      ) : (
        <Stack spacing={3} sx={{ maxWidth: 720 }}>
          <TargetChoice
            {...{ dialects: data.dialects, dialect, targets: keys, onTargets: setKeys }}
            onDialect={chooseDialect}
          />
          {formsError && <ErrorPanel error={formsError} onRetry={readAgain} />}
          {forms && targets.length > 0 && (
            <CreateForm key={formCount} {...{ forms, targets, initial }} onCreated={setCreated} />
          )}
        </Stack>
      )}
    </Screen>
  );
}
