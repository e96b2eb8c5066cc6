// What a look does to light and colour: the same curves, number for number, as the picture that is kept
// (crates/imaging/src/look.rs). sRGB as in IEC 61966-2-1.
import type { CropEdit, GreyEdit, LookEdit } from '$lib/door'

/** A whole width or height; nothing thinner than `LEAST` is cut out. */
export const WHOLE = 10_000
export const LEAST = 500
/** Hundredths of a degree, hundredths of a stop. */
export const MOST_TILT = 1_500
export const MOST_EXPOSURE = 200

/** The look that does nothing. */
export const NONE: LookEdit = { turns: 0, tilt: 0, crop: null, exposure: 0, white: null }

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)
const whole = (value: number, least: number, most: number) => clamp(Math.round(value), least, most)

function cropWithin(crop: CropEdit): CropEdit | null {
  const width = whole(crop.width, LEAST, WHOLE)
  const height = whole(crop.height, LEAST, WHOLE)
  if (width === WHOLE && height === WHOLE) return null
  return { left: whole(crop.left, 0, WHOLE - width), top: whole(crop.top, 0, WHOLE - height), width, height }
}

const isGrey = ({ red, green, blue }: GreyEdit) => red === green && green === blue

/** The same within what can be done; a crop that keeps everything is none, a white that is grey already too. */
export function withinBounds(look: LookEdit): LookEdit {
  return {
    turns: ((look.turns % 4) + 4) % 4,
    tilt: whole(look.tilt, -MOST_TILT, MOST_TILT),
    crop: look.crop && cropWithin(look.crop),
    exposure: whole(look.exposure, -MOST_EXPOSURE, MOST_EXPOSURE),
    white: look.white && !isGrey(look.white) ? look.white : null
  }
}

export function sameLook(one: LookEdit, other: LookEdit): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

function inOrder(look: LookEdit): unknown[] {
  const { turns, tilt, crop, exposure, white } = withinBounds(look)
  return [
    turns,
    tilt,
    exposure,
    crop && [crop.left, crop.top, crop.width, crop.height],
    white && [white.red, white.green, white.blue]
  ]
}

/** Light or colour differ from how the photo came out. */
export const changesLight = (look: LookEdit): boolean => {
  const { exposure, white } = withinBounds(look)
  return exposure !== 0 || white !== null
}

const decoded = (value: number) => {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
const encoded = (light: number) => (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055)

/** From here up what would be brighter than white is bent, so that nothing burns hard. */
const KNEE = 0.8

function curve(most: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) => {
    let light = decoded(value) * most
    if (most > 1 && light > KNEE) {
      const slope = (most - KNEE) / (1 - KNEE)
      const along = (light - KNEE) / (most - KNEE)
      light = KNEE + ((1 - KNEE) * slope * along) / (1 + (slope - 1) * along)
    }
    return Math.round(255 * encoded(Math.min(light, 1)))
  })
}

export type Curves = { red: Uint8Array; green: Uint8Array; blue: Uint8Array }

/** What each of the 256 values of a channel becomes. */
export function curves(look: LookEdit): Curves {
  const { exposure, white } = withinBounds(look)
  const gain = 2 ** (exposure / 100)
  if (!white) {
    const all = curve(gain)
    return { red: all, green: all, blue: all }
  }
  const [red, green, blue] = [decoded(white.red), decoded(white.green), decoded(white.blue)]
  const grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const channel = (light: number) => curve(gain * clamp(grey / Math.max(light, 0.001), 0.25, 4))
  return { red: channel(red), green: channel(green), blue: channel(blue) }
}
