// The form of a stored connection: it sends what differs from the stored settings.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { RJSFSchema } from '@rjsf/utils';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useStart } from '../api/start.tsx';
import type { Connection } from '../connection/use-connection.ts';
import type { UpdateConnectionMutation } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { mayRedirect, storedValues } from './form-input.ts';
import {
  alternativesOf,
  formSchemaOf,
  propertiesOf,
  uiSchemaOf,
  type Json,
  type VendorSchemas,
} from './form-schema.ts';
import { RefusalAlert } from './refusal-alert.tsx';
import { SettingsForm } from './settings-form.tsx';
import type { DialectForms } from './use-dialect-forms.ts';
import { useUpdate } from './use-update.ts';

interface Props {
  readonly connection: Connection;
  readonly forms: DialectForms;
}

export type Saved = Extract<UpdateConnectionMutation['updateConnection'], { __typename: 'UpdateConnectionSuccess' }>;

/** Returns what the form is drawn from, and what it begins with. */
function formOf({ name, vendor, capabilities, config, details }: Connection, forms: DialectForms) {
  const cell = forms.support.find((one) => one.vendor === vendor);
  const key = vendor.toLowerCase();
  const canUpdate = capabilities.includes('UPDATE') || capabilities.includes('UPDATE_SECRETS');
  const schemas: readonly VendorSchemas[] = [
    {
      vendor: key,
      config: (canUpdate && cell?.updateSchema) || null,
      options: (canUpdate && cell?.updateOptionsSchema) || null,
    },
  ];
  const schema = formSchemaOf(schemas, capabilities.includes('RENAME') ? texts.forms.name : null, false);
  const stored = storedValues(schema, { name, config, options: { [key]: details } }) ?? {};
  const needsSecrets = cell?.updateNeedsSecrets === true;
  return { schema, uiSchema: uiSchemaOf(schema, schemas, true), stored: stored as Json, needsSecrets };
}

const hasField = (schema: RJSFSchema, isSuch: (field: RJSFSchema) => boolean): boolean =>
  Object.values(propertiesOf(schema)).some((field) => isSuch(field) || hasField(field, isSuch));

/** Returns what to know about the secrets before anything is changed. */
function noticesOf({ schema, needsSecrets }: ReturnType<typeof formOf>, hasSecret: boolean, vendor: string) {
  const isReplacedWhole = hasField(schema, (field) => field.type === 'array' || alternativesOf(field).length > 0);
  return [
    ...(needsSecrets && hasSecret ? [texts.edit.needsAllSecrets(vendor)] : []),
    ...(isReplacedWhole ? [texts.edit.lists] : []),
  ];
}

/** What was saved, and the way back. */
function SavedAlert({ saved: { connection, warnings } }: { readonly saved: Saved }) {
  const back = (
    <Button component={Link} href={`/connections/${connection.id}`} color="inherit">
      {texts.edit.back}
    </Button>
  );
  return (
    <Alert severity="success" action={back}>
      {texts.edit.saved}
      {warnings.map(({ message }) => (
        <div key={message}>{message}</div>
      ))}
    </Alert>
  );
}

export function EditForm({ connection, forms }: Props) {
  const { labels } = useStart();
  const form = useMemo(() => formOf(connection, forms), [connection, forms]);
  const { schema, uiSchema, stored, needsSecrets } = form;
  const hasSecret = connection.secrets.some(({ status }) => status !== 'NOT_SET');
  const notices = noticesOf(form, hasSecret, labels.vendor(connection.vendor));
  const [values, setValues] = useState<unknown>(stored);
  const [saved, setSaved] = useState<Saved | null>(null);
  const { context, issues, failure, isBusy, save } = useUpdate({
    connection,
    forms,
    schema,
    stored,
    onSaved: setSaved,
  });
  const { name: _name, ...settings } = propertiesOf(schema);
  const isRedirect = hasSecret && !needsSecrets && mayRedirect({ properties: settings }, values, stored, context.vault);
  if (saved) return <SavedAlert saved={saved} />;
  if (Object.keys(schema.properties ?? {}).length === 0)
    return <Alert severity="info">{texts.edit.nothingPossible}</Alert>;
  return (
    <Stack spacing={2} sx={{ maxWidth: 720 }}>
      {notices.length > 0 && <Alert severity={needsSecrets ? 'warning' : 'info'}>{notices.join(' ')}</Alert>}
      <SettingsForm
        {...{ schema, uiSchema, values, issues, context, isBusy }}
        onValues={setValues}
        onSubmit={() => void save(values)}
      >
        {isRedirect && <Alert severity="warning">{texts.edit.redirect}</Alert>}
        {failure !== null && <RefusalAlert failure={failure} />}
        <Button type="submit" variant="contained" loading={isBusy} sx={{ alignSelf: 'start' }}>
          {texts.edit.submit}
        </Button>
      </SettingsForm>
    </Stack>
  );
}
