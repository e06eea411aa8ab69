// The box for one secret. The browser's input alone holds the text; React's state and the HTML of the page never do.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { ariaDescribedByIds, type WidgetProps } from '@rjsf/utils';
import { useCallback, useId, useRef, useState, type ChangeEvent, type ClipboardEvent } from 'react';
import type { SecretStatus } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { CLEAR, type SecretVault } from './secret-vault.ts';

/** What the fields of a form share. */
export interface FormContext {
  readonly vault: SecretVault;
  /** Whether a secret is stored, by the ids of the fields of an update. */
  readonly statuses: Readonly<Record<string, SecretStatus>>;
}

interface BoxProps {
  readonly id: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly isFile: boolean;
  readonly isDisabled: boolean;
  readonly hasError: boolean;
  readonly describedBy?: string;
  readonly vault: SecretVault;
  readonly token: string | undefined;
  readonly onToken: (token: string | undefined) => void;
}

const MOST_BYTES = 2 * 1024 * 1024;

/** A password box, with a button that reads a file where the secret usually is one. A pasted text keeps its lines. */
export function SecretBox(props: BoxProps) {
  const { id, label, isRequired, isFile, isDisabled, hasError, describedBy, vault, token, onToken } = props;
  const input = useRef<HTMLInputElement | null>(null);
  const [note, setNote] = useState('');
  const fileId = useId();
  const attach = useCallback(
    (element: HTMLInputElement | null) => {
      input.current = element;
      if (element) element.value = vault.textOf(token) ?? '';
    },
    // The box is filled when it appears. Later it has what is typed.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new token must not move the caret
    [vault],
  );
  const take = (text: string, told: string) => {
    if (input.current) input.current.value = text;
    setNote(told);
    onToken(vault.keep(token, text));
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text');
    if (!text.includes('\n')) return;
    event.preventDefault();
    take(text, texts.forms.lines(text.trimEnd().split('\n').length));
  };
  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    target.value = '';
    if (!file) return;
    if (file.size > MOST_BYTES) setNote(texts.forms.fileTooLarge);
    else take(await file.text(), texts.forms.fileRead);
  };
  return (
    <Stack direction="row" spacing={1} sx={{ alignItems: 'flex-start' }}>
      <TextField
        id={id}
        type="password"
        label={label}
        inputRef={attach}
        required={isRequired}
        disabled={isDisabled}
        error={hasError}
        autoComplete="off"
        fullWidth
        helperText={note || undefined}
        onChange={({ target }) => {
          setNote('');
          onToken(vault.keep(token, target.value));
        }}
        slotProps={{
          htmlInput: {
            spellCheck: false,
            onPaste: paste,
            'data-1p-ignore': true,
            ...(describedBy ? { 'aria-describedby': describedBy } : {}),
          },
        }}
      />
      {isFile && (
        <>
          <Button component="label" htmlFor={fileId} variant="outlined" disabled={isDisabled} sx={{ mt: 0.5 }}>
            {texts.forms.chooseFile}
          </Button>
          <Box
            component="input"
            id={fileId}
            type="file"
            aria-label={texts.forms.fileFor(label)}
            onChange={(event: ChangeEvent<HTMLInputElement>) => void readFile(event)}
            sx={{ position: 'absolute', width: 1, height: 1, opacity: 0, pointerEvents: 'none' }}
          />
        </>
      )}
    </Stack>
  );
}

const choiceOf = (token: unknown, isReplacing: boolean) => {
  if (token === CLEAR) return 'clear';
  return isReplacing ? 'replace' : 'keep';
};

/** Keep, replace or clear a stored secret. */
function SecretPatchField(props: WidgetProps & { readonly box: BoxProps }) {
  const { id, label, schema, value, onChange, registry, box } = props;
  const { statuses }: FormContext = registry.formContext;
  const [isReplacing, setIsReplacing] = useState(value !== undefined && value !== CLEAR);
  const choose = (choice: string) => {
    if (typeof value === 'string' && value !== CLEAR) box.vault.keep(value, '');
    setIsReplacing(choice === 'replace');
    onChange(choice === 'clear' ? CLEAR : undefined);
  };
  const choices = ['keep', 'replace', ...(schema['x-clearable'] === true ? ['clear'] : [])] as const;
  return (
    <div>
      <FormLabel id={`${id}__label`} error={box.hasError}>
        {`${label}: ${texts.forms.secretStatus[statuses[id] ?? 'UNKNOWN']}`}
      </FormLabel>
      <RadioGroup
        row
        aria-labelledby={`${id}__label`}
        aria-describedby={ariaDescribedByIds(id)}
        value={choiceOf(value, isReplacing)}
        onChange={(_event, choice) => choose(choice)}
      >
        {choices.map((choice) => (
          <FormControlLabel
            key={choice}
            value={choice}
            control={<Radio size="small" name={`${id}__choice`} />}
            label={texts.forms.secretChoice[choice as 'keep' | 'replace' | 'clear']}
          />
        ))}
      </RadioGroup>
      {isReplacing && <SecretBox {...box} />}
    </div>
  );
}

/** The widget of a secret. */
export function SecretWidget(props: WidgetProps) {
  const { id, label, value, onChange, required, disabled, options, rawErrors = [], registry } = props;
  const { vault }: FormContext = registry.formContext;
  const box: BoxProps = {
    id,
    label,
    isRequired: required === true,
    isFile: options['isFile'] === true,
    isDisabled: disabled === true,
    hasError: rawErrors.length > 0,
    describedBy: ariaDescribedByIds(id),
    vault,
    token: typeof value === 'string' ? value : undefined,
    onToken: onChange,
  };
  return options['isPatch'] === true ? <SecretPatchField {...props} box={box} /> : <SecretBox {...box} />;
}
