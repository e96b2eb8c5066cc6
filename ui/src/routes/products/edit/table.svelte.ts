// What lies on the editing table: the look as it is now, its history, and what can be done to it.
import type { CropEdit, GreyEdit, LookEdit } from '$lib/door'
import {
  cropTurned,
  EVERYTHING,
  pulled,
  ratioOf,
  shaped,
  shapeOf,
  shapeTurned,
  type Handle,
  type Shape
} from './crop'
import { turned, type Size } from './frame'
import { begun, done, redone, undone, type History } from './history'
import { NONE, sameLook, withinBounds } from './look'

/** `base` is what she cut by hand; shapes are taken out of it, so that trying one after another loses nothing. */
type Step = { look: LookEdit; shape: Shape; base: CropEdit }

export class Table {
  /** What is kept of it. */
  before: LookEdit
  readonly #picture: Size
  #history = $state.raw<History<Step>>(begun({ look: NONE, shape: 'free', base: EVERYTHING }))
  /** What moves under the hand and is not in the history yet. */
  #moving = $state.raw<Step | null>(null)

  readonly #step = $derived(this.#moving ?? this.#history.now)
  readonly look = $derived(this.#step.look)
  readonly shape = $derived(this.#step.shape)
  readonly crop = $derived(this.look.crop ?? EVERYTHING)
  readonly canUndo = $derived(this.#history.past.length > 0)
  readonly canRedo = $derived(this.#history.future.length > 0)

  /** `picture` is the upright picture's size. */
  constructor(before: LookEdit, picture: Size) {
    this.before = withinBounds(before)
    this.#picture = picture
    const shape = shapeOf(this.before.crop, turned(picture, before.turns))
    this.#history = begun({ look: this.before, shape, base: this.before.crop ?? EVERYTHING })
  }

  get frame(): Size {
    return turned(this.#picture, this.look.turns)
  }

  get changed(): boolean {
    return !sameLook(this.look, this.before)
  }

  get isNone(): boolean {
    return sameLook(this.look, NONE)
  }

  /** The look as it is now is kept. */
  kept(): void {
    this.before = this.look
  }

  /** Ends a movement: what it came to is one step. */
  settle(kind = ''): void {
    const moved = this.#moving
    this.#moving = null
    if (moved && !sameLook(moved.look, this.#history.now.look)) this.#do(moved, kind)
  }

  tilt(tilt: number): void {
    this.#move({ tilt })
  }

  light(exposure: number): void {
    this.#move({ exposure })
  }

  white(white: GreyEdit | null): void {
    this.settle()
    this.#do({ ...this.#step, look: withinBounds({ ...this.look, white }) })
  }

  turn(): void {
    this.settle()
    const { look, shape, base } = this.#step
    this.#do({
      look: withinBounds({ ...look, turns: look.turns + 1, crop: look.crop && cropTurned(look.crop) }),
      shape: shapeTurned(shape),
      base: cropTurned(base)
    })
  }

  shapeTo(shape: Shape): void {
    this.settle()
    const base = shape === 'free' ? this.crop : this.#step.base
    this.#do({ look: this.#cropped(shaped(base, ratioOf(shape, this.frame))), shape, base })
  }

  /** Everything of the frame is kept again. */
  uncrop(): void {
    this.settle()
    this.#do({ look: this.#cropped(EVERYTHING), shape: 'free', base: EVERYTHING })
  }

  /** The crop as it was at `from`, pulled by so many ten-thousandths. */
  pull(from: CropEdit, handle: Handle, dx: number, dy: number): void {
    const crop = pulled(from, handle, dx, dy, ratioOf(this.shape, this.frame))
    this.#moving = { look: this.#cropped(crop), shape: this.shape, base: crop }
  }

  reset(): void {
    this.settle()
    this.#do({ look: NONE, shape: 'free', base: EVERYTHING })
  }

  undo(): void {
    this.settle()
    this.#history = undone(this.#history)
  }

  redo(): void {
    this.settle()
    this.#history = redone(this.#history)
  }

  #cropped(crop: CropEdit): LookEdit {
    return withinBounds({ ...this.look, crop })
  }

  #move(change: Partial<LookEdit>): void {
    this.#moving = { ...this.#step, look: withinBounds({ ...this.look, ...change }) }
  }

  #do(next: Step, kind = ''): void {
    const now = this.#history.now
    if (sameLook(next.look, now.look) && next.shape === now.shape) return
    this.#history = done(this.#history, next, kind, performance.now())
  }
}
