// A shop in memory. `?s=` chooses how it is: full (default), empty, many, offline, error, slow, long, first, closed,
// photos, sending, paused, revoked, lost (signed in, its key gone), refused, nofit, out, capped, clash (written in two
// ways and sold twice), elsewhere (the same, settled on another laptop). `?fail=orderAccept:disk_full` makes one command fail.
import type {
  Code,
  DropOffView,
  Fault,
  OfficeView,
  OrderView,
  Preferences,
  Product,
  ShopState,
  StripPhoto,
  SyncState
} from '../lib/door/bindings'

const asked = new URLSearchParams(location.search)
export const scenario = asked.get('s') ?? 'full'

export const DAY = 86_400_000
export const now = Date.now()

export const failure = (code: Code, params: Fault['params'] = {}): Fault => ({ code, who: 'seller', params })

const preferences: Preferences = {
  language: asked.get('lang') ?? 'es',
  theme: (asked.get('theme') ?? 'light') as Preferences['theme'],
  text_size: (asked.get('text') ?? 'normal') as Preferences['text_size'],
  laptop_name: 'La laptop del taller',
  office: '45501',
  paper: 'label'
}

export const shop: ShopState = {
  new: scenario === 'first',
  shop_name:
    scenario === 'first'
      ? ''
      : scenario === 'long'
        ? 'Cooperativa de Tejedoras y Bordadoras de los Altos'
        : 'Taller Núñez',
  seller_name: scenario === 'first' ? '' : 'María Núñez',
  place: scenario === 'first' ? '' : 'Tlaquepaque, Jal.',
  currency: 'MXN',
  signed_in: !['first', 'out', 'empty'].includes(scenario),
  key: scenario === 'locked' ? 'locked' : scenario === 'for_now' ? 'for_now' : 'keyring',
  server: 'https://mercado.ejemplo.mx',
  email: 'maria@ejemplo.mx',
  operator_name: 'Correos de México',
  preferences,
  version: '0.1.0',
  folder: '/home/maria/.local/share/puesto'
}

/** Changes that the marketplace does not have yet. */
export const waiting = ['offline', 'sending', 'paused', 'revoked', 'lost', 'out', 'empty'].includes(scenario)
const long = scenario === 'long'
const TWENTY = Array.from({ length: 19 }, (_, at) => ['rug', 'doll', 'basket', 'jug'][at % 4] ?? 'rug')
const price = (pesos: number) => ({ minor: pesos * 100, currency: 'MXN' })

type Seed = [
  title: string,
  drawing: string,
  pesos: number | null,
  onHand: number,
  unique: boolean,
  status: Product['status'],
  branch: string
]
const SEEDS: Seed[] = [
  ['Olla de barro bruñido, 2 litros', 'pot', 780, 3, false, 'on_sale', 'ceramics'],
  ['Huipil de Zinacantán bordado a mano', 'huipil', 2450, 1, true, 'draft', 'textiles'],
  ['Cántaro de barro negro de Coyotepec', 'jug', 1190, 1, true, 'on_sale', 'ceramics'],
  ['Canasta de palma tejida, grande', 'basket', 360, 6, false, 'on_sale', 'plant_fibre'],
  ['Muñeca Lele de Amealco, 30 cm', 'doll', 300, 14, false, 'on_sale', 'textiles'],
  ['Cajita de Olinalá', 'box', null, 1, true, 'draft', 'lacquer'],
  ['Tapete de lana, grana y añil', 'rug', 3900, 1, true, 'on_sale', 'textiles'],
  ['Aretes de plata con turquesa', 'earrings', 640, 0, false, 'sold_out', 'jewellery'],
  ['Cántaro para agua, con tapa', 'jug', 520.5, 2, false, 'withdrawn', 'ceramics'],
  ['', '', null, 0, false, 'draft', '']
]

