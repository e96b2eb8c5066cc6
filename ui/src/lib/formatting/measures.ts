// Weights, sizes and bytes.

/** "420 g", and from a kilogram "1.25 kg". */
export function weight(grams: number, locale: string): string {
  const kilos = grams >= 1000
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: kilos ? 'kilogram' : 'gram',
    unitDisplay: 'short',
    maximumFractionDigits: kilos ? 2 : 0
  }).format(kilos ? grams / 1000 : grams)
}

/** "4 MB"; under a megabyte in kB, from a gigabyte in GB. */
export function bytes(count: number, locale: string): string {
  const [unit, value] =
    count >= 1_000_000_000
      ? ['gigabyte', count / 1_000_000_000]
      : count >= 1_000_000
        ? ['megabyte', count / 1_000_000]
        : ['kilobyte', Math.max(1, Math.round(count / 1000))]
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0
  }).format(value)
}

export type TypedNumber = { kind: 'number'; value: number } | { kind: 'empty' } | { kind: 'problem' }

/** A whole number from `least` to `most`, as typed. */
export function readWhole(typed: string, least: number, most: number): TypedNumber {
  const text = typed.replace(/[\s\u00a0\u202f]/g, '').replace(/[\u2212\u2013]/g, '-')
  if (text === '') return { kind: 'empty' }
  if (!/^[+-]?\d{1,12}$/.test(text)) return { kind: 'problem' }
  const value = Number(text)
  return value >= least && value <= most ? { kind: 'number', value } : { kind: 'problem' }
}

/** Centimetres with at most one decimal, as typed, to millimetres. */
export function readCentimetres(typed: string, mostMm: number): TypedNumber {
  const text = typed.replace(/[\s\u00a0]|cm/gi, '').replace(',', '.')
  if (text === '') return { kind: 'empty' }
  if (!/^\d{1,6}(\.\d)?$/.test(text)) return { kind: 'problem' }
  const value = Math.round(Number(text) * 10)
  return value >= 1 && value <= mostMm ? { kind: 'number', value } : { kind: 'problem' }
}

export const centimetresToType = (mm: number): string =>
  mm % 10 === 0 ? String(mm / 10) : (mm / 10).toFixed(1)
