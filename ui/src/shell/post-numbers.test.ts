import { describe, expect, it } from 'vitest'
import { isS10, meansNumber, scanned } from './post-numbers'

describe('numbers of the post', () => {
  it('are the same with and without spaces', () => {
    expect(scanned(' rr 473 124 829 mx')).toBe('RR473124829MX')
    expect(isS10('RR 473 124 829 MX')).toBe(true)
    expect(isS10('RR47312482MX')).toBe(false)
    expect(isS10('P-0087')).toBe(false)
  })

  it('are meant by a part of them with a digit', () => {
    expect(meansNumber('RR473124829MX', '124 829')).toBe(true)
    expect(meansNumber('DWQMVQ2611227NR', 'dwqmvq26')).toBe(true)
    expect(meansNumber('DWQMVQ2611227NR', 'dwqm')).toBe(false)
    expect(meansNumber('RR473124829MX', '829')).toBe(false)
  })
})
