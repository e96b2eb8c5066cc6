import { describe, expect, it } from 'vitest'
import type { MatchPiece, MatchRow } from '$lib/door'
import { changed, movable, sorted, tally } from './groups'
import { groupLines, photosOf, seen, tops, trayLines } from './lines'

const piece = (id: string): MatchPiece => ({ id, sku: id.toUpperCase(), title: id, photo: null })
const row = (path: string, change: Partial<MatchRow> = {}): MatchRow => ({
  path,
  thumb: path,
  product_id: null,
  by: null,
  card: false,
  unmatched: null,
  several: [],
  state: 'waiting',
  fault: null,
  ...change
})
const pieces = new Map(['a', 'b', 'c'].map((id) => [id, piece(id)]))
const sizes = { head: 60, bare: 40, photos: 100, words: 30, columns: 3 }

describe('photos and pieces', () => {
  it('are together in the order they were told; what has no piece lies aside', () => {
    const { groups, tray } = sorted(
      [row('1', { product_id: 'b' }), row('2'), row('3', { product_id: 'a' }), row('4', { product_id: 'b' }),
        row('5', { product_id: 'gone' })],
      pieces
    ) // prettier-ignore
    expect(groups.map((group) => [group.piece.id, group.rows.map((one) => one.path)])).toEqual([
      ['b', ['1', '4']],
      ['a', ['3']]
    ])
    expect(tray.map((one) => one.path)).toEqual(['2', '5'])
  })

  it('are counted without cards, and what is in its piece is not put again', () => {
    const rows = [
      row('1', { product_id: 'a' }),
      row('2', { product_id: 'a', card: true }),
      row('3', { product_id: 'b', state: 'added' }),
      row('4', { product_id: 'b', state: 'duplicate' }),
      row('5', { product_id: 'c', state: 'failed' }),
      row('6')
    ]
    expect(tally(rows)).toMatchObject({ photos: 2, pieces: 2, added: 1, duplicates: 1 })
    expect(tally(rows).failed.map((one) => one.path)).toEqual(['5'])
    expect(rows.filter(movable).map((one) => one.path)).toEqual(['1', '5', '6'])
  })

  it('keep their order when some are told anew', () => {
    const rows = changed([row('1'), row('2'), row('3')], [row('2', { product_id: 'a' }), row('9')])
    expect(rows.map((one) => [one.path, one.product_id])).toEqual([['1', null], ['2', 'a'], ['3', null]]) // prettier-ignore
  })
})

describe('the lines of the table', () => {
  it('hold a head, rows of photos, and the other pieces at the end', () => {
    const { groups } = sorted(
      ['1', '2', '3', '4'].map((path) => row(path, { product_id: 'a' })),
      pieces
    )
    const lines = groupLines(groups, [piece('b')], sizes)
    expect(lines.map((line) => [line.kind, line.height])).toEqual([
      ['head', 60], ['photos', 100], ['photos', 100], ['words', 30], ['head', 40]
    ]) // prettier-ignore
    expect(photosOf(lines).map((one) => one.path)).toEqual(['1', '2', '3', '4'])
    expect([...tops(lines)]).toEqual([0, 60, 160, 260, 290, 330])
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length)
  })

  it('are drawn only where they are seen, of 5,000 photos too', () => {
    const lines = trayLines(
      Array.from({ length: 5000 }, (_, at) => row(String(at))),
      sizes
    )
    const all = tops(lines)
    expect(lines).toHaveLength(1667)
    expect(seen(all, 0, 500)).toEqual({ first: 0, end: 5 })
    expect(seen(all, 250, 750)).toEqual({ first: 2, end: 8 })
    expect(seen(all, 166_650, 170_000)).toEqual({ first: 1666, end: 1667 })
    expect(seen(tops([]), 0, 500)).toEqual({ first: 0, end: 0 })
  })
})
