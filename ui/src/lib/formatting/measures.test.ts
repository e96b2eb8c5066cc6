import { describe, expect, it } from 'vitest'
import { bytes, centimetresToType, readCentimetres, readWhole, weight } from './measures'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('measures', () => {
  it('are shown in the unit that people use', () => {
    expect(plain(weight(420, 'es-MX'))).toBe('420 g')
    expect(plain(weight(1250, 'es-MX'))).toBe('1.25 kg')
    expect(plain(weight(1250, 'fr'))).toBe('1,25 kg')
    expect(plain(bytes(4_200_000, 'es-MX'))).toBe('4.2 MB')
    expect(plain(bytes(12_400_000, 'en'))).toBe('12 MB')
    expect(plain(bytes(900, 'en'))).toBe('1 kB')
    expect(plain(bytes(1_240_000_000, 'en'))).toBe('1.2 GB')
  })

  it('are read within their limits', () => {
    expect(readWhole('420', 1, 30_000)).toEqual({ kind: 'number', value: 420 })
    expect(readWhole(' 1 200 ', 1, 30_000)).toEqual({ kind: 'number', value: 1200 })
    expect(readWhole('', 1, 30_000)).toEqual({ kind: 'empty' })
    for (const wrong of ['0', '-5', '30001', '4.5', 'abc', '999999999999999']) {
      expect(readWhole(wrong, 1, 30_000), wrong).toEqual({ kind: 'problem' })
    }
  })

  it('have centimetres with one decimal, by point or comma', () => {
    expect(readCentimetres('30', 3000)).toEqual({ kind: 'number', value: 300 })
    expect(readCentimetres('30,5 cm', 3000)).toEqual({ kind: 'number', value: 305 })
    expect(readCentimetres('0.1', 3000)).toEqual({ kind: 'number', value: 1 })
    for (const wrong of ['0', '300.1', '30.55', '-3', 'x']) {
      expect(readCentimetres(wrong, 3000), wrong).toEqual({ kind: 'problem' })
    }
    for (const mm of [1, 10, 305, 3000]) {
      expect(readCentimetres(centimetresToType(mm), 3000)).toEqual({ kind: 'number', value: mm })
    }
  })
})
