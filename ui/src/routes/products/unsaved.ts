// What was typed and could not be kept yet (too long, not a price): it survives leaving the screen and
// closing the window, and is gone once it is kept.
import type { Draft } from './fields'

const name = (id: string) => `puesto.unsaved.${id}`

export function unsaved(id: string): Partial<Draft> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name(id)) ?? '{}')
    return typeof kept === 'object' && kept !== null ? (kept as Partial<Draft>) : {}
  } catch {
    return {}
  }
}

export function keepUnsaved(id: string, parts: Partial<Draft>): void {
  try {
    if (Object.keys(parts).length === 0) localStorage.removeItem(name(id))
    else localStorage.setItem(name(id), JSON.stringify(parts))
  } catch {
    // Full or forbidden: the text is still in its field.
  }
}
