// A long table as lines of known heights, so that only those that are seen exist. Lengths are in CSS pixels.
import type { MatchPiece, MatchRow } from '$lib/door'
import type { Group } from './groups'

export type Line =
  | { kind: 'head'; key: string; height: number; group: Group }
  | { kind: 'photos'; key: string; height: number; give: string; rows: MatchRow[] }
  | { kind: 'words'; key: string; height: number }

export type Sizes = { head: number; bare: number; photos: number; words: number; columns: number }

function photoLines(rows: readonly MatchRow[], give: string, { columns, photos }: Sizes): Line[] {
  const lines: Line[] = []
  for (let at = 0; at < rows.length; at += columns) {
    lines.push({
      kind: 'photos',
      key: `${give} ${at}`,
      height: photos,
      give,
      rows: rows.slice(at, at + columns)
    })
  }
  return lines
}

/** Groups with their photos, then the pieces that have none, as places to give some to. */
export function groupLines(groups: readonly Group[], others: readonly MatchPiece[], sizes: Sizes): Line[] {
  const lines = groups.flatMap((group): Line[] => [
    { kind: 'head', key: group.piece.id, height: sizes.head, group },
    ...photoLines(group.rows, group.piece.id, sizes)
  ])
  if (others.length > 0) lines.push({ kind: 'words', key: '', height: sizes.words })
  for (const piece of others) {
    lines.push({ kind: 'head', key: piece.id, height: sizes.bare, group: { piece, rows: [] } })
  }
  return lines
}

/** Photos without a piece. */
export const trayLines = (rows: readonly MatchRow[], sizes: Sizes): Line[] => photoLines(rows, '', sizes)

/** Where each line begins, and at the end how high all of them are. */
export function tops(lines: readonly Line[]): Float64Array {
  const all = new Float64Array(lines.length + 1)
  lines.forEach((line, index) => (all[index + 1] = (all[index] ?? 0) + line.height))
  return all
}

/** The lines `[first, end)` that touch `[from, to]`. */
export function seen(all: Float64Array, from: number, to: number): { first: number; end: number } {
  const count = all.length - 1
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle + 1] ?? 0) <= from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < count && (all[end] ?? 0) < to) end++
  return { first: low, end }
}

/** The photos of the lines, in the order in which they are read. */
export const photosOf = (lines: readonly Line[]): MatchRow[] =>
  lines.flatMap((line) => (line.kind === 'photos' ? line.rows : []))
