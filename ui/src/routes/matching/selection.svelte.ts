// Photos that are chosen, as in any window of files: a press, Ctrl and a press, Shift and a press.
import { SvelteSet } from 'svelte/reactivity'

export class Selection {
  readonly paths = new SvelteSet<string>()
  #from: string | null = null

  get size(): number {
    return this.paths.size
  }

  /** `order` is how the photos follow each other where it was pressed. */
  press(path: string, { add, range }: { add: boolean; range: boolean }, order: readonly string[]): void {
    const from = this.#from === null ? -1 : order.indexOf(this.#from)
    const at = order.indexOf(path)
    if (range && from >= 0 && at >= 0) {
      if (!add) this.paths.clear()
      for (const one of order.slice(Math.min(from, at), Math.max(from, at) + 1)) this.paths.add(one)
      return
    }
    this.#from = path
    if (add) {
      if (!this.paths.delete(path)) this.paths.add(path)
    } else {
      const alone = this.paths.size === 1 && this.paths.has(path)
      this.paths.clear()
      if (!alone) this.paths.add(path)
    }
  }

  all(paths: readonly string[]): void {
    this.paths.clear()
    for (const path of paths) this.paths.add(path)
  }

  clear(): void {
    this.paths.clear()
  }

  /** Forgets what is not there any more, or cannot be moved any more. */
  keep(there: (path: string) => boolean): void {
    for (const path of [...this.paths]) if (!there(path)) this.paths.delete(path)
  }
}
