// A price as a person types it, and as it is shown. Inside, money is whole minor units.

export type TypedPrice =
  | { kind: 'price'; minor: number }
  | { kind: 'empty' }
  | { kind: 'problem'; problem: 'not_understood' | 'negative' | 'too_high' | 'too_fine' }

/** `api::limits::PRICE_MINOR` */
export const HIGHEST_MINOR = 1_000_000_000

/** Digits after the point that a currency has: 2 for MXN, 0 for JPY. */
export function currencyDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    )
  } catch {
    return 2
  }
}

/**
 * Reads "2,450", "2.450,50", "$ 2 450.5" or "2450". One kind of mark that stands before exactly three
 * digits groups thousands, as nobody prices a piece in thousandths.
 */
export function readPrice(typed: string, currency: string): TypedPrice {
  const text = typed
    .replace(/\p{Sc}|[\s\u00a0\u202f\u2009'’]/gu, '')
    .replace(new RegExp(`^${currency}|${currency}$`, 'i'), '')
    .replace(/[\u2212\u2013]/g, '-')
  if (text === '') return { kind: 'empty' }
  const sign = /^-/.test(text)
  const body = text.replace(/^[-+]/, '')
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(body)) return { kind: 'problem', problem: 'not_understood' }

  const parts = split(body)
  if (!parts) return { kind: 'problem', problem: 'not_understood' }
  if (sign) return { kind: 'problem', problem: 'negative' }

  const digits = currencyDigits(currency)
  const fraction = parts.fraction.replace(/0+$/, '')
  if (fraction.length > digits) return { kind: 'problem', problem: 'too_fine' }
  const whole = parts.whole.replace(/^0+(?=\d)/, '')
  // Beyond this the number itself would lose digits.
  if (whole.length > 12) return { kind: 'problem', problem: 'too_high' }
  const minor = Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0')
  if (minor > HIGHEST_MINOR) return { kind: 'problem', problem: 'too_high' }
  return { kind: 'price', minor }
}

function split(body: string): { whole: string; fraction: string } | null {
  const dots = body.split('.').length - 1
  const commas = body.split(',').length - 1
  if (dots === 0 && commas === 0) return { whole: body, fraction: '' }
  if (dots > 0 && commas > 0) {
    const decimal = body.lastIndexOf('.') > body.lastIndexOf(',') ? '.' : ','
    const group = decimal === '.' ? ',' : '.'
    const [whole = '', fraction = '', ...rest] = body.split(decimal)
    if (rest.length > 0 || fraction.includes(group) || !grouped(whole, group)) return null
    return { whole: whole.split(group).join(''), fraction }
  }
  const mark = dots > 0 ? '.' : ','
  const pieces = body.split(mark)
  const last = pieces[pieces.length - 1] ?? ''
  const first = pieces[0] ?? ''
  const groups = grouped(body, mark) && first !== '0'
  if (pieces.length > 2) return groups ? { whole: pieces.join(''), fraction: '' } : null
  if (groups && last.length === 3) return { whole: pieces.join(''), fraction: '' }
  return { whole: first === '' ? '0' : first, fraction: last }
}

/** "1,234,567": one to three digits, then threes. */
function grouped(text: string, mark: string): boolean {
  const [first = '', ...others] = text.split(mark)
  return /^\d{1,3}$/.test(first) && others.every((part) => /^\d{3}$/.test(part))
}

/** The price as a field shows it for editing: "2450" or "2450.50", never with marks for thousands. */
export function priceToType(minor: number, currency: string): string {
  const digits = currencyDigits(currency)
  const scale = 10 ** digits
  if (minor % scale === 0) return String(minor / scale)
  return (minor / scale).toFixed(digits)
}

/** "$2,450", with cents only when there are some. */
export function money(minor: number, currency: string, locale: string): string {
  const digits = currencyDigits(currency)
  const scale = 10 ** digits
  const fraction = minor % scale === 0 ? 0 : digits
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction
  }).format(minor / scale)
}
