// The settings of a connection.
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { Facts } from '../frame/facts.tsx';
import { texts } from '../texts.ts';
import { missingSettings, settingsOf, type SecretStatus, type Setting } from './settings.ts';

/** Whether a secret is stored. Nothing of the secret itself ever reaches the page. */
function Secret({ status }: { readonly status: SecretStatus }) {
  const label = texts.secretStatus[status];
  return <Chip size="small" variant="outlined" color={status === 'SET' ? 'success' : 'default'} label={label} />;
}

function Value({ setting }: { readonly setting: Setting }) {
  if (setting.kind === 'text') return <Box sx={{ whiteSpace: 'pre-wrap' }}>{setting.text}</Box>;
  if (setting.kind === 'secret') return <Secret status={setting.status} />;
  return <Facts facts={setting.settings.map((inner) => [inner.name, <Value key={inner.name} setting={inner} />])} />;
}

/** Shows all settings that are reported, and the names of the others. @param values the config or the details of a connection. */
export function SettingsList({ values }: { readonly values: object }) {
  const missing = missingSettings(values);
  return (
    <>
      <Facts
        facts={settingsOf(values).map((setting) => [setting.name, <Value key={setting.name} setting={setting} />])}
      />
      {missing.length > 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1.5 }}>
          {texts.connection.missing(missing.join(', '))}
        </Typography>
      )}
    </>
  );
}
