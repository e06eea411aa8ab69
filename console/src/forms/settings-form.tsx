// The form of a connection, drawn by the form library from the schemas of the catalogue.
import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { withTheme } from '@rjsf/core';
import { Theme } from '@rjsf/mui';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { useEffect, useRef, type ReactNode } from 'react';
import { ChoiceWidget } from './choice-widget.tsx';
import { FieldErrorTemplate, FieldTemplate, GroupTemplate } from './form-templates.tsx';
import { NO_ISSUES, type PlacedIssues } from './form-errors.ts';
import { SecretWidget, type FormContext } from './secret-widget.tsx';
import { validator } from './validator.ts';

const Form = withTheme<unknown, RJSFSchema, FormContext>({
  ...Theme,
  templates: { ...Theme.templates, ObjectFieldTemplate: GroupTemplate, FieldTemplate, FieldErrorTemplate },
  widgets: { ...Theme.widgets, SelectWidget: ChoiceWidget, PasswordWidget: SecretWidget },
});

/** Nothing is filled in for the person: what the form sends is what was typed. */
const DEFAULTS = {
  emptyObjectFields: 'skipDefaults',
  constAsDefaults: 'never',
  arrayMinItems: { populate: 'never' },
} as const;

interface Props {
  readonly schema: RJSFSchema;
  readonly uiSchema: UiSchema;
  readonly values: unknown;
  readonly issues: PlacedIssues;
  readonly context: FormContext;
  readonly isBusy: boolean;
  readonly onValues: (values: unknown) => void;
  readonly onSubmit: () => void;
  /** The buttons. */
  readonly children: ReactNode;
}

/** Draws the form. It checks nothing: the gateway does, and its issues are shown at the fields. */
export function SettingsForm({ issues, isBusy, context, values, onValues, onSubmit, children, ...schemas }: Props) {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (issues !== NO_ISSUES) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [issues]);
  return (
    <div ref={form}>
      <Form
        {...schemas}
        formData={values}
        formContext={context}
        validator={validator}
        extraErrors={issues.atFields}
        experimental_defaultFormStateBehavior={DEFAULTS}
        disabled={isBusy}
        noValidate
        noHtml5Validate
        showErrorList={false}
        autoComplete="off"
        onChange={({ formData }) => onValues(formData)}
        onSubmit={onSubmit}
      >
        <Stack spacing={2} sx={{ mt: 2 }}>
          {issues.others.map((text) => (
            <Alert key={text} severity="error">
              {text}
            </Alert>
          ))}
          {children}
        </Stack>
      </Form>
    </div>
  );
}
