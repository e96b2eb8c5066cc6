// Commands and types of the window, as `src-tauri` offers them.
import { invoke } from '@tauri-apps/api/core'

export type Result<T, E> = { status: 'ok'; data: T } | { status: 'error'; error: E }

async function call<T>(command: string, args?: Record<string, unknown>): Promise<Result<T, Fault>> {
  try {
    return { status: 'ok', data: await invoke<T>(command, args) }
  } catch (error) {
    if (error instanceof Error) throw error
    return { status: 'error', error: error as Fault }
  }
}

export const commands = {
  shopState: () => call<ShopState>('shop_state'),
  shopBegin: (beginning: ShopBeginning) => call<ShopState>('shop_begin', { beginning }),
  preferencesSet: (preferences: Preferences) => call<ShopState>('preferences_set', { preferences }),
  today: () => call<Today>('today'),
  productList: (query: ProductQuery) => call<ProductPage>('product_list', { query }),
  productGet: (id: string) => call<Product>('product_get', { id }),
  productCreate: () => call<Product>('product_create'),
  productEdit: (id: string, changes: FieldChange[]) => call<Product>('product_edit', { id, changes }),
  productPublish: (id: string) => call<Product>('product_publish', { id }),
  productWithdraw: (id: string) => call<Product>('product_withdraw', { id }),
  productDelete: (id: string) => call<null>('product_delete', { id }),
  productRestore: (id: string) => call<Product>('product_restore', { id }),
  productDuplicate: (id: string) => call<Product>('product_duplicate', { id }),
  productSuggestions: () => call<Suggestions>('product_suggestions'),
  photoMove: (productId: string, hash: string, toIndex: number) =>
    call<Product>('photo_move', { productId, hash, toIndex }),
  photoRemove: (productId: string, hash: string) => call<Product>('photo_remove', { productId, hash }),
  photoRestore: (productId: string, hash: string, toIndex: number) =>
    call<Product>('photo_restore', { productId, hash, toIndex }),
  stockMove: (productId: string, delta: number, reason: MoveReason, note: string) =>
    call<Product>('stock_move', { productId, delta, reason, note }),
  stockCount: (productId: string, expected: number, counted: number) =>
    call<Product>('stock_count', { productId, expected, counted }),
  stockHistory: (productId: string) => call<StockLine[]>('stock_history', { productId }),
  orderList: (filter: OrderFilter) => call<OrderPage>('order_list', { filter }),
  orderGet: (id: string) => call<OrderView>('order_get', { id }),
  orderAccept: (id: string) => call<OrderView>('order_accept', { id }),
  orderPack: (id: string) => call<OrderView>('order_pack', { id }),
  orderCancel: (id: string, reason: string) => call<OrderView>('order_cancel', { id, reason }),
  orderLabel: (choice: LabelChoice) => call<OrderView>('order_label', { choice }),
  paperLabel: (orderId: string, paper: PaperSize, slot: number) =>
    call<Paper>('paper_label', { orderId, paper, slot }),
  dropOffPage: () => call<DropOffPage>('drop_off_page'),
  dropOffClose: (parcelIds: string[], office: string) =>
    call<DropOffView>('drop_off_close', { parcelIds, office }),
  dropOffGet: (id: string) => call<DropOffView>('drop_off_get', { id }),
  dropOffLeft: (id: string) => call<DropOffView>('drop_off_left', { id }),
  paperDropOff: (id: string) => call<Paper>('paper_drop_off', { id }),
  officeList: (text: string) => call<OfficeView[]>('office_list', { text }),
  syncState: () => call<SyncState>('sync_state'),
  syncNow: () => call<null>('sync_now'),
  syncPause: (paused: boolean) => call<SyncState>('sync_pause', { paused }),
  refusedRetry: (id: string) => call<SyncState>('refused_retry', { id }),
  refusedDismiss: (id: string) => call<SyncState>('refused_dismiss', { id }),
  signInBegin: (server: string) => call<SignInCode>('sign_in_begin', { server }),
  signInPoll: () => call<SignInStep>('sign_in_poll'),
  signInCancel: () => call<null>('sign_in_cancel'),
  signOut: () => call<ShopState>('sign_out'),
  laptopList: () => call<LaptopView[]>('laptop_list'),
  laptopRevoke: (id: string) => call<LaptopView[]>('laptop_revoke', { id }),
  openAddress: (url: string) => call<null>('open_address', { url })
}

