// What the palette finds. Pieces are searched by the backend; orders and actions are few.
import type { IconName } from '$lib/components/icons'
import { door, type OrderCard } from '$lib/door'
import { money } from '$lib/formatting/index.svelte'
import { t, type MessageKey } from '$lib/language/index.svelte'
import { go, to } from '$lib/router/index.svelte'
import { network } from '$lib/state/network.svelte'
import { shop } from '$lib/state/shop.svelte'
import { matches } from './matches'
import { findByNumber } from './post-numbers'

export type Found = {
  key: string
  group: MessageKey
  icon: IconName
  title: string
  aside?: string
  photo?: string | null
  run: () => void | Promise<void>
}

function actions(): Found[] {
  const action = (key: string, icon: IconName, title: string, run: Found['run']): Found => ({
    key: `action ${key}`,
    group: 'palette.actions',
    icon,
    title,
    run
  })
  const place = (key: MessageKey, icon: IconName, address: string) =>
    action(key, icon, t('palette.go', { place: t(key) }), () => go(address))
  const dark = document.documentElement.dataset['theme'] === 'dark'
  const large = shop.state?.preferences.text_size === 'large'
  return [
    action('new', 'plus', t('products.new'), async () =>
      go(to.product((await door.productCreate()).id, 'title'))
    ),
    action('matching', 'folder', t('matching.open'), () => go(to.matching())),
    place('nav.today', 'today', to.today()),
    place('nav.products', 'products', to.products()),
    place('nav.orders', 'orders', to.orders()),
    place('nav.drop_offs', 'dropOffs', to.dropOffs()),
    place('nav.settings', 'settings', to.settings()),
    action('sync', 'again', t('palette.sync_now'), async () => void (await door.syncNow())),
    action('safe', 'check', t('palette.safe'), () => void (network.shown = true)),
    action('theme', 'sun', t(dark ? 'palette.light' : 'palette.dark'), () =>
      shop.prefer({ theme: dark ? 'light' : 'dark' })
    ),
    action('text', 'text', t(large ? 'palette.normal' : 'palette.large'), () =>
      shop.prefer({ text_size: large ? 'normal' : 'large' })
    )
  ]
}

async function products(text: string): Promise<Found[]> {
  if (text.trim() === '') return []
  const page = await door.productList({ text, filter: 'all', offset: 0, limit: 6 })
  return page.items.map((item) => ({
    key: `product ${item.id}`,
    group: 'palette.products',
    icon: 'products',
    title: item.title || t('product.untitled'),
    aside: [item.sku, item.price ? money(item.price) : t('product.no_price')].filter(Boolean).join(' · '),
    photo: item.photo,
    run: () => go(to.product(item.id))
  }))
}

async function numbers(text: string): Promise<Found[]> {
  const { parcels, dropOffs } = await findByNumber(text)
  return [
    ...parcels.slice(0, 5).map((parcel) => ({
      key: `parcel ${parcel.id}`,
      group: 'palette.orders' as const,
      icon: 'orders' as const,
      title: t('order.title', { name: parcel.addressee }),
      aside: `${parcel.order_number} · ${parcel.s10_shown}`,
      photo: parcel.photo,
      run: () => go(to.order(parcel.order_id))
    })),
    ...dropOffs.slice(0, 5).map((one) => ({
      key: `drop-off ${one.id}`,
      group: 'nav.drop_offs' as const,
      icon: 'dropOffs' as const,
      title: t('drop_off.title', { number: one.number }),
      aside: t(`drop_off.step.${one.step}`),
      run: () => go(to.dropOff(one.id))
    }))
  ]
}

export class Finder {
  found = $state.raw<Found[]>([])
  answered = $state(false)
  #turn = 0
  #orders: Promise<OrderCard[]> | null = null

  async find(text: string): Promise<void> {
    const turn = ++this.#turn
    const [pieces, orders, numbered] = await Promise.all([
      products(text).catch(() => []),
      this.#find(text),
      numbers(text).catch(() => [])
    ])
    if (turn !== this.#turn) return
    this.found = [
      ...pieces,
      ...orders,
      ...numbered,
      ...actions().filter((action) => matches(action.title, text))
    ]
    this.answered = true
  }

  async #find(text: string): Promise<Found[]> {
    if (text.trim() === '') return []
    this.#orders ??= door.orderList('all').then(
      (page) => page.items,
      () => []
    )
    const all = await this.#orders
    return all
      .filter((order) => matches(`${order.number} ${order.buyer_name} ${order.title} ${order.city}`, text))
      .slice(0, 5)
      .map((order) => ({
        key: `order ${order.id}`,
        group: 'palette.orders' as const,
        icon: 'orders' as const,
        title: t('order.title', { name: order.buyer_name }),
        aside: `${order.number} · ${order.title}`,
        photo: order.photo,
        run: () => go(to.order(order.id))
      }))
  }
}
