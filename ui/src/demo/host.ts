// Fixtures in the backend's place: `npm run demo`. Never part of the product's build.
import type {
  Code,
  commands as Real,
  Fault,
  LaptopView,
  LookEdit,
  MatchChange,
  OrderCard,
  OrderView,
  Paper,
  PhotoAdded,
  Product,
  ProductCard,
  Task
} from '../lib/door/bindings'
import { plain } from '../shell/matches'
import * as copies from './backups'
import { drawing } from './drawings'
import * as matching from './matching'
import * as trouble from './trouble'
import {
  DAY,
  dropOffs,
  failure,
  judge,
  now,
  offices,
  orders,
  photoOf,
  products,
  ready,
  scenario,
  shop,
  sync
} from './world'

const MOST_PHOTOS = 10

type Heard = (payload: unknown) => void
const hearers = new Map<string, Set<Heard>>()
const tell = (event: string, payload: unknown) => hearers.get(event)?.forEach((hear) => hear(payload))
const changed = (...areas: string[]) => setTimeout(() => tell('shop-changed', { areas }), 20)

const tellMatch = (change: MatchChange) => tell('match-changed', change)

type Ok<T> = { status: 'ok'; data: T } | { status: 'error'; error: Fault }
const pause = () => new Promise((done) => setTimeout(done, scenario === 'slow' ? 600_000 : 15))

async function ok<T>(make: () => T): Promise<Ok<T>> {
  await pause()
  if (scenario === 'error') return { status: 'error', error: failure('disk_full') }
  try {
    return { status: 'ok', data: structuredClone(make()) }
  } catch (thrown) {
    return { status: 'error', error: thrown as Fault }
  }
}

function piece(id: string): Product {
  const found = products.find((one) => one.id === id)
  if (!found) throw failure('not_found')
  return found
}

function put(id: string, change: Partial<Product>): Product {
  const index = products.findIndex((one) => one.id === id)
  const next = judge({ ...piece(id), ...change, changed_ms: Date.now() })
  products[index] = next
  changed('catalog', 'stock')
  return next
}

function orderOf(id: string): OrderView {
  const found = orders.find((one) => one.id === id)
  if (!found) throw failure('not_found')
  return found
}

function step(id: string, change: Partial<OrderView>): OrderView {
  const next = { ...orderOf(id), ...change }
  orders[orders.findIndex((one) => one.id === id)] = next
  changed('orders', 'shipping')
  return next
}

function dropOff(id: string) {
  const found = dropOffs.find((one) => one.card.id === id)
  if (!found) throw failure('not_found')
  return found
}

const card = (one: Product): ProductCard => ({
  id: one.id,
  title: one.title,
  sku: one.sku,
  price: one.price,
  status: one.status,
  stock_kind: one.stock_kind,
  on_hand: one.on_hand,
  photo: one.photos[0]?.small ?? null,
  missing: one.missing,
  refused: one.refused !== null
})

const orderCard = (one: OrderView): OrderCard => ({
  id: one.id,
  number: one.number,
  buyer_name: one.buyer_name,
  title: one.lines[0]?.title ?? '',
  pieces: one.lines.reduce((sum, line) => sum + line.quantity, 0),
  total: one.total,
  step: one.step,
  city: one.ship_to[one.abroad ? 2 : one.ship_to.length - 1]?.replace(/^\d+ /, '') ?? '',
  country: one.abroad ? 'RU' : 'MX',
  country_name: one.country_name,
  abroad: one.abroad,
  photo: one.lines[0]?.photo ?? null,
  placed_ms: one.placed_ms,
  ship_by_ms: one.ship_by_ms,
  new: one.step === 'placed',
  oversold: one.lines.some((line) => line.oversold)
})

const FILTERS: Record<string, (one: Product) => boolean> = {
  all: () => true,
  on_sale: (one) => one.status === 'on_sale',
  drafts: (one) => one.status === 'draft',
  unique: (one) => one.stock_kind === 'unique',
  sold_out: (one) => one.status === 'sold_out',
  withdrawn: (one) => one.status === 'withdrawn'
}

const TABS: Record<string, OrderView['step'][]> = {
  open: ['placed', 'accepted', 'packed', 'labelled'],
  on_the_way: ['handed_in', 'shipped'],
  done: ['delivered', 'cancelled'],
  all: ['placed', 'accepted', 'packed', 'labelled', 'handed_in', 'shipped', 'delivered', 'cancelled']
}

