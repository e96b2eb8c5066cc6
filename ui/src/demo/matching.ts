// The table of photos and pieces, made up: some know their piece, some wait for a card, some know nothing.
// `?photos=3000` makes so many.
import type { MatchChange, MatchPiece, MatchRow, MatchTable, PhotoSource } from '../lib/door/bindings'
import { NAMES } from './drawings'
import { failure, products, scenario } from './world'

const asked = Number(new URLSearchParams(location.search).get('photos') ?? '34')
const TAKEN_AT_ONCE = Math.max(1, Math.round(asked / 40))

export const sources: PhotoSource[] =
  scenario === 'nosources'
    ? []
    : [
        { path: '/media/maria/CANON', kind: 'card', name: 'CANON_DC', photos: 214 },
        { path: '/home/maria/Imágenes', kind: 'pictures', name: '', photos: 5000 },
        { path: '/home/maria/Descargas', kind: 'downloads', name: '', photos: 1 },
        { path: '/home/maria/Escritorio', kind: 'desktop', name: '', photos: 0 }
      ]

export const matchPieces = (): MatchPiece[] =>
  products
    .filter((one) => !one.deleted)
    .map(({ id, sku, title, photos }) => ({ id, sku, title, photo: photos[0]?.small ?? null }))

const staged: string[] = []
let rows: MatchRow[] = []
let name = ''
let reading = 0
let taking: MatchTable['taking'] = null
let timer: ReturnType<typeof setInterval> | undefined

const row = (path: string, at: number, change: Partial<MatchRow> = {}): MatchRow => ({
  path,
  thumb: `demo-${NAMES[at % NAMES.length] ?? 'pot'}-${at}`,
  product_id: null,
  by: null,
  card: false,
  unmatched: null,
  several: [],
  state: 'waiting',
  fault: null,
  ...change
})

function madeUp(): MatchRow[] {
  const sure = Array.from({ length: Math.floor(asked * 0.6) }, (_, at) => {
    const piece = products[Math.floor(at / 5) % Math.min(9, products.length || 1)]
    const by = ['file_sku', 'file_sku', 'folder_title', 'file_title'][Math.floor(at / 5) % 4] ?? 'file_sku'
    return row(`${piece?.sku ?? 'X'}/${piece?.sku ?? 'X'}-${at}.jpg`, Math.floor(at / 5), {
      product_id: piece?.id ?? null,
      by
    })
  })
  if (asked >= 2000) {
    // Many pieces with a few photos each.
    sure.forEach((one, at) => (one.product_id = products[Math.floor(at / 3) % products.length]?.id ?? null))
  }
  const rest = Array.from({ length: asked - sure.length }, (_, at) =>
    row(`DCIM/100CANON/IMG_${String(4000 + at).padStart(4, '0')}.JPG`, at, {
      unmatched: at % 7 === 3 ? 'several' : at % 5 === 4 ? 'nothing' : 'cameras_name',
      several: at % 7 === 3 ? products.slice(0, 2).map((one) => one.id) : []
    })
  )
  return [...sure, ...rest].sort((a, b) => Number(a.product_id === null) - Number(b.product_id === null))
}

const table = (): MatchTable => ({ name, rows, reading, taking })
type Tell = (change: MatchChange) => void

function change(path: string, next: Partial<MatchRow>): MatchRow[] {
  rows = rows.map((one) => (one.path === path ? { ...one, ...next } : one))
  return rows.filter((one) => one.path === path)
}

/** Reads on in the background: the fourth picture without a piece is a card for the three after it. */
function read(tell: Tell): void {
  clearInterval(timer)
  reading = rows.filter((one) => one.product_id === null).length
  const loose = rows.filter((one) => one.product_id === null)
  timer = setInterval(() => {
    reading = Math.max(0, reading - Math.ceil(loose.length / 6))
    const found = reading === 0 ? loose.slice(0, 4) : []
    const piece = products[2]?.id ?? null
    const told = found.flatMap((one, at) =>
      change(one.path, { product_id: piece, by: 'card', card: at === 0, unmatched: null })
    )
    tell({ rows: told, reading, taking })
    if (reading === 0) clearInterval(timer)
  }, 400)
}

export function open(folder: string, tell: Tell): MatchTable {
  name = folder.split('/').at(-1) ?? folder
  rows = folder.endsWith('Escritorio') ? [] : madeUp()
  taking = null
  if (rows.length > 0) read(tell)
  return table()
}

export function stage(path: string): void {
  staged.push(path)
}

export function openStaged(tell: Tell): MatchTable {
  name = ''
  rows = staged.splice(0).map((path, at) => {
    const piece = products.find((one) => one.sku !== '' && path.includes(one.sku))
    return row(path, at, piece ? { product_id: piece.id, by: 'file_sku' } : { unmatched: 'cameras_name' })
  })
  read(tell)
  return table()
}

export function assign(paths: string[], productId: string | null): MatchTable {
  rows = rows.map((one) =>
    paths.includes(one.path) && !one.card
      ? {
          ...one,
          product_id: productId,
          by: productId ? 'hand' : null,
          unmatched: productId ? null : 'nothing',
          state: 'waiting',
          fault: null
        }
      : one
  )
  return table()
}

export function takeAll(tell: Tell): null {
  const todo = rows.filter(
    (one) => one.product_id && !one.card && (one.state === 'waiting' || one.state === 'failed')
  )
  let done = 0
  taking = { done, count: todo.length }
  tell({ rows: [], reading, taking })
  clearInterval(timer)
  timer = setInterval(() => {
    const now = todo.slice(done, done + TAKEN_AT_ONCE)
    const told = now.flatMap((one, at) => {
      const number = done + at
      if (number % 9 === 4) return change(one.path, { state: 'duplicate' })
      if (number % 13 === 7 && one.state !== 'failed')
        return change(one.path, { state: 'failed', fault: failure('photo_truncated') })
      return change(one.path, { state: 'added', fault: null })
    })
    done += now.length
    taking = done < todo.length ? { done, count: todo.length } : null
    tell({ rows: told, reading, taking })
    if (!taking) clearInterval(timer)
  }, 150)
  return null
}

export function stop(tell: Tell): null {
  clearInterval(timer)
  taking = null
  tell({ rows: [], reading, taking })
  return null
}

export function close(): null {
  clearInterval(timer)
  rows = []
  taking = null
  return null
}
