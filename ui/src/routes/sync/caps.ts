// How much of photos may go out in a day.

/** Bytes; null for as much as there is. */
export type Cap = number | null

const MEGABYTE = 1_000_000
const USUAL: Cap[] = [null, ...[10, 25, 50, 100].map((megabytes) => megabytes * MEGABYTE)]

/** How a choice is spelled when there is no cap. */
export const NO_CAP = 'none'

/** The caps to choose from: the usual ones, and the one in force. */
export function caps(inForce: Cap): Cap[] {
  if (USUAL.includes(inForce)) return USUAL
  return [...USUAL, inForce].sort((one, other) => (one ?? 0) - (other ?? 0))
}

/** A cap as a choice: whole megabytes, or {@link NO_CAP}. */
export const capOf = (cap: Cap): string => (cap === null ? NO_CAP : String(Math.round(cap / MEGABYTE)))