export type Code =
  | 'not_found'
  | 'too_long'
  | 'out_of_range'
  | 'not_understood'
  | 'not_ready'
  | 'too_many_photos'
  | 'photo_empty'
  | 'photo_not_an_image'
  | 'photo_unsupported'
  | 'photo_too_large'
  | 'photo_truncated'
  | 'photo_damaged'
  | 'would_be_negative'
  | 'order_moved_on'
  | 'no_numbers_left'
  | 'no_service_fits'
  | 'destination_suspended'
  | 'address_incomplete'
  | 'weight_missing'
  | 'nothing_to_hand_in'
  | 'parcel_taken'
  | 'office_unknown'
  | 'not_signed_in'
  | 'server_unreachable'
  | 'server_not_a_marketplace'
  | 'server_busy'
  | 'address_not_understood'
  | 'code_expired'
  | 'sign_in_denied'
  | 'laptop_revoked'
  | 'keyring_missing'
  | 'disk_full'
  | 'no_permission'
  | 'folder_unusable'
  | 'shop_open_elsewhere'
  | 'shop_damaged'
  | 'shop_too_new'
  | 'no_viewer'
  | 'internal'

export type Who = 'seller' | 'set_up' | 'network' | 'bug'

export type Fault = {
  code: Code
  who: Who
  params: { [key in string]: string }
}

export type Price = {
  minor: number
  currency: string
}

export type Dimensions = {
  length: number
  width: number
  height: number
}

export type StockKind = 'unique' | 'quantity'

export type ProductStatus = 'draft' | 'on_sale' | 'sold_out' | 'withdrawn'

export type Missing = 'title' | 'price' | 'photo' | 'stock' | 'weight'

export type StripPhoto = {
  hash: string
  large: string
  small: string
  alt: string
  sent: boolean
}

export type Product = {
  id: string
  sku: string
  title: string
  story: string
  branch: string
  technique: string
  materials: string
  community: string
  people: string
  maker: string
  category: string
  hours: number | null
  price: Price | null
  weight_g: number | null
  size_mm: Dimensions | null
  stock_kind: StockKind
  on_hand: number
  reserved: number
  status: ProductStatus
  deleted: boolean
  photos: StripPhoto[]
  missing: Missing[]
  waiting: boolean
  refused: string | null
  created_ms: number
  changed_ms: number
}

export type FieldChange =
  | { field: 'sku'; value: string }
  | { field: 'title'; value: string }
  | { field: 'story'; value: string }
  | { field: 'branch'; value: string }
  | { field: 'technique'; value: string }
  | { field: 'materials'; value: string }
  | { field: 'community'; value: string }
  | { field: 'people'; value: string }
  | { field: 'maker'; value: string }
  | { field: 'category'; value: string }
  | { field: 'hours'; value: number | null }
  | { field: 'price'; value: Price | null }
  | { field: 'weight_g'; value: number | null }
  | { field: 'size_mm'; value: Dimensions | null }
  | { field: 'stock_kind'; value: StockKind }

export type ProductFilter = 'all' | 'on_sale' | 'drafts' | 'unique' | 'sold_out' | 'withdrawn'

export type ProductQuery = {
  text: string
  filter: ProductFilter
  offset: number
  limit: number
}

export type ProductCard = {
  id: string
  title: string
  sku: string
  price: Price | null
  status: ProductStatus
  stock_kind: StockKind
  on_hand: number
  photo: string | null
  missing: Missing[]
  refused: boolean
}

export type FilterCounts = {
  all: number
  on_sale: number
  drafts: number
  unique: number
  sold_out: number
  withdrawn: number
}

export type ProductPage = {
  items: ProductCard[]
  total: number
  counts: FilterCounts
}

export type Suggestions = {
  techniques: string[]
  materials: string[]
  communities: string[]
  people: string[]
  makers: string[]
  categories: string[]
}

export type PhotoAdded = {
  product: Product
  hash: string
  duplicate: boolean
  notes: string[]
}

export type MoveReason = 'made' | 'sold_elsewhere' | 'fair' | 'damaged' | 'returned'

export type StockLine = {
  id: string
  delta: number
  reason: string
  note: string
  order_id: string | null
  at_ms: number
  balance: number
}

export type OrderStep = 'placed' | 'accepted' | 'packed' | 'labelled' | 'handed_in' | 'shipped' | 'delivered' | 'cancelled'

export type OrderFilter = 'open' | 'on_the_way' | 'done' | 'all'

export type OrderCard = {
  id: string
  number: string
  buyer_name: string
  title: string
  pieces: number
  total: Price
  step: OrderStep
  city: string
  country: string
  country_name: string
  abroad: boolean
  photo: string | null
  placed_ms: number
  ship_by_ms: number
  new: boolean
  oversold: boolean
}

export type OrderPage = {
  items: OrderCard[]
  open: number
  on_the_way: number
  done: number
}

export type OrderLineView = {
  product_id: string
  title: string
  sku: string
  quantity: number
  unit_price: Price
  weight_g: number
  photo: string | null
  oversold: boolean
}

