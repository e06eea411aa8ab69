// The form of a new connection: fills in, tests, and creates at one or several instances.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import { useMemo, useState } from 'react';
import { useStart, type InstanceInfo } from '../api/start.tsx';
import { texts } from '../texts.ts';
import { formSchemaOf, uiSchemaOf, waysToSignIn, type VendorSchemas } from './form-schema.ts';
import { RefusalAlert } from './refusal-alert.tsx';
import { SettingsForm } from './settings-form.tsx';
import { TestBeforeSaving } from './test-before-saving.tsx';
import { useCreate, type Created } from './use-create.ts';
import type { DialectForms } from './use-dialect-forms.ts';

interface Props {
  readonly forms: DialectForms;
  readonly targets: readonly InstanceInfo[];
  /** What the form begins with. */
  readonly initial: unknown;
  readonly onCreated: (created: Created) => void;
}

/** Returns the schemas of the targets' vendors, each once. */
const schemasOf = ({ support }: DialectForms, targets: readonly InstanceInfo[]): readonly VendorSchemas[] =>
  support
    .filter(({ vendor }) => targets.some((target) => target.vendor === vendor))
    .map(({ vendor, createSchema, optionsSchema }) => ({
      vendor: vendor.toLowerCase(),
      config: createSchema,
      options: optionsSchema,
    }));

export function CreateForm({ forms, targets, initial, onCreated }: Props) {
  const { labels } = useStart();
  const [isAllOrNone, setIsAllOrNone] = useState(false);
  const [values, setValues] = useState(initial);
  const { schemas, schema, uiSchema } = useMemo(() => {
    const ofTargets = schemasOf(forms, targets);
    const drawn = formSchemaOf(ofTargets, texts.forms.name, true);
    return { schemas: ofTargets, schema: drawn, uiSchema: uiSchemaOf(drawn, ofTargets, false) };
  }, [forms, targets]);
  const { context, issues, failure, isBusy, create, inputAt, showIssues } = useCreate({
    forms,
    schema,
    targets,
    isAllOrNone,
    onCreated,
  });
  const ways = schemas.flatMap((one) => {
    const found = waysToSignIn(one);
    const vendor = targets.find((target) => target.vendor.toLowerCase() === one.vendor)?.vendor;
    return vendor && found.length > 0 ? [texts.forms.waysToSignIn(labels.vendor(vendor), found)] : [];
  });
  return (
    <Stack spacing={2}>
      {ways.map((text) => (
        <Alert key={text} severity="info">
          {text}
        </Alert>
      ))}
      <SettingsForm
        {...{ schema, uiSchema, values, issues, context, isBusy }}
        onValues={setValues}
        onSubmit={() => void create(values)}
      >
        {failure !== null && <RefusalAlert failure={failure} />}
        {targets.length > 1 && (
          <FormControlLabel
            control={<Checkbox size="small" name="all-or-none" />}
            label={texts.create.allOrNone}
            checked={isAllOrNone}
            onChange={(_event, isChosen) => setIsAllOrNone(isChosen)}
          />
        )}
        <TestBeforeSaving targets={targets} inputAt={(target) => inputAt(target, values)} onIssues={showIssues} />
        <Button type="submit" variant="contained" loading={isBusy} sx={{ alignSelf: 'start' }}>
          {texts.create.submit}
        </Button>
      </SettingsForm>
    </Stack>
  );
}
