// The select box of a form: the browser's own, which a keyboard, a telephone and a screen reader know best.
import TextField from '@mui/material/TextField';
import { ariaDescribedByIds, type WidgetProps } from '@rjsf/utils';
import { texts } from '../texts.ts';

/** A choice of one value. The empty choice is no value, which is not the same as "No". */
export function ChoiceWidget(props: WidgetProps) {
  const { id, label, value, onChange, required, disabled, options, rawErrors = [], schema } = props;
  const choices = options.enumOptions ?? [];
  const chosen = choices.findIndex((choice) => choice.value === value);
  // The library gives the choice between alternatives a default.
  const hasEmpty = schema.default === undefined;
  return (
    <TextField
      id={id}
      select
      label={label}
      value={chosen < 0 ? '' : String(chosen)}
      required={required === true}
      disabled={disabled === true}
      error={rawErrors.length > 0}
      fullWidth
      onChange={({ target }) => onChange(target.value === '' ? undefined : choices[Number(target.value)]?.value)}
      slotProps={{
        select: { native: true },
        inputLabel: { shrink: true },
        htmlInput: { 'aria-describedby': ariaDescribedByIds(id) },
      }}
    >
      {hasEmpty && <option value="">{texts.forms.noChoice}</option>}
      {choices.map((choice, index) => (
        <option key={String(choice.value)} value={String(index)}>
          {choice.label}
        </option>
      ))}
    </TextField>
  );
}
