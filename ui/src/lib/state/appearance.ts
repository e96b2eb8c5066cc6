// Theme and size of text, as attributes that the style sheets read.
import type { Preferences, Theme } from '$lib/door'

const dark = window.matchMedia('(prefers-color-scheme: dark)')
let wanted: Theme = 'system'

function paint(): void {
  const theme = wanted === 'system' ? (dark.matches ? 'dark' : 'light') : wanted
  document.documentElement.dataset['theme'] = theme
}

dark.addEventListener('change', paint)
paint()

export function applyAppearance({ theme, text_size }: Pick<Preferences, 'theme' | 'text_size'>): void {
  wanted = theme
  document.documentElement.dataset['text'] = text_size
  paint()
}
