import { describe, expect, it } from 'vitest'
import type { Product } from '$lib/door'
import { draftOf, isSame, LIMITS, read, type Draft } from './fields'

const product: Product = {
  id: 'x',
  sku: 'TN-001',
  title: 'Olla',
  story: '',
  branch: 'ceramics',
  technique: '',
  materials: '',
  community: '',
  people: '',
  maker: '',
  category: '',
  hours: null,
  price: { minor: 45_050, currency: 'MXN' },
  weight_g: 420,
  size_mm: { length: 305, width: 200, height: 10 },
  stock_kind: 'unique',
  on_hand: 1,
  reserved: 0,
  status: 'draft',
  deleted: false,
  photos: [],
  missing: [],
  waiting: false,
  refused: null,
  created_ms: 0,
  changed_ms: 0
}
const draft = draftOf(product, 'MXN')
const with_ = (change: Partial<Draft>): Draft => ({ ...draft, ...change })
const reading = (field: Parameters<typeof read>[0], change: Partial<Draft>) =>
  read(field, with_(change), 'MXN', (minor) => `$${minor / 100}`)

describe('the editor', () => {
  it('shows a piece so that nothing changes by opening it', () => {
    for (const field of [
      'title',
      'story',
      'branch',
      'price',
      'weight_g',
      'hours',
      'size_mm',
      'sku'
    ] as const) {
      const same = read(field, draft, 'MXN', String)
      expect(same.kind, field).toBe('change')
      if (same.kind === 'change') expect(isSame(same.change, product), field).toBe(true)
    }
  })

  it('says what is wrong with a price, and gives no change for it', () => {
    expect(reading('price', { price: '-1' })).toEqual({
      kind: 'problem',
      problem: { key: 'problem.price.negative', params: { most: '$10000000', digits: 2 } }
    })
    expect(reading('price', { price: '1000000000000' })).toMatchObject({
      problem: { key: 'problem.price.too_high' }
    })
    expect(reading('price', { price: 'gratis' })).toMatchObject({
      problem: { key: 'problem.price.not_understood' }
    })
    expect(reading('price', { price: '' })).toEqual({
      kind: 'change',
      change: { field: 'price', value: null }
    })
    expect(reading('price', { price: '2,450' })).toEqual({
      kind: 'change',
      change: { field: 'price', value: { minor: 245_000, currency: 'MXN' } }
    })
  })

  it('counts letters as people do: an emoji is one', () => {
    expect(reading('title', { title: '🏺'.repeat(LIMITS.title) }).kind).toBe('change')
    expect(reading('title', { title: 'a'.repeat(100_000) })).toEqual({
      kind: 'problem',
      problem: { key: 'problem.title_long', params: { over: 100_000 - LIMITS.title } }
    })
  })

  it('takes a size when it has three sides, or none', () => {
    expect(reading('size_mm', { height: '' })).toEqual({ kind: 'unfinished' })
    expect(reading('size_mm', { height: 'x' }).kind).toBe('problem')
    expect(reading('size_mm', { length: '', width: '', height: '' })).toEqual({
      kind: 'change',
      change: { field: 'size_mm', value: null }
    })
    expect(reading('size_mm', { height: '2,5' })).toEqual({
      kind: 'change',
      change: { field: 'size_mm', value: { length: 305, width: 200, height: 25 } }
    })
  })

  it('holds weights and hours to their limits', () => {
    expect(reading('weight_g', { weight_g: '30001' }).kind).toBe('problem')
    expect(reading('weight_g', { weight_g: '0' }).kind).toBe('problem')
    expect(reading('hours', { hours: '90' })).toEqual({
      kind: 'change',
      change: { field: 'hours', value: 90 }
    })
  })
})
