// How the form library draws groups and single fields.
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import {
  descriptionId,
  errorId,
  getUiOptions,
  type FieldTemplateProps,
  type FieldErrorProps,
  type ObjectFieldTemplateProps,
} from '@rjsf/utils';
import { useState, type ReactNode } from 'react';
import { texts } from '../texts.ts';
import { propertiesOf } from './form-schema.ts';

interface FoldProps {
  readonly id: string;
  readonly label: string;
  readonly hasErrors: boolean;
  readonly children: ReactNode;
}

/** Fields that are shown when somebody asks for them, or when one of them has an error. Folded fields stay in the page. */
function Fold({ id, label, hasErrors, children }: FoldProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Accordion
      expanded={isOpen || hasErrors}
      onChange={(_event, opened) => setIsOpen(opened)}
      variant="outlined"
      disableGutters
      slotProps={{ heading: { component: 'div' } }}
    >
      <AccordionSummary id={`${id}__more`} aria-controls={`${id}__folded`} expandIcon={<span aria-hidden>▾</span>}>
        {label}
      </AccordionSummary>
      <AccordionDetails>
        <Stack spacing={2}>{children}</Stack>
      </AccordionDetails>
    </Accordion>
  );
}

/** Whether a group has one field with the title of the group, as the alternatives of a one-of group have. The field shows the title. */
const isTitledBelow = ({ title, schema }: ObjectFieldTemplateProps): boolean => {
  const [only, ...others] = Object.values(propertiesOf(schema));
  return others.length === 0 && only?.title === title;
};

/** A group of fields. Those that its `ui:options` name as `folded` are below the others. */
export function GroupTemplate(props: ObjectFieldTemplateProps) {
  const { title, properties, uiSchema, fieldPathId, errorSchema = {} } = props;
  const folded = (getUiOptions(uiSchema)['folded'] ?? []) as readonly string[];
  const shown = properties.filter(({ name }) => !folded.includes(name));
  const others = properties.filter(({ name }) => folded.includes(name));
  const hasErrors = others.some(({ name }) => name in errorSchema);
  const isRoot = fieldPathId.path.length === 0;
  const legend = shown.length > 0 && !isRoot && !isTitledBelow(props) ? title : '';
  return (
    <Box component="fieldset" id={fieldPathId.$id} sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
      {legend !== '' && (
        <Typography component="legend" variant="h3" sx={{ mb: 1.5 }}>
          {legend}
        </Typography>
      )}
      <Stack spacing={2}>
        {shown.map(({ name, content }) => (
          <Box key={name}>{content}</Box>
        ))}
        {others.length > 0 && (
          <Fold
            id={fieldPathId.$id}
            label={legend !== '' ? texts.forms.more(others.length) : `${title} (${others.length})`}
            hasErrors={hasErrors}
          >
            {others.map(({ name, content }) => (
              <Box key={name}>{content}</Box>
            ))}
          </Fold>
        )}
      </Stack>
    </Box>
  );
}

/** One field with its description and its errors. */
export function FieldTemplate(props: FieldTemplateProps) {
  const { id, children, displayLabel, rawDescription, rawErrors = [], errors, schema, uiSchema, required } = props;
  const isIgnored = getUiOptions(uiSchema)['isIgnored'] === true;
  const isGroup = schema.type === 'object' || schema.type === 'array';
  const description = isIgnored ? `${texts.forms.ignored} ${rawDescription ?? ''}` : rawDescription;
  const hasDescription = !isGroup && (displayLabel || schema.type === 'boolean') && description;
  return (
    <FormControl fullWidth error={rawErrors.length > 0} required={required === true}>
      {children}
      {errors}
      {hasDescription && (
        <FormHelperText id={descriptionId(id)} error={false}>
          {description}
        </FormHelperText>
      )}
    </FormControl>
  );
}

/** The errors of one field. */
export function FieldErrorTemplate({ errors = [], fieldPathId }: FieldErrorProps) {
  if (errors.length === 0) return null;
  return (
    <FormHelperText error id={errorId(fieldPathId)} component="div">
      {errors.map((error, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the texts of a field do not move
        <div key={index}>{error}</div>
      ))}
    </FormHelperText>
  );
}
