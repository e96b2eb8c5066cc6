// Joining the marketplace: a code, an approval somewhere else, and waiting for it.
import { door, faultOf, type Fault, type SignInCode, type SignInStep } from '$lib/door'
import { network } from '$lib/state/network.svelte'
import { shop } from '$lib/state/shop.svelte'

const POLL_MS = 2000

export class Signing {
  code = $state.raw<SignInCode | null>(null)
  ended = $state<Exclude<SignInStep, 'waiting'> | null>(null)
  fault = $state.raw<Fault | null>(null)
  busy = $state(false)

  #timer: ReturnType<typeof setTimeout> | undefined
  #turn = 0

  async begin(server: string): Promise<void> {
    const turn = ++this.#turn
    clearTimeout(this.#timer)
    this.busy = true
    this.fault = null
    this.ended = null
    try {
      const code = await door.signInBegin(server)
      if (turn !== this.#turn) return
      this.code = code
      this.#wait(turn)
    } catch (thrown) {
      if (turn === this.#turn) this.fault = faultOf(thrown)
    } finally {
      if (turn === this.#turn) this.busy = false
    }
  }

  #wait(turn: number): void {
    this.#timer = setTimeout(() => void this.#poll(turn), POLL_MS)
  }

  async #poll(turn: number): Promise<void> {
    try {
      const step = await door.signInPoll()
      if (turn !== this.#turn) return
      this.fault = null
      if (step === 'waiting') return this.#wait(turn)
      this.ended = step
      this.code = null
      if (step === 'done' || step === 'done_for_now') {
        await shop.open()
        await network.load()
      }
    } catch (thrown) {
      if (turn !== this.#turn) return
      this.fault = faultOf(thrown)
      // The network may come back while the code is good; anything else ends it.
      if (this.fault.who === 'network') this.#wait(turn)
      else this.code = null
    }
  }

  async stop(): Promise<void> {
    const waiting = this.code !== null
    this.#turn++
    clearTimeout(this.#timer)
    this.code = null
    this.busy = false
    this.fault = null
    if (waiting) await door.signInCancel().catch(() => undefined)
  }
}
