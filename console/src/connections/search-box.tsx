// A filter by a part of a text. It applies when the person stops typing.
import TextField from '@mui/material/TextField';
import { useEffect, useEffectEvent, useState } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const PAUSE_MS = 250;

export function SearchBox({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const [applied, setApplied] = useState(value);
  if (applied !== value && typed === applied) {
    // The filters were cleared, or the person went back.
    setApplied(value);
    setTyped(value);
  }
  const apply = useEffectEvent(() => {
    setApplied(typed);
    onChange(typed);
  });
  useEffect(() => {
    if (typed === applied) return undefined;
    const timer = setTimeout(apply, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, applied]);
  return (
    <TextField
      type="search"
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
