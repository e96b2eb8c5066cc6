import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** Only the door may know how the backend is called. */
const closed = {
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          group: ['@tauri-apps/*', '**/door/bindings*', '**/door/host*', '$host'],
          message: 'Go through $lib/door.'
        }
      ]
    }
  ]
}

export default ts.config(
  { ignores: ['dist/', 'dist-demo/', 'node_modules/', 'src/lib/door/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: { eqeqeq: 'error', 'no-console': 'error', ...closed }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Addresses are hashes that the router makes; there is no SvelteKit here.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  { files: ['src/lib/door/**', 'src/demo/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['*.config.{js,ts}', 'src/**/*.test.ts'], languageOptions: { globals: { ...globals.node } } }
)
