// Draws the picture as a look makes it. One pass over pixels of the size that is seen: fluid without a
// graphics card, too.
import type { LookEdit } from '$lib/door'
import { enlargement, radians, turned, type Size } from './frame'
import { changesLight, curves } from './look'
import type { Plain } from './plain'

export class Painter {
  readonly #plain: Plain
  /** Turned and tilted, before light and colour: moving the light leaves it as it is. */
  #laid: { key: string; pixels: ImageData } | null = null
  /** Used again and again: making room for one takes as long as filling it. */
  #lit: ImageData | null = null
  #small: { key: string; canvas: HTMLCanvasElement } | null = null

  constructor(plain: Plain) {
    this.#plain = plain
  }

  /** Fills `canvas` with the whole frame as `look` makes it; its crop is not cut. */
  paint(canvas: HTMLCanvasElement, { width, height }: Size, look: LookEdit): void {
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) return
    const key = [width, height, look.turns, look.tilt].join(' ')
    if (this.#laid?.key !== key) {
      this.#lay(context, { width, height }, look)
      this.#laid = { key, pixels: context.getImageData(0, 0, width, height) }
    }
    const { pixels } = this.#laid
    if (!changesLight(look)) {
      context.putImageData(pixels, 0, 0)
      return
    }
    if (this.#lit?.width !== width || this.#lit.height !== height) {
      this.#lit = context.createImageData(width, height)
    }
    light(pixels.data, this.#lit.data, look)
    context.putImageData(this.#lit, 0, 0)
  }

  #lay(context: CanvasRenderingContext2D, { width, height }: Size, look: LookEdit): void {
    const upright = turned({ width, height }, look.turns)
    const scale = enlargement(look.tilt, { width, height })
    context.save()
    context.translate(width / 2, height / 2)
    context.rotate((look.turns * Math.PI) / 2 + radians(look.tilt))
    context.scale(scale, scale)
    context.drawImage(
      this.#shrunk(upright),
      -upright.width / 2,
      -upright.height / 2,
      upright.width,
      upright.height
    )
    context.restore()
  }

  /** Shrunk well once; turning a small picture is cheap. */
  #shrunk({ width, height }: Size): HTMLCanvasElement {
    if (width >= this.#plain.width) return this.#plain.canvas
    const key = `${width} ${height}`
    if (this.#small?.key !== key) {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (!context) return this.#plain.canvas
      context.imageSmoothingQuality = 'high'
      context.drawImage(this.#plain.canvas, 0, 0, width, height)
      this.#small = { key, canvas }
    }
    return this.#small.canvas
  }
}

/** Puts RGBA pixels through the look's curves. */
export function light(from: Uint8ClampedArray, into: Uint8ClampedArray, look: LookEdit): void {
  const { red, green, blue } = curves(look)
  for (let at = 0; at < from.length; at += 4) {
    into[at] = red[from[at] ?? 0] ?? 0
    into[at + 1] = green[from[at + 1] ?? 0] ?? 0
    into[at + 2] = blue[from[at + 2] ?? 0] ?? 0
    into[at + 3] = from[at + 3] ?? 0
  }
}
