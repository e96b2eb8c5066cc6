// What two laptops did apart: values that differ, and pieces that were sold twice.
import type { Choice, Conflict, ConflictValue, Oversold, OversoldSale, Price } from '../lib/door/bindings'
import { DAY, failure, now, orders, products, scenario, sync } from './world'

const HOUR = 3_600_000
const long = scenario === 'long' || scenario === 'solid'
const apart = ['clash', 'long', 'solid', 'many', 'elsewhere'].includes(scenario)

const price = (pesos: number): Price => ({ minor: pesos * 100, currency: 'MXN' })
const text = (value: string): ConflictValue => ({ kind: 'text', value })
const yes = (value: boolean): ConflictValue => ({ kind: 'yes_no', value })
const HIJA = long
  ? 'La computadora nueva de mi hija Guadalupe, la que está en casa de su tía'
  : 'La de mi hija'

const PARAGRAPH =
  'Aprendí a bordar con mi abuela, en el patio, cuando todavía no alcanzaba el telar. Ella decía que cada flor ' +
  'guarda un nombre y que por eso no se deben contar. El hilo rojo lo teñimos con grana que criamos en la nopalera ' +
  'de atrás; el azul es de añil y tarda tres días en asentarse. '
const story = (end: string, middle: string) =>
  long
    ? `${PARAGRAPH.repeat(6).trim()}\n\n${middle}\n\n${PARAGRAPH.repeat(6).trim()} ${end}`.slice(0, 5000)
    : `Las flores son las del invernadero de mi madre. ${middle} El hilo rojo lo teñí con grana. ${end}`

let made = 0
function conflict(
  piece: number,
  field: string,
  here: ConflictValue,
  there: ConflictValue,
  stands: 'here' | 'there',
  change: Partial<Conflict> = {}
): Conflict {
  const of = products[piece]
  const mine = { value: here, at_ms: now - 2 * HOUR, laptop: 'La laptop del taller', here: true }
  const theirs = { value: there, at_ms: now - DAY - HOUR, laptop: HIJA, here: false }
  return {
    id: `conflict-${++made}`,
    product_id: of?.id ?? 'piece-x',
    title: of?.title ?? '',
    photo: of?.photos[0]?.small ?? null,
    field,
    kept: stands === 'here' ? mine : theirs,
    lost: stands === 'here' ? theirs : mine,
    can_keep_both: field === 'title' || field === 'story',
    ...change
  }
}

export let conflicts: Conflict[] = !apart
  ? []
  : [
      conflict(
        0,
        'price',
        { kind: 'price', value: price(480) },
        { kind: 'price', value: price(450) },
        'here'
      ),
      conflict(
        1,
        'story',
        text(story('Me tomó tres semanas.', 'Tardé tres semanas.')),
        text(story('Me tomó casi un mes, con ayuda de Petrona.', 'Tardé un mes, contando el teñido.')),
        'there'
      ),
      conflict(
        2,
        'title',
        text('Cántaro de barro negro de Coyotepec'),
        text('Cántaro negro, de San Bartolo Coyotepec'),
        'here'
      ),
      conflict(6, 'published', yes(false), yes(true), 'there'),
      conflict(4, 'deleted', yes(true), yes(false), 'there', {
        lost: { value: yes(true), at_ms: now - 9 * DAY, laptop: '', here: false }
      }),
      conflict(5, 'price', { kind: 'price', value: null }, { kind: 'price', value: price(1290.5) }, 'there'),
      ...(scenario === 'many'
        ? Array.from({ length: 40 }, (_, at) =>
            conflict(
              10 + at,
              'price',
              { kind: 'price', value: price(300 + at) },
              { kind: 'price', value: price(250 + at) },
              'here'
            )
          )
        : [])
    ]

/** In "elsewhere" all was chosen on the other laptop while this one looked. */
export function settle(id: string, choice: Choice): Conflict[] {
  const found = conflicts.find((one) => one.id === id)
  conflicts = conflicts.filter((one) => one.id !== id)
  Object.assign(sync, { conflicts: conflicts.length })
  if (!found || scenario === 'elsewhere') throw failure('not_found')
  const piece = products.find((one) => one.id === found.product_id)
  const { value } = choice === 'take_other' ? found.lost : found.kept
  if (piece && value.kind !== 'yes_no') Object.assign(piece, { [found.field]: value.value })
  return conflicts
}

const sale = (change: Partial<OversoldSale>): OversoldSale => ({
  at_ms: now - HOUR,
  quantity: 1,
  reason: 'sold',
  order_id: null,
  order_number: '',
  buyer_name: '',
  open: false,
  laptop: '',
  here: false,
  ...change
})

const ofOrder = (index: number, change: Partial<OversoldSale> = {}): OversoldSale => {
  const order = orders[index]
  return sale({
    order_id: order?.id ?? null,
    order_number: order?.number ?? '',
    buyer_name: order?.buyer_name ?? '',
    open: ['placed', 'accepted', 'packed', 'labelled'].includes(order?.step ?? ''),
    ...change
  })
}

const SALES: [piece: number, lacking: number, sales: OversoldSale[]][] = [
  [6, 1, [ofOrder(0), sale({ at_ms: now - DAY - 3 * HOUR, reason: 'fair', laptop: HIJA })]],
  [
    2,
    2,
    [
      ofOrder(2, { at_ms: now - 5 * HOUR, quantity: 2 }),
      sale({ at_ms: now - DAY, reason: 'sold_elsewhere', here: true }),
      ofOrder(4, { at_ms: now - 4 * DAY })
    ]
  ]
]

if (apart) {
  for (const [piece, lacking] of SALES) Object.assign(products[piece] ?? {}, { on_hand: -lacking })
  Object.assign(sync, { conflicts: conflicts.length, oversold: SALES.length })
}

export function oversold(): Oversold[] {
  if (!apart) return []
  return SALES.flatMap(([index, , sales]) => {
    const piece = products[index]
    if (!piece || piece.on_hand >= 0) return []
    return [
      {
        product_id: piece.id,
        title: piece.title,
        photo: piece.photos[0]?.small ?? null,
        lacking: -piece.on_hand,
        sales
      }
    ]
  })
}
