// Photos under the pointer on their way to a piece. Places to give them to carry `data-give`: a piece's id, or
// nothing for the tray; what scrolls carries `data-pane`.

const MOVED = 6
const EDGE = 56
const STEP = 16

export class Carry {
  paths = $state.raw<string[]>([])
  x = $state(0)
  y = $state(0)
  /** Where they would land; null is nowhere. */
  over = $state<string | null>(null)
  /** A press that ended a carry is no press on a photo. */
  carried = false

  #given: (paths: string[], give: string) => void
  #end: (() => void) | null = null
  #pane: Element | null = null
  #frame = 0

  constructor(given: (paths: string[], give: string) => void) {
    this.#given = given
  }

  get active(): boolean {
    return this.paths.length > 0
  }

  /** The pointer is down on a photo; `paths` says what goes along once it moves. */
  grab(event: PointerEvent, paths: () => string[]): void {
    this.carried = false
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    this.drop()
    const [fromX, fromY] = [event.clientX, event.clientY]
    const move = (next: PointerEvent) => {
      if (!this.active) {
        if (Math.hypot(next.clientX - fromX, next.clientY - fromY) < MOVED) return
        this.paths = paths()
        this.carried = this.active
      }
      this.#move(next)
    }
    const up = () => {
      const [carried, give] = [this.paths, this.over]
      this.drop()
      if (carried.length > 0 && give !== null) this.#given(carried, give)
    }
    const cancel = () => this.drop()
    const escape = (next: KeyboardEvent) => {
      if (next.key === 'Escape') cancel()
    }
    // On the window: the photo that was grabbed may scroll out of sight, and then it is no more.
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', escape)
    this.#end = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', escape)
    }
  }

  drop(): void {
    this.#end?.()
    this.#end = null
    this.paths = []
    this.over = null
    this.#pane = null
  }

  #move(event: PointerEvent): void {
    this.x = event.clientX
    this.y = event.clientY
    this.#find()
    if (this.#frame === 0) this.#scroll()
  }

  #find(): void {
    const under = document.elementFromPoint(this.x, this.y)
    this.over = under?.closest<HTMLElement>('[data-give]')?.dataset['give'] ?? null
    this.#pane = under?.closest('[data-pane]') ?? null
  }

  /** Near its edge a pane scrolls by itself. */
  #scroll(): void {
    this.#frame = 0
    if (!this.#pane) return
    const { top, bottom } = this.#pane.getBoundingClientRect()
    const by = this.y < top + EDGE ? -STEP : this.y > bottom - EDGE ? STEP : 0
    if (by === 0) return
    this.#pane.scrollBy({ top: by, behavior: 'instant' })
    this.#find()
    this.#frame = requestAnimationFrame(() => this.#scroll())
  }
}