export type WayStep = {
  at_ms: number
  code: string
  place: string
  reason: string | null
}

export type LabelPreview = {
  operator: string
  service: string
  weight_g: number
  sender: string[]
  addressee: string[]
  number: string | null
  bars: number[]
  office: string
}

export type ServiceChoice = {
  key: string
  name: string
  estimate: Price | null
  recommended: boolean
}

export type OrderView = {
  id: string
  number: string
  step: OrderStep
  lines: OrderLineView[]
  total: Price
  postage: Price
  buyer_name: string
  buyer_email: string
  buyer_phone: string
  ship_to: string[]
  abroad: boolean
  country_name: string
  note: string
  placed_ms: number
  ship_by_ms: number
  cancelled_reason: string | null
  waiting: boolean
  refused: string | null
  weight_g: number
  services: ServiceChoice[]
  no_service: string | null
  office_name: string
  office_code: string
  parcel_id: string | null
  s10: string | null
  drop_off_id: string | null
  way: WayStep[]
  label: LabelPreview
}

export type PaperSize = 'label' | 'a4'

export type LabelChoice = {
  order_id: string
  service: string
  weight_g: number
  paper: PaperSize
  slot: number
}

export type Paper = {
  path: string
  opened: boolean
}

export type ParcelCard = {
  id: string
  order_id: string
  order_number: string
  s10: string
  s10_shown: string
  addressee: string
  destination: string
  service: string
  weight_g: number
  photo: string | null
  state: string
  refused_reason: string | null
}

export type DropOffStep = 'closed' | 'left' | 'accepted' | 'partly_accepted' | 'refused'

export type DropOffCard = {
  id: string
  number: string
  office_code: string
  office_name: string
  parcels: number
  weight_g: number
  step: DropOffStep
  closed_ms: number
  left_ms: number | null
  decided_ms: number | null
  waiting: boolean
}

export type DropOffView = {
  card: DropOffCard
  lines: ParcelCard[]
  office: OfficeView | null
}

export type DropOffPage = {
  ready: ParcelCard[]
  office: OfficeView | null
  past: DropOffCard[]
}

export type OfficeView = {
  code: string
  name: string
  address: string
  hours: string
  international: boolean
  terminal: boolean
}

export type Theme = 'system' | 'light' | 'dark'

export type TextSize = 'normal' | 'large'

export type Preferences = {
  language: string
  theme: Theme
  text_size: TextSize
  laptop_name: string
  office: string | null
  paper: PaperSize
}

export type ShopBeginning = {
  shop_name: string
  seller_name: string
  language: string
}

export type ShopState = {
  new: boolean
  shop_name: string
  seller_name: string
  place: string
  currency: string
  signed_in: boolean
  server: string
  email: string
  operator_name: string
  preferences: Preferences
  version: string
  folder: string
}

export type SignInCode = {
  user_code: string
  address: string
  address_with_code: string
  qr: boolean[]
  expires_ms: number
}

export type SignInStep = 'waiting' | 'done' | 'done_for_now' | 'denied' | 'expired'

export type LaptopView = {
  id: string
  name: string
  signed_in_ms: number
  seen_ms: number
  revoked: boolean
  this_one: boolean
}

export type SyncPhase = 'signed_out' | 'idle' | 'sending' | 'receiving' | 'sending_photos' | 'offline' | 'troubled' | 'revoked' | 'paused'

export type RefusedChange = {
  id: string
  verb: string
  subject: string
  title: string
  code: string
  at_ms: number
}

export type SyncState = {
  phase: SyncPhase
  waiting: number
  photos_waiting: number
  photos_sent: number
  bytes_waiting: number
  refused: RefusedChange[]
  last_ms: number | null
  next_ms: number | null
}

export type TaskKind = 'accept_order' | 'pack_order' | 'label_order' | 'hand_in_parcels' | 'leave_drop_off' | 'parcel_refused' | 'oversold' | 'change_refused' | 'no_price' | 'no_photo' | 'ready_to_publish'

export type Task = {
  kind: TaskKind
  subject: string
  title: string
  person: string
  place: string
  count: number
  abroad: boolean
  photo: string | null
  due_ms: number | null
}

export type DaySales = {
  day_ms: number
  minor: number
  pieces: number
}

export type OnTheWay = {
  order_id: string
  order_number: string
  buyer_name: string
  city: string
  country_name: string
  code: string
  place: string
  at_ms: number
}

export type Today = {
  seller_name: string
  tasks: Task[]
  more: number
  week: DaySales[]
  sold: Price
  pieces: number
  sold_before: Price
  on_the_way: OnTheWay[]
  products: number
}