const task = (kind: Task['kind'], subject: string, change: Partial<Task> = {}): Task => ({
  kind,
  subject,
  title: '',
  person: '',
  place: '',
  count: 1,
  abroad: false,
  photo: null,
  due_ms: null,
  ...change
})

function tasks(): Task[] {
  if (products.length === 0) return []
  const KINDS: Partial<Record<OrderView['step'], Task['kind']>> = {
    placed: 'accept_order',
    accepted: 'pack_order',
    packed: 'label_order'
  }
  const list = orders.flatMap((one) => {
    const kind = KINDS[one.step]
    const made = orderCard(one)
    return kind
      ? [
          task(kind, one.id, {
            title: made.title,
            person: made.buyer_name,
            place: made.abroad ? made.country_name : made.city,
            photo: made.photo,
            due_ms: made.ship_by_ms,
            abroad: made.abroad
          })
        ]
      : []
  })
  for (const piece of trouble.oversold())
    list.unshift(
      task('sold_twice', piece.product_id, { title: piece.title, photo: piece.photo, count: piece.lacking })
    )
  if (trouble.conflicts.length > 0) list.push(task('conflict', '', { count: trouble.conflicts.length }))
  list.push(task('hand_in_parcels', '', { count: ready.length }))
  if (scenario === 'refused')
    list.push(task('change_refused', 'piece-0', { title: 'Olla de barro bruñido', photo: 'demo-pot-0' }))
  list.push(task('no_price', 'piece-5', { title: products[5]?.title ?? '', photo: 'demo-box-50' }))
  list.push(task('no_photo', 'piece-9'))
  return list
}

/** The look that does nothing. */
const NONE: LookEdit = { turns: 0, tilt: 0, crop: null, exposure: 0, white: null }
/** What was done to photos; their pictures stay as they are here. */
const looks = new Map<string, LookEdit>()

function withLooks(id: string, to: string[], look: (before: LookEdit) => LookEdit): Product {
  for (const hash of to) looks.set(hash, look(looks.get(hash) ?? NONE))
  const photos = piece(id).photos.map((photo) => {
    const mine = looks.get(photo.hash)
    return mine ? { ...photo, edited: JSON.stringify(mine) !== JSON.stringify(NONE) } : photo
  })
  return put(id, { photos })
}

async function sizeOf(address: string): Promise<{ width: number; height: number }> {
  const image = new Image()
  image.src = address
  await image.decode()
  // Drawings have a shape, not a size.
  const scale = 1600 / Math.max(image.naturalWidth, image.naturalHeight)
  return { width: Math.round(image.naturalWidth * scale), height: Math.round(image.naturalHeight * scale) }
}

const laptops: LaptopView[] = [
  {
    id: 'l1',
    name: 'La laptop del taller',
    signed_in_ms: now - 40 * DAY,
    seen_ms: now - 60_000,
    revoked: false,
    this_one: true
  },
  {
    id: 'l2',
    name: 'La de mi hija',
    signed_in_ms: now - 20 * DAY,
    seen_ms: now - 2 * DAY,
    revoked: false,
    this_one: false
  },
  {
    id: 'l3',
    name: 'Vieja',
    signed_in_ms: now - 300 * DAY,
    seen_ms: now - 120 * DAY,
    revoked: true,
    this_one: false
  }
]

/** Bytes of the photo that would go out next. */
const NEXT_PHOTO = 1_500_000

let poll = 0

