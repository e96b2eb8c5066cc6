// Data of a screen: asked for, shown, asked again when its areas change.
import { faultOf, onShopChanged, type Area, type Fault } from '$lib/door'

export class Fetched<T> {
  value = $state.raw<T | null>(null)
  fault = $state.raw<Fault | null>(null)
  #turn = 0
  readonly #ask: () => Promise<T>
  readonly #areas: Area[]

  constructor(ask: () => Promise<T>, areas: Area[]) {
    this.#ask = ask
    this.#areas = areas
  }

  get loading(): boolean {
    return this.value === null && this.fault === null
  }

  /** Asks again; the old value stays on the screen until the new one is there. */
  async load(): Promise<void> {
    const turn = ++this.#turn
    try {
      const value = await this.#ask()
      if (turn === this.#turn) this.set(value)
    } catch (thrown) {
      if (turn === this.#turn) this.fault = faultOf(thrown)
    }
  }

  /** Takes what another command answered; anything still on its way is older. */
  set(value: T): void {
    this.#turn++
    this.value = value
    this.fault = null
  }

  /** Loads now and on every change, until the returned function is called. For `$effect` or `onMount`. */
  follow(): () => void {
    void this.load()
    return onShopChanged((areas) => {
      if (areas.some((area) => this.#areas.includes(area))) void this.load()
    })
  }
}
