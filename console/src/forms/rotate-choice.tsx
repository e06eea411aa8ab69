// The first step of a rotation: which connections, which secret, and the new secret.
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState, type FormEvent } from 'react';
import type { RotatableSecret, RotationSelector, RotationVerification } from '../generated/graphql.ts';
import { texts } from '../texts.ts';
import { RotateRows } from './rotate-rows.tsx';
import type { SecretVault } from './secret-vault.ts';
import { SecretBox } from './secret-widget.tsx';
import type { RotationChoice } from './use-rotation.ts';

/** What was chosen, without secrets. */
export interface Chosen {
  readonly by: 'server' | 'rows';
  readonly host: string;
  readonly port: string;
  readonly username: string;
  readonly ids: readonly string[];
  readonly field: RotatableSecret;
  readonly verification: RotationVerification;
}

export const NOTHING_CHOSEN: Chosen = {
  by: 'server',
  host: '',
  port: '',
  username: '',
  ids: [],
  field: 'PASSWORD',
  verification: 'PER_SERVER',
};

interface Props {
  readonly vault: SecretVault;
  readonly isBusy: boolean;
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  readonly onPlan: (choice: RotationChoice) => void;
}

function selectorOf({ by, host, port, username, ids }: Chosen): RotationSelector {
  if (by === 'rows') return { ids: [...ids] };
  return { match: { host: host.trim(), username: username.trim(), ...(port === '' ? {} : { port: Number(port) }) } };
}

interface SelectProps<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly choices: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

function Select<Value extends string>({ id, label, value, choices, onChange }: SelectProps<Value>) {
  const keys = Object.keys(choices) as Value[];
  return (
    <TextField
      {...{ id, label, value }}
      select
      onChange={({ target }) => onChange(keys.find((key) => key === target.value) ?? value)}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      {keys.map((key) => (
        <option key={key} value={key}>
          {choices[key]}
        </option>
      ))}
    </TextField>
  );
}

/** The server and the user, or rows of the list. */
function Connections({ chosen, onChosen }: Pick<Props, 'chosen' | 'onChosen'>) {
  const { host, port, username, by, ids } = chosen;
  const text = (name: 'host' | 'port' | 'username', value: string, isRequired: boolean) => (
    <TextField
      id={`rotate-${name}`}
      label={texts.rotate[name]}
      value={value}
      required={isRequired}
      type={name === 'port' ? 'number' : 'text'}
      onChange={({ target }) => onChosen({ ...chosen, [name]: target.value })}
      sx={{ flexGrow: 1 }}
    />
  );
  if (by === 'rows') return <RotateRows ids={ids} onIds={(chosenIds) => onChosen({ ...chosen, ids: chosenIds })} />;
  return (
    <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1}>
      {text('host', host, true)}
      {text('port', port, false)}
      {text('username', username, true)}
    </Stack>
  );
}

export function RotateChoice({ vault, isBusy, chosen, onChosen, onPlan }: Props) {
  const [secretToken, setSecretToken] = useState<string>();
  const [passphraseToken, setPassphraseToken] = useState<string>();
  const { by, ids, field, verification } = chosen;
  const isKey = field === 'PRIVATE_KEY' || field === 'SERVICE_ACCOUNT_KEY';
  const isReady = secretToken !== undefined && (by === 'server' || ids.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    onPlan({ connections: selectorOf(chosen), field, verification, secretToken, passphraseToken });
  };
  const box = { vault, isDisabled: isBusy, hasError: false };
  return (
    <Stack component="form" spacing={2} onSubmit={submit} autoComplete="off">
      <div>
        <FormLabel id="rotate-by">{texts.rotate.by}</FormLabel>
        <RadioGroup
          row
          aria-labelledby="rotate-by"
          value={by}
          onChange={(_event, value) => onChosen({ ...chosen, by: value === 'rows' ? 'rows' : 'server' })}
        >
          <FormControlLabel value="server" control={<Radio size="small" />} label={texts.rotate.byServer} />
          <FormControlLabel value="rows" control={<Radio size="small" />} label={texts.rotate.byRows} />
        </RadioGroup>
      </div>
      <Connections {...{ chosen, onChosen }} />
      <Select
        {...{ id: 'rotate-field', label: texts.rotate.field, value: field, choices: texts.rotate.fields }}
        onChange={(value) => onChosen({ ...chosen, field: value })}
      />
      <SecretBox
        {...{ ...box, id: 'rotate-secret', label: texts.rotate.secret, isRequired: true, isFile: isKey }}
        {...{ token: secretToken, onToken: setSecretToken }}
      />
      {field === 'PRIVATE_KEY' && (
        <SecretBox
          {...{ ...box, id: 'rotate-passphrase', label: texts.rotate.passphrase, isRequired: false, isFile: false }}
          {...{ token: passphraseToken, onToken: setPassphraseToken }}
        />
      )}
      <Select
        {...{ id: 'rotate-verification', label: texts.rotate.verification }}
        {...{ value: verification, choices: texts.rotate.verifications }}
        onChange={(value) => onChosen({ ...chosen, verification: value })}
      />
      <Button type="submit" variant="contained" disabled={!isReady} loading={isBusy} sx={{ alignSelf: 'start' }}>
        {texts.rotate.plan}
      </Button>
    </Stack>
  );
}
