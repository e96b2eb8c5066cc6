// What is typed into the editor, and what it means. Nothing that is typed is ever thrown away: a text that
// cannot be kept stays in its field with words beside it.
import type { Dimensions, FieldChange, Product } from '$lib/door'
import { HIGHEST_MINOR, priceToType, readPrice } from '$lib/formatting/price'
import { centimetresToType, readCentimetres, readWhole } from '$lib/formatting/measures'
import type { MessageKey } from '$lib/language/catalogue'

/** As in `api::limits`. */
export const LIMITS = {
  title: 80,
  story: 5_000,
  text: 200,
  weightG: 30_000,
  sideMm: 20_000,
  hours: 10_000,
  quantity: 99_999
}

export type Draft = {
  title: string
  story: string
  branch: string
  technique: string
  materials: string
  community: string
  people: string
  maker: string
  category: string
  sku: string
  hours: string
  price: string
  weight_g: string
  length: string
  width: string
  height: string
}

export type FieldName = Exclude<FieldChange['field'], 'stock_kind'>
export type Problem = { key: MessageKey; params: Record<string, string | number> }
export type Reading =
  { kind: 'change'; change: FieldChange } | { kind: 'problem'; problem: Problem } | { kind: 'unfinished' }

export function draftOf(product: Product, currency: string): Draft {
  const whole = (value: number | null) => (value === null ? '' : String(value))
  const size = product.size_mm
  return {
    title: product.title,
    story: product.story,
    branch: product.branch,
    technique: product.technique,
    materials: product.materials,
    community: product.community,
    people: product.people,
    maker: product.maker,
    category: product.category,
    sku: product.sku,
    hours: whole(product.hours),
    price: product.price ? priceToType(product.price.minor, product.price.currency || currency) : '',
    weight_g: whole(product.weight_g),
    length: size ? centimetresToType(size.length) : '',
    width: size ? centimetresToType(size.width) : '',
    height: size ? centimetresToType(size.height) : ''
  }
}

/** The parts of the draft that a field of the piece is typed in. */
export function partsOf(field: FieldName): (keyof Draft)[] {
  return field === 'size_mm' ? ['length', 'width', 'height'] : [field]
}

export function read(
  field: FieldName,
  draft: Draft,
  currency: string,
  money: (minor: number) => string
): Reading {
  switch (field) {
    case 'title':
      return readText(field, draft.title, LIMITS.title, 'problem.title_long')
    case 'story':
      return readText(field, draft.story, LIMITS.story, 'problem.text_long')
    case 'price': {
      const typed = readPrice(draft.price, currency)
      if (typed.kind === 'empty') return { kind: 'change', change: { field, value: null } }
      if (typed.kind === 'price')
        return { kind: 'change', change: { field, value: { minor: typed.minor, currency } } }
      return problem(`problem.price.${typed.problem}`, { most: money(HIGHEST_MINOR), digits: 2 })
    }
    case 'weight_g':
      return readNumber(field, draft.weight_g, LIMITS.weightG, 'problem.weight')
    case 'hours':
      return readNumber(field, draft.hours, LIMITS.hours, 'problem.hours')
    case 'size_mm':
      return readSize(draft)
    default:
      return readText(field, draft[field], LIMITS.text, 'problem.text_long')
  }
}

const problem = (key: MessageKey, params: Problem['params']): Reading => ({
  kind: 'problem',
  problem: { key, params }
})

function readText(
  field: Exclude<FieldName, 'price' | 'weight_g' | 'hours' | 'size_mm'>,
  value: string,
  most: number,
  key: MessageKey
): Reading {
  const over = [...value].length - most
  return over > 0 ? problem(key, { over }) : { kind: 'change', change: { field, value } }
}

function readNumber(field: 'weight_g' | 'hours', value: string, most: number, key: MessageKey): Reading {
  const typed = readWhole(value, 1, most)
  if (typed.kind === 'problem') return problem(key, { most })
  return { kind: 'change', change: { field, value: typed.kind === 'number' ? typed.value : null } }
}

function readSize(draft: Draft): Reading {
  const sides = [draft.length, draft.width, draft.height].map((side) => readCentimetres(side, LIMITS.sideMm))
  if (sides.some((side) => side.kind === 'problem'))
    return problem('problem.size', { most: LIMITS.sideMm / 10 })
  if (sides.every((side) => side.kind === 'empty'))
    return { kind: 'change', change: { field: 'size_mm', value: null } }
  const [length, width, height] = sides
  if (length?.kind !== 'number' || width?.kind !== 'number' || height?.kind !== 'number')
    return { kind: 'unfinished' }
  return {
    kind: 'change',
    change: { field: 'size_mm', value: { length: length.value, width: width.value, height: height.value } }
  }
}

/** Whether the piece has this value already. */
export function isSame(change: FieldChange, product: Product): boolean {
  switch (change.field) {
    case 'price':
      return (
        change.value?.minor === product.price?.minor && change.value?.currency === product.price?.currency
      )
    case 'size_mm':
      return sameSize(change.value ?? null, product.size_mm)
    default:
      return (change.value ?? null) === product[change.field]
  }
}

function sameSize(one: Dimensions | null, other: Dimensions | null): boolean {
  return one?.length === other?.length && one?.width === other?.width && one?.height === other?.height
}
