// Addresses of the screens: `#/products/ID?focus=price`.

export type Route =
  | { screen: 'today' }
  | { screen: 'products' }
  | { screen: 'product'; id: string; focus: string | null }
  | { screen: 'matching' }
  | { screen: 'orders' }
  | { screen: 'order'; id: string }
  | { screen: 'drop-offs' }
  | { screen: 'drop-off'; id: string }
  | { screen: 'settings' }
  | { screen: 'backups' }
  | { screen: 'conflicts'; piece: string | null }
  | { screen: 'oversold'; about: string | null }
  | { screen: 'nowhere' }

/** Reads `/orders/ID`, with or without `#`. */
export function routeOf(address: string): Route {
  const [path = '', query = ''] = address.replace(/^#/, '').split('?')
  const parts = path.split('/').filter((part) => part !== '')
  const [place, id] = parts.map(decode)
  if (parts.length > 2) return { screen: 'nowhere' }
  switch (place) {
    case undefined:
    case 'today':
      return id === undefined ? { screen: 'today' } : { screen: 'nowhere' }
    case 'products':
      return id === undefined
        ? { screen: 'products' }
        : { screen: 'product', id, focus: new URLSearchParams(query).get('focus') }
    case 'matching':
      return id === undefined ? { screen: 'matching' } : { screen: 'nowhere' }
    case 'orders':
      return id === undefined ? { screen: 'orders' } : { screen: 'order', id }
    case 'drop-offs':
      return id === undefined ? { screen: 'drop-offs' } : { screen: 'drop-off', id }
    case 'settings':
      if (id === 'backups') return { screen: 'backups' }
      return id === undefined ? { screen: 'settings' } : { screen: 'nowhere' }
    case 'conflicts':
      return { screen: 'conflicts', piece: id ?? null }
    case 'oversold':
      return { screen: 'oversold', about: id ?? null }
    default:
      return { screen: 'nowhere' }
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const to = {
  today: () => '#/',
  products: () => '#/products',
  product: (id: string, focus?: string) =>
    `#/products/${encodeURIComponent(id)}${focus ? `?focus=${encodeURIComponent(focus)}` : ''}`,
  matching: () => '#/matching',
  orders: () => '#/orders',
  order: (id: string) => `#/orders/${encodeURIComponent(id)}`,
  dropOffs: () => '#/drop-offs',
  dropOff: (id: string) => `#/drop-offs/${encodeURIComponent(id)}`,
  settings: () => '#/settings',
  backups: () => '#/settings/backups',
  /** What two laptops wrote differently; that of a piece first. */
  conflicts: (piece?: string) => `#/conflicts${piece ? `/${encodeURIComponent(piece)}` : ''}`,
  /** What was sold more often than there is; that of a piece, or of an order, first. */
  oversold: (about?: string) => `#/oversold${about ? `/${encodeURIComponent(about)}` : ''}`
}
