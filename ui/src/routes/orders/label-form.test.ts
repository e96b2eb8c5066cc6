import { describe, expect, it, vi } from 'vitest'
import { door, type OrderView, type ServiceOffer } from '$lib/door'
import { LabelForm } from './label-form.svelte'

// The shop needs a window; the label asks it for its paper only.
vi.mock('$lib/state/shop.svelte', () => ({ shop: { state: null } }))

const service = (key: string, recommended = false) => ({ key, name: key, estimate: null, recommended })
const order = {
  id: 'o',
  weight_g: 420,
  services: [service('letter', true), service('parcel')],
  no_service: null
} as unknown as OrderView

function answers(...offers: Promise<ServiceOffer>[]) {
  const ask = vi.spyOn(door, 'orderServices')
  for (const offer of offers) ask.mockReturnValueOnce(offer)
}

describe('the label', () => {
  it('begins with the weight of the order and what is recommended', () => {
    const form = new LabelForm()
    form.begin(order)
    expect([form.weight, form.service]).toEqual(['420', 'letter'])
  })

  it('offers what fits the weight that is typed', async () => {
    const form = new LabelForm()
    form.begin(order)
    answers(Promise.resolve({ services: [service('parcel')], no_service: null }))
    form.weight = '3000'
    await form.weighed('o')
    expect(form.service).toBe('parcel')
    expect(form.choice(order)).toMatchObject({ service: 'parcel', weight_g: 3000 })
  })

  it('hears the answer for the newest weight only', async () => {
    const form = new LabelForm()
    form.begin(order)
    let late: (offer: ServiceOffer) => void = () => undefined
    answers(
      new Promise((done) => (late = done)),
      Promise.resolve({ services: [service('parcel')], no_service: null })
    )
    form.weight = '30000'
    const first = form.weighed('o')
    form.weight = '3000'
    await form.weighed('o')
    late({ services: [], no_service: 'no_service_fits' })
    await first
    expect(form.offer.no_service).toBeNull()
    expect(form.service).toBe('parcel')
  })
})
