// The table as it is shown: photos by piece, and at one side those that have none.
import type { MatchPiece, MatchRow } from '$lib/door'

export type Group = { piece: MatchPiece; rows: MatchRow[] }
export type Sorted = { groups: Group[]; tray: MatchRow[] }

export const byId = (pieces: readonly MatchPiece[]): ReadonlyMap<string, MatchPiece> =>
  new Map(pieces.map((piece) => [piece.id, piece]))

/** Groups in the order of their first photo; a row whose piece is gone lies in the tray. */
export function sorted(rows: readonly MatchRow[], pieces: ReadonlyMap<string, MatchPiece>): Sorted {
  const groups = new Map<string, Group>()
  const tray: MatchRow[] = []
  for (const row of rows) {
    const piece = row.product_id === null ? undefined : pieces.get(row.product_id)
    if (!piece) {
      tray.push(row)
      continue
    }
    const group = groups.get(piece.id)
    if (group) group.rows.push(row)
    else groups.set(piece.id, { piece, rows: [row] })
  }
  return { groups: [...groups.values()], tray }
}

/** What "put" would do now, and what came of what was put. */
export type Tally = {
  photos: number
  pieces: number
  added: number
  duplicates: number
  failed: MatchRow[]
}

export function tally(rows: readonly MatchRow[]): Tally {
  const pieces = new Set<string>()
  const sum: Tally = { photos: 0, pieces: 0, added: 0, duplicates: 0, failed: [] }
  for (const row of rows) {
    if (row.card || row.product_id === null) continue
    if (row.state === 'added') sum.added++
    else if (row.state === 'duplicate') sum.duplicates++
    else {
      sum.photos++
      pieces.add(row.product_id)
      if (row.state === 'failed') sum.failed.push(row)
    }
  }
  return { ...sum, pieces: pieces.size }
}

/** Rows with what was told of some of them; the order stays. */
export function changed(rows: readonly MatchRow[], told: readonly MatchRow[]): MatchRow[] {
  const news = new Map(told.map((row) => [row.path, row]))
  return rows.map((row) => news.get(row.path) ?? row)
}

/** A photo that is in its piece already stays there, and a card is nobody's photo. */
export const movable = (row: MatchRow): boolean =>
  !row.card && (row.state === 'waiting' || row.state === 'failed')

export const fileName = (path: string): string => path.split('/').at(-1) ?? path
