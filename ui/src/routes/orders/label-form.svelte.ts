// What the label needs before its number is taken: weight, service, paper.
import { door, type LabelChoice, type OrderView, type PaperSize, type ServiceOffer } from '$lib/door'
import { readWhole } from '$lib/formatting/measures'
import { shop } from '$lib/state/shop.svelte'

const HEAVIEST_G = 30_000

export class LabelForm {
  weight = $state('')
  service = $state<string | null>(null)
  /** What the post offers for the weight that stands there. */
  offer = $state.raw<ServiceOffer>({ services: [], no_service: null })
  paper = $state<PaperSize>('label')
  slot = $state(0)
  tried = $state(false)

  #weighed = false
  #turn = 0

  /** Begins with what the shop would choose; never over what was typed. */
  begin(order: OrderView): void {
    if (this.#weighed) return void this.weighed(order.id)
    this.weight = order.weight_g > 0 ? String(order.weight_g) : ''
    this.#take({ services: order.services, no_service: order.no_service })
  }

  /** The service that was chosen stays while it fits. */
  #take(offer: ServiceOffer): void {
    this.offer = offer
    if (!offer.services.some((service) => service.key === this.service)) {
      this.service = (offer.services.find((service) => service.recommended) ?? offer.services[0])?.key ?? null
    }
  }

  usePaper(): void {
    this.paper = shop.state?.preferences.paper ?? 'label'
  }

  /** Asks what fits the weight that was typed. */
  async weighed(orderId: string): Promise<void> {
    this.#weighed = true
    const turn = ++this.#turn
    if (this.grams === null) return
    try {
      const offer = await door.orderServices(orderId, this.grams)
      if (turn === this.#turn) this.#take(offer)
    } catch {
      // What stood there stays; printing says what is wrong.
    }
  }

  get grams(): number | null {
    const typed = readWhole(this.weight, 1, HEAVIEST_G)
    return typed.kind === 'number' ? typed.value : null
  }

  get heaviest(): number {
    return HEAVIEST_G
  }

  /** None while something is missing; what is missing is then shown. */
  choice(order: OrderView): LabelChoice | null {
    this.tried = true
    if (this.grams === null || this.service === null) return null
    return {
      order_id: order.id,
      service: this.service,
      weight_g: this.grams,
      paper: this.paper,
      slot: this.slot
    }
  }
}