const made = {
  shopState: async () =>
    scenario === 'closed' || copies.damage.there
      ? { status: 'error', error: failure(copies.damage.there ? 'shop_damaged' : 'shop_open_elsewhere') }
      : { status: 'ok', data: { ...shop } },
  shopBegin: (beginning) =>
    ok(() =>
      Object.assign(shop, beginning, {
        new: false,
        preferences: { ...shop.preferences, language: beginning.language }
      })
    ),
  preferencesSet: (preferences) => ok(() => Object.assign(shop, { preferences })),
  today: () =>
    ok(() => ({
      seller_name: shop.seller_name,
      tasks: tasks(),
      more: 0,
      week: [1280, 0, 1190, 780, 300, 0, 800].map((pesos, index) => ({
        day_ms: now - (6 - index) * DAY,
        minor: products.length === 0 ? 0 : pesos * 100,
        pieces: pesos > 0 ? 1 : 0
      })),
      sold: { minor: products.length === 0 ? 0 : 435_000, currency: 'MXN' },
      pieces: products.length === 0 ? 0 : 7,
      sold_before: { minor: products.length === 0 ? 0 : 345_000, currency: 'MXN' },
      on_the_way:
        products.length === 0
          ? []
          : [
              {
                order_id: 'order-7',
                order_number: 'P-0087',
                buyer_name: 'Rosa Peña',
                city: 'Puebla',
                country_name: 'México',
                code: 'EMI',
                place: 'Puebla',
                at_ms: now - DAY
              },
              {
                order_id: 'order-6',
                order_number: 'P-0086',
                buyer_name: 'Lucía Gómez',
                city: 'CDMX',
                country_name: 'México',
                code: 'EMC',
                place: '',
                at_ms: now - 2 * DAY
              },
              {
                order_id: 'order-5',
                order_number: 'P-0085',
                buyer_name: 'Anne Dubois',
                city: 'París',
                country_name: 'Francia',
                code: 'EME',
                place: 'París',
                at_ms: now - 3 * DAY
              }
            ],
      products: products.length
    })),
  productList: ({ text, filter, offset, limit }) =>
    ok(() => {
      const kept = products.filter((one) => !one.deleted)
      const count = (name: string) => kept.filter((one) => FILTERS[name]?.(one)).length
      const found = kept.filter(
        (one) =>
          FILTERS[filter]?.(one) &&
          plain(`${one.title} ${one.sku} ${one.technique}`).includes(plain(text.trim()))
      )
      return {
        items: found.slice(offset, offset + limit).map(card),
        total: found.length,
        counts: {
          all: count('all'),
          on_sale: count('on_sale'),
          drafts: count('drafts'),
          unique: count('unique'),
          sold_out: count('sold_out'),
          withdrawn: count('withdrawn')
        }
      }
    }),
  productGet: (id) => ok(() => piece(id)),
  productCreate: () =>
    ok(() => {
      const base =
        products[9] ??
        ({ photos: [], stock_kind: 'unique', status: 'draft', missing: [] } as unknown as Product)
      const made = judge({
        ...base,
        id: `new-${Date.now()}`,
        title: '',
        story: '',
        on_hand: 0,
        photos: [],
        price: null,
        created_ms: Date.now(),
        changed_ms: Date.now()
      })
      products.unshift(made)
      changed('catalog')
      return made
    }),
  productEdit: (id, changes) =>
    ok(() =>
      put(id, Object.fromEntries(changes.map(({ field, value }) => [field, value])) as Partial<Product>)
    ),
  productPublish: (id) => ok(() => put(id, { status: 'on_sale' })),
  productWithdraw: (id) => ok(() => put(id, { status: 'withdrawn' })),
  productDelete: (id) => ok(() => (put(id, { deleted: true }), null)),
  productRestore: (id) => ok(() => put(id, { deleted: false })),
  productDuplicate: (id) =>
    ok(() => {
      const copy = judge({ ...piece(id), id: `copy-${Date.now()}`, status: 'draft', photos: [] })
      products.unshift(copy)
      return copy
    }),
  productSuggestions: () =>
    ok(() => ({
      techniques: ['Telar de cintura, bordado', 'Barro bruñido'],
      materials: ['Algodón'],
      communities: ['Zinacantán, Chiapas'],
      people: ['Tsotsil'],
      makers: ['Petrona Hernández'],
      categories: ['Blusas']
    })),
  photoMove: (id, hash, to) =>
    ok(() => {
      const one = piece(id)
      const moved = one.photos.filter((photo) => photo.hash === hash)
      const rest = one.photos.filter((photo) => photo.hash !== hash)
      return put(id, { photos: [...rest.slice(0, to), ...moved, ...rest.slice(to)] })
    }),
  photoRemove: (id, hash) =>
    ok(() => put(id, { photos: piece(id).photos.filter((photo) => photo.hash !== hash) })),
  photoRestore: (id, hash, to) =>
    ok(() => {
      const { photos } = piece(id)
      return put(id, {
        photos: [...photos.slice(0, to), photoOf(hash), ...photos.slice(to)]
      })
    }),
  photoLookGet: async (id, hash) => {
    const { width, height } = await sizeOf(photoAddress('large', hash))
    return ok(() => {
      if (!piece(id).photos.some((photo) => photo.hash === hash)) throw failure('not_found')
      return { look: looks.get(hash) ?? NONE, plain: hash, width, height }
    })
  },
  photoLookSet: (id, hash, look) => ok(() => withLooks(id, [hash], () => look)),
  photoLookCopy: (id, hash, to) =>
    ok(() => {
      const { exposure, white } = looks.get(hash) ?? NONE
      return withLooks(id, to, (before) => ({ ...before, exposure, white }))
    }),
  matchSources: () => ok(() => matching.sources),
  matchPieces: () => ok(matching.matchPieces),
  matchOpen: (path) => ok(() => matching.open(path, tellMatch)),
  matchPick: () => ok(() => matching.open('/home/maria/Feria de octubre', tellMatch)),
  matchStaged: () => ok(() => matching.openStaged(tellMatch)),
  matchAssign: (paths, id) => ok(() => matching.assign(paths, id)),
  matchTake: () => ok(() => matching.takeAll(tellMatch)),
  matchStop: () => ok(() => matching.stop(tellMatch)),
  matchClose: () => ok(matching.close),
  photoShotSet: (id, hash, shot) =>
    ok(() =>
      put(id, { photos: piece(id).photos.map((one) => (one.hash === hash ? { ...one, shot } : one)) })
    ),
  stockMove: (id, delta) => ok(() => put(id, { on_hand: piece(id).on_hand + delta })),
  stockCount: (id, _expected, counted) => ok(() => put(id, { on_hand: counted })),
  stockHistory: () =>
    ok(() => [
      { id: 's2', delta: -1, reason: 'sold', note: '', order_id: 'order-1', at_ms: now - DAY, balance: 3 },
      {
        id: 's1',
        delta: 4,
        reason: 'made',
        note: 'Horno del martes',
        order_id: null,
        at_ms: now - 5 * DAY,
        balance: 4
      }
    ]),
  orderList: (filter) =>
    ok(() => {
      const count = (tab: string) => orders.filter((one) => TABS[tab]?.includes(one.step)).length
      return {
        items: orders.filter((one) => TABS[filter]?.includes(one.step)).map(orderCard),
        open: count('open'),
        on_the_way: count('on_the_way'),
        done: count('done')
      }
    }),
  orderGet: (id) => ok(() => orderOf(id)),
  orderAccept: (id) => ok(() => step(id, { step: 'accepted' })),
  orderServices: (id, grams) =>
    ok(() =>
      grams > 2000
        ? grams > 20_000
          ? { services: [], no_service: 'no_service_fits' }
          : { services: orderOf(id).services.slice(1), no_service: null }
        : { services: orderOf(id).services, no_service: orderOf(id).no_service }
    ),
  orderPack: (id) => ok(() => step(id, { step: 'packed' })),
  orderCancel: (id, reason) => ok(() => step(id, { step: 'cancelled', cancelled_reason: reason })),
  orderLabel: ({ order_id, service, weight_g }) =>
    ok(() => {
      const one = orderOf(order_id)
      const name = one.services.find((choice) => choice.key === service)?.name ?? ''
      return step(order_id, {
        step: 'labelled',
        s10: 'RR473124829MX',
        label: {
          ...one.label,
          service: name,
          weight_g,
          number: 'RR 473 124 829 MX',
          bars: orders[3]?.label.bars ?? []
        }
      })
    }),
  paperCards: () => ok(() => ({ path: '/papeles/cards.pdf', opened: true })),
  paperLabel: () =>
    ok((): Paper => ({ path: '/home/maria/.local/share/puesto/papers/P-0082.pdf', opened: true })),
  dropOffPage: () =>
    ok(() => ({ ready: ready.slice(), office: offices[0] ?? null, past: dropOffs.map((one) => one.card) })),
  dropOffClose: (ids) =>
    ok(() => {
      const lines = ready.filter((one) => ids.includes(one.id)).map((one) => ({ ...one, state: 'handed_in' }))
      const base = dropOffs[0]
      if (!base) throw failure('nothing_to_hand_in')
      const made = {
        ...base,
        card: {
          ...base.card,
          id: 'drop-9',
          number: 'E-45509-0120',
          step: 'closed' as const,
          parcels: lines.length,
          closed_ms: Date.now()
        },
        lines
      }
      dropOffs.unshift(made)
      ready.splice(0, ready.length, ...ready.filter((one) => !ids.includes(one.id)))
      changed('shipping')
      return made
    }),
  dropOffGet: (id) => ok(() => dropOff(id)),
  dropOffLeft: (id) =>
    ok(() => {
      const one = dropOff(id)
      one.card = { ...one.card, step: 'left', left_ms: Date.now() }
      return one
    }),
  paperDropOff: () =>
    ok((): Paper => ({ path: '/home/maria/.local/share/puesto/papers/E-45501.pdf', opened: false })),
  officeList: (text) =>
    ok(() => offices.filter((one) => plain(`${one.code} ${one.name} ${one.address}`).includes(plain(text)))),
  syncState: () => ok(() => sync),
  syncNow: () => ok(() => null),
  syncCapSet: (megabytes) =>
    ok(() => {
      const cap_bytes = megabytes === null ? null : megabytes * 1_000_000
      const full = cap_bytes !== null && sync.today_bytes + NEXT_PHOTO > cap_bytes
      return Object.assign(sync, { cap_bytes, capped: full && sync.photos_waiting > 0 })
    }),
  syncCapLift: () => ok(() => Object.assign(sync, { capped: false, phase: 'sending_photos' })),
  syncPause: (paused) => ok(() => Object.assign(sync, { phase: paused ? 'paused' : 'idle' })),
  lostOrderDismiss: (id) =>
    ok(() => Object.assign(sync, { lost_orders: sync.lost_orders.filter((one) => one.id !== id) })),
  refusedRetry: (id) =>
    ok(() => Object.assign(sync, { refused: sync.refused.filter((one) => one.id !== id) })),
  refusedDismiss: (id) =>
    ok(() => Object.assign(sync, { refused: sync.refused.filter((one) => one.id !== id) })),
  signInBegin: () =>
    ok(() => ({
      user_code: 'BDFG-HJKM',
      address: 'https://mercado.ejemplo.mx/entrar',
      address_with_code: 'https://mercado.ejemplo.mx/entrar?code=BDFG-HJKM',
      qr: Array.from({ length: 29 * 29 }, (_, index) => ((index * 7919) % 13) % 2 === 0),
      expires_ms: Date.now() + 600_000
    })),
  signInPoll: () =>
    ok(() =>
      ++poll < 4
        ? 'waiting'
        : (Object.assign(sync, { phase: 'idle' }), Object.assign(shop, { signed_in: true }), 'done')
    ),
  phoneOpen: () =>
    ok(() => ({
      open: true,
      address: 'http://192.168.1.20:41234/fQ3kR7x2Zp9',
      qr: Array.from({ length: 29 * 29 }, (_, index) => ((index * 7919) % 13) % 2 === 0),
      expires_ms: Date.now() + 900_000,
      phones: ['iPhone'],
      arriving: [{ number: 3, name: 'IMG_0042.jpg', percent: 40 }],
      received: 2,
      refused: 1,
      last: { name: 'IMG_0041.heic', hash: null, refused: 'unknown-format' }
    })),
  phoneClose: () => ok(() => null),
  signInCancel: () => ok(() => null),
  signOut: () =>
    ok(() => (Object.assign(sync, { phase: 'signed_out' }), Object.assign(shop, { signed_in: false }))),
  keyKeep: () => ok(() => Object.assign(shop, { key: 'passphrase' })),
  keyUnlock: (phrase) =>
    ok(() => {
      if (phrase.trim() !== 'olla y comal') throw failure('passphrase_wrong')
      Object.assign(sync, { phase: 'idle' })
      return Object.assign(shop, { key: 'passphrase' })
    }),
  keyringAgain: () => ok(() => Object.assign(shop, { key: 'keyring' })),
  laptopList: () => ok(() => laptops),
  laptopRevoke: (id) =>
    ok(() => laptops.map((one) => (one.id === id ? Object.assign(one, { revoked: true }) : one))),
  conflictList: () => ok(() => trouble.conflicts),
  conflictSettle: (id, choice) =>
    ok(() => {
      changed('catalog')
      return trouble.settle(id, choice)
    }),
  oversoldList: () => ok(trouble.oversold),
  openAddress: () => ok(() => null),
  backupState: () => ok(() => copies.backups),
  backupNow: async () => {
    for (let done = 0; done <= 640; done += 64) {
      tell('backup-changed', { done, of: 640 })
      await new Promise((next) => setTimeout(next, scenario === 'quick' ? 0 : 250))
    }
    tell('backup-changed', null)
    return ok(() => copies.make())
  },
  backupFolderPick: () =>
    ok(() =>
      Object.assign(copies.backups, {
        away: { folder: '/media/maria/MEMORIA AZUL', there: true, last_ms: null }
      })
    ),
  backupFolderForget: () => ok(() => Object.assign(copies.backups, { away: null })),
  backupDrill: (id) =>
    ok(() => {
      const backup = copies.backups.backups.find((one) => one.id === id)
      if (!backup) throw failure('not_found')
      const { whole, bytes, pieces, orders, photos } = backup
      return { backup, whole, bytes, pieces, orders, files: photos * 3 + 1, ms: 900, problems: [] }
    }),
  backupRestore: () => ok(() => null),
  rescueLook: () =>
    ok(() => ({
      backups: scenario === 'salvage' ? [] : copies.backups.backups.filter((one) => one.whole),
      away_missing: scenario === 'salvage' ? '/media/maria/MEMORIA AZUL' : null
    })),
  rescueRestore: () => ok(() => ((copies.damage.there = false), 2)),
  rescueSalvage: () =>
    ok(() => {
      copies.damage.there = false
      return { pieces: 209, orders: 41, movements: 900, photos: 640, waiting: 2, lost: 5, kept: '' }
    }),
  rescueBeginAgain: () => ok(() => ((copies.damage.there = false), null))
} satisfies Partial<typeof Real>

