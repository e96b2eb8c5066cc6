// Keeping a look, giving its light to other photos, and the way back of both. All of it may run when the table is
// gone: a way back is pressed in a toast.
import { door, type LookEdit, type Product } from '$lib/door'
import { t } from '$lib/language/index.svelte'
import { toasts } from '$lib/state/toasts.svelte'
import type { Table } from './table.svelte'

export class Keeping {
  readonly #id: string
  readonly #hash: string
  readonly #take: (product: Product) => void

  constructor(productId: string, hash: string, take: (product: Product) => void) {
    this.#id = productId
    this.#hash = hash
    this.#take = take
  }

  /** Keeps what lies on the table; gives what says so. */
  async keep({ look, before, isNone }: Table): Promise<() => void> {
    await this.#put(look)
    return () =>
      toasts.done(t(isNone ? 'edit.kept.none' : 'edit.kept'), {
        label: t('action.undo'),
        run: () => this.#put(before)
      })
  }

  /** Keeps this one, then gives its light and colour to others, each with its own frame; gives what says so. */
  async copy(table: Table, to: string[]): Promise<() => void> {
    const { look, before, changed } = table
    const were: { hash: string; look: LookEdit }[] = []
    for (const hash of to) were.push({ hash, look: (await door.photoLookGet(this.#id, hash)).look })
    if (changed) {
      await this.#put(look)
      table.kept()
    }
    this.#take(await door.photoLookCopy(this.#id, this.#hash, to))
    return () =>
      toasts.done(t('edit.copied', { count: to.length }), {
        label: t('action.undo'),
        run: async () => {
          for (const one of were) await this.#put(one.look, one.hash)
          if (changed) await this.#put(before)
        }
      })
  }

  /** Says that something was left, and keeps it if that was not meant. */
  left({ look }: Table): void {
    toasts.show({
      text: t('edit.left'),
      tone: 'info',
      action: { label: t('edit.left.keep'), run: () => this.#put(look) }
    })
  }

  async #put(look: LookEdit, hash = this.#hash): Promise<void> {
    this.#take(await door.photoLookSet(this.#id, hash, look))
  }
}
