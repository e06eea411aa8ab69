// Builds the console into dist/console, from where the gateway serves it. Run by `npm run build:console`.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no data: URL but for images.
    assetsInlineLimit: 0,
    // Its polyfill would be an inline script.
    modulePreload: { polyfill: false },
    // 700 kB are about 220 kB when they are compressed.
    chunkSizeWarningLimit: 700,
  },
});