function product([title, drawing, pesos, onHand, unique, status, branch]: Seed, index: number): Product {
  const name =
    long && title
      ? `${title}, con todos los detalles que su abuela enseñó y una historia larguísima de veras`
      : title
  const photos = drawing
    ? [drawing, ...(index === 1 ? (scenario === 'photos' ? TWENTY : ['rug', 'doll', 'basket']) : [])].map(
        (one, at) => ({
          hash: `demo-${one}-${index * 10 + at}`,
          large: `demo-${one}-${index * 10 + at}`,
          small: `demo-${one}-${index * 10 + at}`,
          alt: '',
          sent: true,
          advice: scenario === 'photos' ? [{ code: 'photo_too_dark', refused_by: ['amazon_handmade'] }] : [],
          edited: index === 1 && at === 1,
          editable: index !== 4,
          shot: index === 1 ? (['front', 'detail', 'scale'][at] ?? '') : at === 0 ? 'front' : ''
        })
      )
    : []
  return {
    id: `piece-${index}`,
    sku: title ? `TN-${String(index + 1).padStart(3, '0')}` : '',
    title:
      scenario === 'solid' && title
        ? 'Ollabarrobruñidodosplitrosconasasypintadaamanoporlaabueladesantamaríaatzompaoaxac'
        : name,
    story:
      index === 1
        ? 'Las flores son las del invernadero de mi madre. Tardé tres semanas; el hilo rojo lo teñí con grana.'
        : '',
    branch,
    technique: index === 1 ? 'Telar de cintura, bordado' : '',
    materials: index === 1 ? 'Algodón, lana' : '',
    community: index === 1 ? 'Zinacantán, Chiapas' : '',
    people: index === 1 ? 'Tsotsil' : '',
    maker: index === 1 ? 'Petrona Hernández' : '',
    category: '',
    hours: index === 1 ? 90 : null,
    price: pesos === null ? null : price(pesos),
    weight_g: index === 1 ? null : 420,
    size_mm: index === 1 ? { length: 620, width: 580, height: 15 } : null,
    stock_kind: unique ? 'unique' : 'quantity',
    on_hand: onHand,
    reserved: index === 0 ? 1 : 0,
    status,
    deleted: false,
    photos,
    missing: [],
    waiting,
    refused: scenario === 'refused' && index === 0 ? 'invalid' : null,
    created_ms: now - 20 * DAY,
    changed_ms: now - index * 3_600_000
  }
}

export const photoOf = (hash: string): StripPhoto => ({
  hash,
  large: hash,
  small: hash,
  alt: '',
  sent: false,
  advice: [],
  edited: false,
  editable: true,
  shot: ''
})

export function judge(one: Product): Product {
  const missing: Product['missing'] = []
  if (!one.title.trim()) missing.push('title')
  if (!one.price) missing.push('price')
  if (one.photos.length === 0) missing.push('photo')
  if (one.on_hand < 1) missing.push('stock')
  if (one.weight_g === null) missing.push('weight')
  return { ...one, missing }
}

const count =
  scenario === 'empty' || scenario === 'first'
    ? 0
    : scenario === 'many'
      ? 10_000
      : scenario === '200'
        ? 200
        : SEEDS.length
export const products: Product[] = Array.from({ length: count }, (_, index) => {
  const seed = SEEDS[count > 10 ? index % 9 : index] ?? SEEDS[0]
  const one = judge(product(seed as Seed, index))
  return count > 10 ? { ...one, title: `${one.title} n.º ${index + 1}` } : one
})

export const offices: OfficeView[] = [
  { code: '45501', name: 'Tlaquepaque Centro', address: 'Independencia 120, Col. Centro, 45500 Tlaquepaque, Jal.', hours: 'Lun–Vie 8:00–17:00 · Sáb 9:00–13:00', international: true, terminal: true },
  { code: '68001', name: 'Oaxaca Centro', address: 'Av. Independencia, frente a la Alameda, 68000 Oaxaca', hours: 'Lun–Vie 8:00–18:00', international: true, terminal: true },
  { code: '70401', name: 'Tlacolula de Matamoros', address: 'Portal Hidalgo s/n, Col. Centro, 70400', hours: 'Lun–Vie 9:00–15:00', international: false, terminal: false }
] // prettier-ignore

const services: OrderView['services'] = [
  { key: 'small-packet', name: 'Pequeño paquete registrado', estimate: null, recommended: true },
  { key: 'mexpost', name: 'Mexpost internacional', estimate: price(890), recommended: false }
]

const BARS = [
  2, 1, 1, 2, 3, 2, 1, 1, 2, 1, 3, 1, 1, 2, 3, 1, 1, 2, 2, 1, 1, 3, 2, 1, 2, 2, 1, 1, 3, 1, 2, 1, 1, 2, 2, 3,
  1, 1, 2, 1, 2, 3, 1, 1, 1, 2, 3, 1, 2, 1, 1, 2, 2, 1, 3, 1, 2
]

