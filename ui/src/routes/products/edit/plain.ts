// The picture without any look, as pixels that can be read.
import type { GreyEdit } from '$lib/door'
import type { Place, Size } from './frame'

/** Nothing larger is needed to see what one does. */
const MOST = 1_600
/** Half of the square whose mean is taken as the colour of a place. */
const AROUND = 4

/** The picture came, but the window may not read its pixels; or it did not come. */
export class Unreadable extends Error {}

export class Plain implements Size {
  readonly canvas: HTMLCanvasElement
  readonly width: number
  readonly height: number
  readonly #context: CanvasRenderingContext2D

  private constructor(image: HTMLImageElement, size: Size) {
    const scale = Math.min(1, MOST / Math.max(size.width, size.height))
    this.width = Math.max(1, Math.round(size.width * scale))
    this.height = Math.max(1, Math.round(size.height * scale))
    this.canvas = document.createElement('canvas')
    this.canvas.width = this.width
    this.canvas.height = this.height
    const context = this.canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Unreadable()
    this.#context = context
    context.imageSmoothingQuality = 'high'
    context.drawImage(image, 0, 0, this.width, this.height)
    // A picture of another origin that does not allow it fails here, before anything is promised.
    context.getImageData(0, 0, 1, 1)
  }

  /** Loads it; throws {@link Unreadable}. `size` is the upright picture's. */
  static async open(address: string, size: Size): Promise<Plain> {
    const image = new Image()
    image.crossOrigin = 'anonymous'
    image.decoding = 'async'
    try {
      await new Promise((loaded, failed) => {
        image.onload = loaded
        image.onerror = failed
        image.src = address
      })
      return new Plain(image, size)
    } catch {
      throw new Unreadable()
    }
  }

  /** The mean colour around a place. */
  colourAt({ x, y }: Place): GreyEdit {
    const left = Math.max(0, Math.min(this.width - 1, Math.floor(x * this.width)) - AROUND)
    const top = Math.max(0, Math.min(this.height - 1, Math.floor(y * this.height)) - AROUND)
    const width = Math.min(2 * AROUND + 1, this.width - left)
    const height = Math.min(2 * AROUND + 1, this.height - top)
    return mean(this.#context.getImageData(left, top, width, height).data)
  }
}

/** The mean of RGBA pixels. */
export function mean(pixels: Uint8ClampedArray): GreyEdit {
  const of = (channel: number) => {
    let sum = 0
    for (let at = channel; at < pixels.length; at += 4) sum += pixels[at] ?? 0
    return Math.round(sum / Math.max(1, pixels.length / 4))
  }
  return { red: of(0), green: of(1), blue: of(2) }
}

/** Why a colour says nothing about the light: `burnt` and `dark` have lost it, `grey` is right already. */
export function useless(colour: GreyEdit): 'burnt' | 'dark' | 'grey' | null {
  const all = [colour.red, colour.green, colour.blue]
  if (Math.max(...all) >= 253) return 'burnt'
  if (Math.max(...all) <= 16) return 'dark'
  return Math.max(...all) - Math.min(...all) === 0 ? 'grey' : null
}
