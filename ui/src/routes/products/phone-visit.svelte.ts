// The door for phones while its sheet is open: asked for, followed, closed.
import { door, faultOf, onPhoneChanged, type Fault, type PhoneView } from '$lib/door'

export class PhoneVisit {
  view = $state.raw<PhoneView | null>(null)
  fault = $state.raw<Fault | null>(null)
  busy = $state(false)

  #stopped = false
  #unlisten: () => void

  constructor(readonly productId: string) {
    this.#unlisten = onPhoneChanged((view) => {
      if (!this.#stopped) this.view = view
    })
  }

  async open(): Promise<void> {
    this.busy = true
    this.fault = null
    try {
      const view = await door.phoneOpen(this.productId)
      // Left while it was being opened: it must not stay open behind her back.
      if (this.#stopped) void door.phoneClose()
      else this.view = view
    } catch (thrown) {
      this.fault = faultOf(thrown)
    } finally {
      this.busy = false
    }
  }

  stop(): void {
    this.#stopped = true
    this.#unlisten()
    void door.phoneClose().catch(() => undefined)
  }
}
