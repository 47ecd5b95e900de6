import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Two pages, buyers' and operators', with nothing inline and nothing from elsewhere: they work
 * under `default-src 'self'`.
 */
export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // As data URLs they would need a wider policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'ops.html'] },
  },
  server: {
    proxy: Object.fromEntries(
      ['/events', '/sections', '/bookings', '/users', '/ops/', '/queues'].map((path) => [
        path,
        'http://127.0.0.1:3000',
      ]),
    ),
  },
});

/** Files below this size gain nothing. */
const compressBytesMin = 1_024;

/** Writes each file a second and third time as .br and .gz, so that the server never compresses. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        const source = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        if (source.length < compressBytesMin) continue;
        const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
        this.emitFile({
          type: 'asset',
          fileName: `${fileName}.br`,
          source: brotliCompressSync(source, best),
        });
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source) });
      }
    },
  };
}
