import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const src = new URL('.', import.meta.url)
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })

/** The content policy allows no inline script and no inline style; neither may slip in. */
describe('the content policy', () => {
  it('finds no inline script in the page', () => {
    const page = readFileSync(new URL('../index.html', src), 'utf8')
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(page).not.toMatch(/<style|\son\w+=|style=/)
  })

  it('finds no style attribute, raw HTML or eval in a component', () => {
    for (const file of files.filter((name) => name.endsWith('.svelte'))) {
      const markup = readFileSync(new URL(file, src), 'utf8')
      expect(markup, file).not.toMatch(/\sstyle="[^{]/)
      expect(markup, file).not.toMatch(/\{@html|\beval\(|new Function/)
    }
  })
})

describe('the door', () => {
  it('is the one importer of Tauri and of the bindings', () => {
    for (const file of files.filter(
      (name) => /\.(ts|svelte)$/.test(name) && !/^(lib\/door|demo)\//.test(name)
    )) {
      if (file === 'policy.test.ts') continue
      expect(readFileSync(new URL(file, src), 'utf8'), file).not.toMatch(/@tauri-apps|door\/bindings/)
    }
  })
})
