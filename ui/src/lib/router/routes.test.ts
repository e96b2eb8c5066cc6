import { describe, expect, it } from 'vitest'
import { routeOf, to } from './routes'

describe('addresses', () => {
  it('lead to their screens', () => {
    expect(routeOf('')).toEqual({ screen: 'today' })
    expect(routeOf(to.today())).toEqual({ screen: 'today' })
    expect(routeOf(to.products())).toEqual({ screen: 'products' })
    expect(routeOf(to.product('a b/ñ', 'price'))).toEqual({ screen: 'product', id: 'a b/ñ', focus: 'price' })
    expect(routeOf(to.product('x'))).toEqual({ screen: 'product', id: 'x', focus: null })
    expect(routeOf(to.order('x'))).toEqual({ screen: 'order', id: 'x' })
    expect(routeOf(to.dropOff('x'))).toEqual({ screen: 'drop-off', id: 'x' })
    expect(routeOf(to.matching())).toEqual({ screen: 'matching' })
    expect(routeOf(to.settings())).toEqual({ screen: 'settings' })
    expect(routeOf(to.backups())).toEqual({ screen: 'backups' })
    expect(routeOf(to.conflicts())).toEqual({ screen: 'conflicts', piece: null })
    expect(routeOf(to.conflicts('a b'))).toEqual({ screen: 'conflicts', piece: 'a b' })
    expect(routeOf(to.oversold())).toEqual({ screen: 'oversold', about: null })
    expect(routeOf(to.oversold('x'))).toEqual({ screen: 'oversold', about: 'x' })
  })

  it('are taken as the backend gives them', () => {
    expect(routeOf('/orders/0193')).toEqual({ screen: 'order', id: '0193' })
    expect(routeOf('/orders/')).toEqual({ screen: 'orders' })
  })

  it('that nobody made lead nowhere, and break nothing', () => {
    for (const address of ['#/cuentas', '#/orders/a/b', '#/settings/x', '#/today/x']) {
      expect(routeOf(address)).toEqual({ screen: 'nowhere' })
    }
    expect(routeOf('#/orders/%E0%A4%A')).toEqual({ screen: 'order', id: '%E0%A4%A' })
  })
})
