// What the label needs before its number is taken: weight, service, paper.
import type { LabelChoice, OrderView, PaperSize } from '$lib/door'
import { readWhole } from '$lib/formatting/measures'
import { shop } from '$lib/state/shop.svelte'

const HEAVIEST_G = 30_000

export class LabelForm {
  weight = $state('')
  service = $state<string | null>(null)
  paper = $state<PaperSize>('label')
  slot = $state(0)
  tried = $state(false)

  #weighed = false

  /** Begins with what the shop would choose; never over what was typed. */
  begin(order: OrderView): void {
    if (!this.#weighed) this.weight = order.weight_g > 0 ? String(order.weight_g) : ''
    if (!order.services.some((service) => service.key === this.service)) {
      this.service = (order.services.find((service) => service.recommended) ?? order.services[0])?.key ?? null
    }
  }

  usePaper(): void {
    this.paper = shop.state?.preferences.paper ?? 'label'
  }

  weighed(): void {
    this.#weighed = true
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