const [failing, code] = (new URLSearchParams(location.search).get('fail') ?? '').split(':')
if (failing && code) {
  const all = made as Record<string, unknown>
  all[failing] = async () => ({ status: 'error', error: failure(code as Code) })
}

export const commands = made as unknown as typeof Real

/** Photos that were given in this window, shown as they are. */
const given = new Map<string, string>()

export type PhotoHow = { shot?: string; keepDamaged?: boolean }

/** A name with «cortada» is a photo that stops half-way, one with «parecida» looks like another piece's. */
export async function sendPhoto(
  productId: string,
  fileName: string,
  bytes: Uint8Array,
  how: PhotoHow = {}
): Promise<PhotoAdded> {
  await new Promise((done) => setTimeout(done, scenario === 'quick' ? 0 : 500))
  if (bytes.length === 0) throw failure('photo_empty')
  if (!/^(\xff\xd8|\x89PNG|RIFF)/.test(String.fromCharCode(...bytes.slice(0, 4))))
    throw failure('photo_not_an_image')
  const before = piece(productId).photos
  if (before.length >= MOST_PHOTOS) throw failure('too_many_photos', { most: String(MOST_PHOTOS) })
  const damaged = fileName.includes('cortada')
  if (damaged && !how.keepDamaged) throw failure('photo_truncated')
  const hash = `given-${given.size + 1}`
  given.set(hash, URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>])))
  const product = put(productId, { photos: [...before, { ...photoOf(hash), shot: how.shot ?? '' }] })
  const similar = products[0]
  return {
    product,
    hash,
    duplicate: false,
    notes: [
      ...(bytes.length < 50_000 ? ['photo_on_white'] : []),
      ...(damaged ? ['photo_damaged_in_part'] : [])
    ],
    similar:
      fileName.includes('parecida') && similar
        ? { product_id: similar.id, title: similar.title, small: similar.photos[0]?.small ?? '' }
        : null
  }
}

export async function stagePhoto(path: string): Promise<void> {
  if (scenario === 'error') throw failure('disk_full')
  matching.stage(path)
}

export const painted = async (): Promise<void> => undefined

export async function listen<T>(event: string, hear: (payload: T) => void): Promise<() => void> {
  const all = hearers.get(event) ?? new Set()
  hearers.set(event, all.add(hear as Heard))
  return () => all.delete(hear as Heard)
}

export const photoAddress = (_rendition: 'small' | 'large' | 'file', hash: string): string =>
  given.get(hash) ?? drawing(hash)
