// The newest copy of the shop, for the words about whether one's work is safe.

/** `made_ms` is null when there is no copy yet. */
export type LastCopy = { made_ms: number | null; whole: boolean }

class Copies {
  /** Null while nothing is known of copies: then nothing is said of them. */
  last = $state.raw<LastCopy | null>(null)
}

export const copies = new Copies()
