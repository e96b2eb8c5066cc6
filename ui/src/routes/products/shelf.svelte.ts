// The pieces of the grid, fetched in parts as they come into view.
import {
  door,
  faultOf,
  onShopChanged,
  type Fault,
  type FilterCounts,
  type ProductCard,
  type ProductFilter
} from '$lib/door'

const PART = 100

class Shelf {
  text = $state('')
  filter = $state<ProductFilter>('all')
  total = $state(0)
  counts = $state.raw<FilterCounts | null>(null)
  fault = $state.raw<Fault | null>(null)
  answered = $state(false)
  /** What the shown pieces were asked with: the words of an empty result are about that. */
  shown = $state.raw<{ text: string; filter: ProductFilter }>({ text: '', filter: 'all' })
  /** Where the grid was left. */
  scrollTop = 0

  #parts = $state.raw(new Map<number, ProductCard[]>())
  #asked = new Set<number>()
  #turn = 0
  #seen = { first: 0, end: PART }

  at = (index: number): ProductCard | undefined => this.#parts.get(Math.floor(index / PART))?.[index % PART]

  /** Fetches what is missing of `[first, end)`. */
  want = (first: number, end: number): void => {
    this.#seen = { first, end: Math.max(end, first + 1) }
    for (const part of this.#span()) {
      if (!this.#asked.has(part)) void this.#fetch(part, this.#turn)
    }
  }

  /** Asks again for what is seen; the old pieces stay until the new ones are there. */
  async renew(): Promise<void> {
    const turn = ++this.#turn
    this.#asked = new Set()
    await Promise.all(this.#span().map((part) => this.#fetch(part, turn)))
  }

  /** Searches; the grid begins at its top again. */
  search(change: { text?: string; filter?: ProductFilter }): void {
    if (change.text !== undefined) this.text = change.text
    if (change.filter !== undefined) this.filter = change.filter
    this.#seen = { first: 0, end: PART }
    this.scrollTop = 0
    void this.renew()
  }

  follow(): () => void {
    void this.renew()
    return onShopChanged((areas) => {
      if (areas.includes('catalog') || areas.includes('stock')) void this.renew()
    })
  }

  #span(): number[] {
    const first = Math.floor(this.#seen.first / PART)
    const last = Math.floor((this.#seen.end - 1) / PART)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  }

  async #fetch(part: number, turn: number): Promise<void> {
    this.#asked.add(part)
    const { text, filter } = this
    try {
      const page = await door.productList({ text, filter, offset: part * PART, limit: PART })
      if (turn !== this.#turn) return
      // Replaced as a whole, never changed in place.
      /* eslint-disable svelte/prefer-svelte-reactivity */
      // The first answer of a turn takes away what the turns before had: all of it when something else
      // was searched, otherwise only the parts that are out of sight.
      const same = this.shown.text === text && this.shown.filter === filter
      const stays = (one: number) => this.#turnShown === turn || (same && this.#asked.has(one))
      const kept = [...this.#parts].filter(([one]) => stays(one))
      this.#turnShown = turn
      this.#parts = new Map<number, ProductCard[]>(kept).set(part, page.items)
      /* eslint-enable svelte/prefer-svelte-reactivity */
      this.total = page.total
      this.counts = page.counts
      this.shown = { text, filter }
      this.fault = null
      this.answered = true
    } catch (thrown) {
      this.#asked.delete(part)
      if (turn === this.#turn) this.fault = faultOf(thrown)
    }
  }

  #turnShown = -1
}

/** One shelf for the window's life: coming back from a piece finds it as it was left. */
export const shelf = new Shelf()
