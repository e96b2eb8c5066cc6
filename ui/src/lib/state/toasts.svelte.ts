// Short words in the corner, with a way back.
import { untrack } from 'svelte'
import { faultOf } from '$lib/door'
import { faultText } from '$lib/language/fault.svelte'
import { admit, lifeOf, type Toast } from './toast-queue'

export type { Toast } from './toast-queue'

class Toasts {
  list = $state.raw<Toast[]>([])
  #next = 1

  show(toast: Omit<Toast, 'id'>): void {
    const id = this.#next++
    // An effect that says something must not run again when what is said changes.
    this.list = admit(
      untrack(() => this.list),
      { ...toast, id }
    )
    setTimeout(() => this.#expire(id), lifeOf(toast))
  }

  done(text: string, action?: Toast['action']): void {
    this.show({ text, tone: 'done', action })
  }

  trouble(thrown: unknown): void {
    const { what, hint } = faultText(faultOf(thrown))
    this.show({ text: what, hint, tone: 'attention' })
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  /** A toast that a person is on (mouse or keyboard) stays until they leave it. */
  #expire(id: number): void {
    if (document.querySelector(`[data-toast="${id}"]:is(:hover, :focus-within)`)) {
      setTimeout(() => this.#expire(id), 2000)
    } else {
      this.close(id)
    }
  }
}

export const toasts = new Toasts()
