import { describe, expect, it } from 'vitest'
import { HIGHEST_MINOR, money, priceToType, readPrice } from './price'

const minor = (typed: string, currency = 'MXN') => {
  const read = readPrice(typed, currency)
  return read.kind === 'price' ? read.minor : read.kind === 'problem' ? read.problem : read.kind
}

describe('a price as it is typed', () => {
  it.each([
    ['2450', 245_000],
    ['2,450', 245_000],
    ['2.450', 245_000],
    ['2 450', 245_000],
    ['2\u202f450', 245_000],
    ["2'450", 245_000],
    ['1,234,567', 123_456_700],
    ['1.234.567', 123_456_700],
    ['2,450.50', 245_050],
    ['2.450,50', 245_050],
    ['450.5', 45_050],
    ['450,5', 45_050],
    ['0.50', 50],
    ['.5', 50],
    [',5', 50],
    ['0', 0],
    ['007', 700],
    ['12.345,6', 1_234_560],
    ['0,500', 50],
    ['450.', 45_000],
    ['450.00', 45_000],
    ['450.500', 45_050_000],
    ['$ 2,450', 245_000],
    ['2450 MXN', 245_000],
    ['mxn 2450', 245_000],
    ['$2,450.00', 245_000]
  ])('%s is %i cents', (typed, cents) => {
    expect(minor(typed)).toBe(cents)
  })

  it('is nothing when nothing is typed', () => {
    expect(minor('')).toBe('empty')
    expect(minor('  $ ')).toBe('empty')
  })

  it.each([
    ['-1', 'negative'],
    ['−1', 'negative'],
    ['-0.01', 'negative'],
    ['1000000000000', 'too_high'],
    ['1,000,000,000,000', 'too_high'],
    ['10000000.01', 'too_high'],
    ['99999999999999999999999999', 'too_high'],
    ['1.2345', 'too_fine'],
    ['0.005', 'too_fine'],
    ['abc', 'not_understood'],
    ['12a', 'not_understood'],
    ['1e5', 'not_understood'],
    ['1,23,456', 'not_understood'],
    ['1.2.3', 'not_understood'],
    ['1,234.56.7', 'not_understood'],
    ['--1', 'not_understood'],
    ['.', 'not_understood'],
    ['Infinity', 'not_understood']
  ])('%s is %s', (typed, answer) => {
    expect(minor(typed)).toBe(answer)
  })

  it('takes the highest price and no more', () => {
    expect(minor('10000000')).toBe(HIGHEST_MINOR)
    expect(minor('10,000,000.00')).toBe(HIGHEST_MINOR)
    expect(minor('10000000.01')).toBe('too_high')
  })

  it('follows the currency: yen have no cents', () => {
    expect(minor('2450', 'JPY')).toBe(2450)
    expect(minor('24.5', 'JPY')).toBe('too_fine')
  })

  it('is typed back as it was read', () => {
    for (const cents of [0, 1, 10, 99, 100, 45_050, 245_000, HIGHEST_MINOR]) {
      expect(minor(priceToType(cents, 'MXN'))).toBe(cents)
    }
  })
})

describe('a price as it is shown', () => {
  const shown = (cents: number, locale: string) => money(cents, 'MXN', locale).replace(/[\u00a0\u202f]/g, ' ')

  it('has cents only when there are some', () => {
    expect(shown(245_000, 'es-MX')).toBe('$2,450')
    expect(shown(245_050, 'es-MX')).toBe('$2,450.50')
    expect(shown(245_000, 'en')).toBe('$2,450')
    expect(shown(245_050, 'fr')).toBe('2 450,50 $')
  })
})
