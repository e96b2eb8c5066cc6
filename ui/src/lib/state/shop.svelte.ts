// Whose shop this is, and the settings of this laptop.
import { door, faultOf, onShopChanged, type Fault, type Preferences, type ShopState } from '$lib/door'
import { speak } from '$lib/language/index.svelte'
import { applyAppearance } from './appearance'

class Shop {
  state = $state.raw<ShopState | null>(null)
  /** Why the shop could not be opened. */
  fault = $state.raw<Fault | null>(null)

  async open(): Promise<void> {
    try {
      this.take(await door.shopState())
      this.fault = null
    } catch (thrown) {
      this.fault = faultOf(thrown)
    }
  }

  take(state: ShopState): void {
    this.state = state
    speak(state.preferences.language)
    applyAppearance(state.preferences)
  }

  /** Shown at once, then kept; put back when it could not be kept. */
  async prefer(change: Partial<Preferences>): Promise<void> {
    const before = this.state
    if (!before) return
    const preferences = { ...before.preferences, ...change }
    this.take({ ...before, preferences })
    try {
      this.take(await door.preferencesSet(preferences))
    } catch (thrown) {
      this.take(before)
      throw thrown
    }
  }

  follow(): () => void {
    return onShopChanged((areas) => {
      if (areas.includes('settings')) void this.open()
    })
  }
}

export const shop = new Shop()

/** ISO 4217 of the shop. */
export const currency = (): string => shop.state?.currency ?? 'MXN'