function order(
  index: number,
  step: OrderView['step'],
  buyer: string,
  piece: number,
  quantity: number,
  shipTo: string[],
  abroad: string | null,
  dueDays: number
): OrderView {
  const what = products[piece] ?? products[0]
  const unit = what?.price ?? price(300)
  const numbered = ['labelled', 'handed_in', 'shipped', 'delivered'].includes(step)
  const way: OrderView['way'] = []
  if (step === 'shipped' || step === 'delivered') {
    way.push({ at_ms: now - 3 * DAY, code: 'EMA', place: 'Tlaquepaque Centro', reason: null })
    if (abroad) {
      way.push({ at_ms: now - 2 * DAY, code: 'EMC', place: 'Ciudad de México', reason: null })
      way.push({ at_ms: now - DAY, code: 'EME', place: 'París', reason: null })
    }
  }
  if (step === 'delivered') way.push({ at_ms: now - DAY, code: 'EMI', place: 'Puebla', reason: null })
  return {
    id: `order-${index}`,
    number: `P-00${80 + index}`,
    step,
    lines: [
      {
        product_id: what?.id ?? '',
        title: what?.title ?? 'Pieza',
        sku: what?.sku ?? '',
        quantity,
        unit_price: unit,
        weight_g: 180,
        photo: what?.photos[0]?.small ?? null,
        oversold: scenario === 'refused' && index === 1
      }
    ],
    total: { ...unit, minor: unit.minor * quantity + 9000 },
    postage: price(90),
    buyer_name: buyer,
    buyer_email: 'alguien@ejemplo.mx',
    buyer_phone: '+52 33 5555 0101',
    ship_to: shipTo,
    abroad: abroad !== null,
    country_name: abroad ?? 'México',
    note: index === 2 ? 'Es para el cumpleaños de mi hija, ¿me pones una tarjetita? ¡Gracias!' : '',
    placed_ms: now - DAY,
    ship_by_ms: now + dueDays * DAY,
    cancelled_reason: step === 'cancelled' ? 'Me lo pidió quien compró' : null,
    waiting,
    refused: scenario === 'refused' && index === 2 ? 'order_moved_on' : null,
    weight_g: 420,
    services,
    no_service: scenario === 'nofit' ? 'destination_suspended' : null,
    office_name: 'Tlaquepaque Centro',
    office_code: '45501',
    parcel_id: numbered ? `parcel-${index}` : null,
    s10: numbered ? `RR47312${4829 + index}MX` : null,
    drop_off_id: ['handed_in', 'shipped', 'delivered'].includes(step) ? 'drop-1' : null,
    way,
    label: {
      operator: 'Correos de México',
      service: numbered ? 'Pequeño paquete registrado' : '',
      weight_g: 420,
      sender: [
        'María Núñez, Taller Núñez',
        'Independencia 230, Col. Centro',
        '45500 TLAQUEPAQUE, JAL.',
        'MÉXICO'
      ],
      addressee: shipTo,
      number: numbered ? `RR 473 124 ${829 + index} MX` : null,
      bars: numbered ? BARS : [],
      office: 'Tlaquepaque Centro (45501)'
    }
  }
}

const NAME =
  scenario === 'solid'
    ? 'Guadalupehernandezvillavicenciodelosangelesmartinezlopez'
    : long
      ? 'María Guadalupe Concepción de los Ángeles Hernández Villavicencio'
      : 'Elena Martín'
export const orders: OrderView[] =
  count === 0
    ? []
    : [
        order(1, 'placed', NAME, 0, 1, [NAME, 'Calle 60 núm. 412', 'Col. Centro', '97000 MÉRIDA, YUC.'], null, 2),
        order(2, 'packed', 'Irina Sokolova', 4, 2, ['Irina Sokolova', 'ul. Pushkina 12, kv. 4', '190000 SANKT-PETERBURG', 'RUSSIE / RUSIA'], 'Rusia', 1),
        order(3, 'accepted', 'Jorge Paz', 3, 1, ['Jorge Paz', 'Av. Juárez 15', '72000 PUEBLA, PUE.'], null, -1),
        order(4, 'labelled', 'Yolanda Ruiz', 2, 1, ['Yolanda Ruiz', 'Calle 23 núm. 1105 e/ 8 y 10', 'Vedado', '10400 LA HABANA', 'CUBA'], 'Cuba', 3),
        order(5, 'shipped', 'Anne Dubois', 6, 1, ['Anne Dubois', '12 rue des Lilas', '75011 PARIS', 'FRANCE'], 'Francia', -4),
        order(6, 'handed_in', 'Lucía Gómez', 0, 1, ['Lucía Gómez', 'Reforma 222', '06600 CIUDAD DE MÉXICO'], null, 0),
        order(7, 'delivered', 'Rosa Peña', 7, 1, ['Rosa Peña', 'Calle 5 de Mayo 8', '72000 PUEBLA, PUE.'], null, -9),
        order(8, 'cancelled', 'Mario Lara', 2, 1, ['Mario Lara', 'Hidalgo 44', '20000 AGUASCALIENTES, AGS.'], null, -9)
      ] // prettier-ignore

