// Colours, fonts and sizes in light and in dark.
import { createTheme } from '@mui/material/styles';
import '@mui/material/themeCssVarsAugmentation';

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-scheme' },
  colorSchemes: {
    light: {
      palette: { primary: { main: '#1f4e79' }, background: { default: '#f6f7f9' }, text: { secondary: '#4b5563' } },
    },
    dark: {
      palette: {
        primary: { main: '#8fc1f0' },
        background: { default: '#0f1419', paper: '#171d24' },
        text: { secondary: '#a9b4c0' },
      },
    },
  },
  typography: {
    fontFamily: 'system-ui, sans-serif',
    fontSize: 13,
    h1: { fontSize: '1.5rem', fontWeight: 600 },
    h2: { fontSize: '1.15rem', fontWeight: 600 },
    h3: { fontSize: '1rem', fontWeight: 600 },
    button: { textTransform: 'none' },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        // The scroll bar keeps its place, so that nothing moves when a list gets longer than the window.
        html: { scrollbarGutter: 'stable' },
        // For texts that only screen readers tell.
        '.visually-hidden': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animation: 'none !important', transition: 'none !important' },
        },
      },
    },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiButton: { defaultProps: { size: 'small' } },
  },
});
