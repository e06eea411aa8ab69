// Asks for a token.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Container from '@mui/material/Container';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, type FormEvent } from 'react';
import { texts } from '../texts.ts';

interface Props {
  /** Whether the gateway refused the token of before. */
  readonly wasRefused: boolean;
  readonly onToken: (token: string) => void;
}

/** The form for the token. The field is not controlled by React, so the token is in no state. */
export function SignIn({ wasRefused, onToken }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const input = field.current;
    if (!input || input.value.trim() === '') return;
    const { value } = input;
    input.value = '';
    onToken(value);
  };
  return (
    <Container component="main" maxWidth="xs" sx={{ py: 6 }}>
      <Stack component="form" spacing={2} onSubmit={submit}>
        <Typography variant="h1">{texts.signIn.title}</Typography>
        <Typography>{texts.signIn.intro}</Typography>
        {wasRefused && <Alert severity="error">{texts.signIn.refused}</Alert>}
        <TextField
          inputRef={field}
          label={texts.signIn.token}
          type="password"
          autoComplete="off"
          slotProps={{ htmlInput: { autoFocus: true, spellCheck: false } }}
        />
        <Button type="submit" variant="contained">
          {texts.signIn.submit}
        </Button>
      </Stack>
    </Container>
  );
}
