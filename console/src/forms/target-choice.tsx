// Chooses the dialect and the instances of a new connection.
import Checkbox from '@mui/material/Checkbox';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { OPERATIONS } from '../api/rights.ts';
import { useStart, type InstanceInfo } from '../api/start.tsx';
import type { Dialect, Vendor, DialectChoicesQuery } from '../generated/graphql.ts';
import { texts } from '../texts.ts';

export type DialectChoice = DialectChoicesQuery['dialects'][number];

/** Returns why an instance cannot get a connection of a dialect, and which products can; null when it can. */
function refusalOf(
  { label, support }: DialectChoice,
  { vendor }: InstanceInfo,
  labelOf: (vendor: Vendor) => string,
): string | null {
  const cell = support.find((one) => one.vendor === vendor);
  if (cell?.status === 'SUPPORTED') return null;
  const alternatives = support.filter(({ status }) => status === 'SUPPORTED').map((one) => labelOf(one.vendor));
  return texts.create.refused(labelOf(vendor), label, alternatives, cell?.note ?? null);
}

interface Props {
  readonly dialects: readonly DialectChoice[];
  readonly dialect: DialectChoice | undefined;
  readonly targets: readonly string[];
  readonly onDialect: (dialect: Dialect) => void;
  readonly onTargets: (keys: readonly string[]) => void;
}

/** The two choices that decide which fields the form has. */
export function TargetChoice({ dialects, dialect, targets, onDialect, onTargets }: Props) {
  const { instances, may, labels } = useStart();
  const creatable = instances.filter(({ key, capabilities }) => may(OPERATIONS.create, key, capabilities));
  const toggle = (key: string, isChosen: boolean) =>
    onTargets(isChosen ? [...targets, key] : targets.filter((other) => other !== key));
  const choose = (value: string) => {
    const found = dialects.find((one) => one.dialect === value);
    if (found) onDialect(found.dialect);
  };
  return (
    <Stack spacing={2}>
      <TextField
        id="dialect"
        select
        label={texts.create.dialect}
        value={dialect?.dialect ?? ''}
        onChange={({ target }) => choose(target.value)}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        sx={{ maxWidth: 360 }}
      >
        <option value="" disabled>
          {texts.create.chooseDialect}
        </option>
        {dialects.map(({ dialect: value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </TextField>
      {dialect && (
        <FormControl component="fieldset">
          <FormLabel component="legend">{texts.create.targets}</FormLabel>
          <FormGroup>
            {creatable.map((instance) => {
              const { key, label } = instance;
              const refusal = refusalOf(dialect, instance, labels.vendor);
              return (
                <div key={key}>
                  <FormControlLabel
                    control={<Checkbox size="small" name={`target-${key}`} />}
                    label={label}
                    disabled={refusal !== null}
                    checked={targets.includes(key)}
                    onChange={(_event, isChosen) => toggle(key, isChosen)}
                    slotProps={{ typography: { variant: 'body2' } }}
                  />
                  {refusal && <FormHelperText sx={{ mt: -0.5, ml: 4 }}>{refusal}</FormHelperText>}
                </div>
              );
            })}
          </FormGroup>
        </FormControl>
      )}
    </Stack>
  );
}
