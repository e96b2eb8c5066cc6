import { describe, expect, it } from 'vitest'
import type { LostOrder } from '$lib/door'
import { words } from '$lib/language/catalogue'
import { LANGUAGES } from '$lib/language/languages'
import { adviceOf } from './lost'

const order: LostOrder = {
  id: 'o',
  number: 'P-0087',
  buyer_name: 'Lucía Ríos',
  placed_ms: 0,
  s10: null,
  gone_out: false
}
const said = (language: (typeof LANGUAGES)[number], given: LostOrder) => {
  const { key, params } = adviceOf(given)
  return words(language, key, params)
}

describe.each(LANGUAGES)('an order that the marketplace does not know any more, in %s', (language) => {
  it('is named with its number and its buyer', () => {
    const named = words(language, 'sync.lost.order', { number: order.number, buyer: order.buyer_name })
    expect(named).toContain('P-0087')
    expect(named).toContain('Lucía Ríos')
  })

  it('is not to be sent while it is here, and is followed once it has gone out', () => {
    const s10 = 'RR473124829MX'
    const texts = [
      said(language, order),
      said(language, { ...order, gone_out: true }),
      said(language, { ...order, gone_out: true, s10 })
    ]
    expect(new Set(texts).size).toBe(3)
    expect(texts[2]).toContain(s10)
    // A number that was printed for a parcel that never left helps nobody find it.
    expect(said(language, { ...order, s10 })).toBe(texts[0])
    for (const text of texts) expect(text).toMatch(/^\p{Lu}.*\.$/u)
  })
})