const parcel = (one: OrderView, state: string, reason: string | null = null) => ({
  id: `parcel-${one.id}`,
  order_id: one.id,
  order_number: one.number,
  s10: one.s10 ?? '',
  s10_shown: one.label.number ?? 'RR 473 124 829 MX',
  addressee: one.buyer_name,
  destination: one.abroad ? one.country_name : (one.ship_to.at(-1) ?? ''),
  service: 'Pequeño paquete registrado',
  weight_g: one.weight_g,
  photo: one.lines[0]?.photo ?? null,
  state,
  refused_reason: reason
})

const drop = (
  id: string,
  step: DropOffView['card']['step'],
  days: number,
  lines: DropOffView['lines']
): DropOffView => ({
  card: {
    id,
    number: `E-4550${id.at(-1)}-0119`,
    office_code: '45501',
    office_name: 'Tlaquepaque Centro',
    parcels: lines.length,
    weight_g: lines.reduce((sum, line) => sum + line.weight_g, 0),
    step,
    closed_ms: now - days * DAY,
    left_ms: step === 'closed' ? null : now - days * DAY + 7_200_000,
    decided_ms: step === 'closed' || step === 'left' ? null : now - (days - 0.5) * DAY,
    waiting
  },
  lines,
  office: offices[0] ?? null
})

const some = (index: number) => orders[index] as OrderView
export const ready =
  count === 0 ? [] : [parcel(some(3), 'waiting'), parcel(some(1), 'refused', 'Falta el código postal')]
export const dropOffs: DropOffView[] =
  count === 0
    ? []
    : [
        drop('drop-3', 'closed', 0.2, [parcel(some(5), 'handed_in'), parcel(some(3), 'handed_in')]),
        drop('drop-1', 'partly_accepted', 3, [
          parcel(some(4), 'accepted'),
          parcel(some(1), 'refused', 'Falta el código postal')
        ]),
        drop('drop-2', 'accepted', 9, [parcel(some(6), 'delivered')])
      ]

const PHASES: Record<string, SyncState['phase']> = {
  offline: 'offline',
  many: 'sending_photos',
  refused: 'idle',
  error: 'troubled',
  comparing: 'comparing',
  sending: 'sending',
  paused: 'paused',
  revoked: 'revoked',
  lost: 'signed_out',
  first: 'signed_out',
  locked: 'signed_out',
  empty: 'signed_out',
  out: 'signed_out'
}

/** The day's photos went out; the rest goes tomorrow. */
const capped = scenario === 'capped'

export const sync: SyncState = {
  phase: PHASES[scenario] ?? 'idle',
  waiting: waiting ? 3 : 0,
  photos_waiting: scenario === 'offline' ? 2 : scenario === 'many' ? 7 : capped ? 11 : 0,
  photos_sent: scenario === 'many' ? 2 : 0,
  bytes_waiting: scenario === 'many' || scenario === 'offline' ? 4_200_000 : capped ? 16_400_000 : 0,
  cap_bytes: capped ? 25_000_000 : null,
  today_bytes: capped ? 24_600_000 : scenario === 'many' ? 1_300_000 : 0,
  capped,
  refused:
    scenario === 'refused'
      ? [
          {
            id: 'r1',
            verb: 'set_product',
            subject: 'piece-0',
            title: 'Olla de barro bruñido, 2 litros',
            code: 'invalid',
            at_ms: now - 400_000
          },
          {
            id: 'r2',
            verb: 'pack_order',
            subject: 'order-2',
            title: 'P-0082',
            code: 'order_moved_on',
            at_ms: now - 4_000_000
          }
        ]
      : [],
  lost_orders:
    scenario === 'lost_order'
      ? [
          {
            id: 'order-2',
            number: 'P-0082',
            buyer_name: 'Lucía Ríos',
            placed_ms: now - 90_000_000,
            s10: null,
            gone_out: false
          }
        ]
      : [],
  conflicts: 0,
  oversold: 0,
  waiting_since_ms: waiting ? now - 3 * DAY : null,
  used_today_bytes: capped ? 25_300_000 : scenario === 'many' ? 1_700_000 : scenario === 'full' ? 84_000 : 0,
  last_ms: scenario === 'first' ? null : now - 240_000,
  next_ms: scenario === 'offline' ? now + 600_000 : null
}
