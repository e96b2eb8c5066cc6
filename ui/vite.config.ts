import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The policy of tauri.conf.json, so that the demo fails where the window would.
const POLICY =
  "default-src 'self'; img-src 'self' photo: http://photo.localhost data: blob:; style-src 'self'; " +
  "connect-src 'self' ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; form-action 'none'"

export default defineConfig(({ mode }) => ({
  plugins: [
    svelte(),
    {
      name: 'demo-policy',
      apply: 'build',
      transformIndexHtml: () =>
        mode === 'demo'
          ? [
              {
                tag: 'meta',
                attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
                injectTo: 'head-prepend'
              }
            ]
          : []
    }
  ],
  resolve: {
    alias: {
      // What answers the door: the app's backend, or (mode "demo") fixtures in the browser.
      $host: at(mode === 'demo' ? './src/demo/host.ts' : './src/lib/door/host.ts'),
      $lib: at('./src/lib'),
      $routes: at('./src/routes')
    }
  },
  clearScreen: false,
  server: { port: 5173, strictPort: true, host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    outDir: mode === 'demo' ? 'dist-demo' : 'dist',
    emptyOutDir: true,
    target: 'safari16',
    // Nothing is inlined: the content policy knows no data: for fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' }
}))
