// What was done, with its ways back and forth.

export type History<T> = {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** What was done last and when: small steps of the same slider soon after each other are one. */
  readonly kind: string
  readonly at: number
}

const MOST = 200
const SOON_MS = 900

export const begun = <T>(now: T): History<T> => ({ past: [], now, future: [], kind: '', at: 0 })

/** With `next` done. Steps of one `kind` less than {@link SOON_MS} apart are taken back together. */
export function done<T>(history: History<T>, next: T, kind: string, at: number): History<T> {
  const joins = kind !== '' && kind === history.kind && at - history.at < SOON_MS && history.past.length > 0
  return {
    past: joins ? history.past : [...history.past, history.now].slice(-MOST),
    now: next,
    future: [],
    kind,
    at
  }
}

export function undone<T>(history: History<T>): History<T> {
  const now = history.past.at(-1)
  if (now === undefined) return history
  return {
    past: history.past.slice(0, -1),
    now,
    future: [history.now, ...history.future],
    kind: '',
    at: 0
  }
}

export function redone<T>(history: History<T>): History<T> {
  const now = history.future[0]
  if (now === undefined) return history
  return { past: [...history.past, history.now], now, future: history.future.slice(1), kind: '', at: 0 }
}
