// Which toasts are on the screen, and for how long. At most two: what was done last, and what went wrong.

export type Toast = {
  id: number
  text: string
  hint?: string
  tone: 'done' | 'info' | 'attention'
  action?: { label: string; run: () => void | Promise<void> }
}

const MOST = 2

/** What is only read, what can be taken back or must be read, and what a person should not miss. */
export const LIFE_MS = { read: 4_000, act: 9_000, trouble: 30_000 }

export function lifeOf(toast: Omit<Toast, 'id'>): number {
  if (toast.tone === 'attention') return LIFE_MS.trouble
  return toast.action || toast.tone === 'info' ? LIFE_MS.act : LIFE_MS.read
}

/**
 * The list with `next` on it. The newest of what was done takes the place of the one before; of troubles the
 * oldest gives way, but never for their sake the way back of the newest action.
 */
export function admit(list: readonly Toast[], next: Toast): Toast[] {
  if (next.tone !== 'attention') {
    return [...list.filter((toast) => toast.tone === 'attention').slice(1 - MOST), next]
  }
  const others = list.filter((toast) => toast.tone !== 'attention' || toast.text !== next.text)
  const undo = others.find((toast) => toast.tone !== 'attention' && toast.action)
  return [...(undo ? [undo] : others.slice(1 - MOST)), next]
}
