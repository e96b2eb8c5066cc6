// The rectangle that is kept of the frame, in ten-thousandths of its width and height.
import type { CropEdit } from '$lib/door'
import type { Size } from './frame'
import { LEAST, WHOLE } from './look'

export const SHAPES = ['free', 'square', 'original', 'wide', 'tall'] as const
export type Shape = (typeof SHAPES)[number]

/** What is pulled: corners and sides by their letters, or the whole. */
export type Handle = 'n' | 's' | 'e' | 'w' | 'nw' | 'ne' | 'sw' | 'se' | 'all'

export const EVERYTHING: CropEdit = { left: 0, top: 0, width: WHOLE, height: WHOLE }

/** Width to height in ten-thousandths that a shape asks for in this frame; null where any will do. */
export function ratioOf(shape: Shape, frame: Size): number | null {
  const upright = frame.height / frame.width
  switch (shape) {
    case 'free':
      return null
    case 'square':
      return upright
    case 'original':
      return 1
    case 'wide':
      return (4 / 3) * upright
    case 'tall':
      return (3 / 4) * upright
  }
}

/** The shape that a crop was kept with. */
export function shapeOf(crop: CropEdit | null, frame: Size): Shape {
  if (!crop) return 'free'
  const close = (shape: Shape) => {
    const ratio = ratioOf(shape, frame)
    return ratio !== null && Math.abs(crop.width - crop.height * ratio) <= 1 + ratio
  }
  return (['square', 'original', 'wide', 'tall'] as const).find(close) ?? 'free'
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

function rounded({ left, top, width, height }: CropEdit): CropEdit {
  const w = clamp(Math.round(width), LEAST, WHOLE)
  const h = clamp(Math.round(height), LEAST, WHOLE)
  return {
    left: clamp(Math.round(left), 0, WHOLE - w),
    top: clamp(Math.round(top), 0, WHOLE - h),
    width: w,
    height: h
  }
}

/** The largest of that ratio inside `from`, about its middle; not thinner than can be cut. */
export function shaped(from: CropEdit, ratio: number | null): CropEdit {
  if (ratio === null) return from
  const least = Math.max(LEAST, LEAST * ratio)
  const width = clamp(Math.min(from.width, from.height * ratio), least, WHOLE)
  const height = width / ratio
  return rounded({
    left: from.left + (from.width - width) / 2,
    top: from.top + (from.height - height) / 2,
    width,
    height
  })
}

/** A crop after one of its handles was pulled by so much; it never leaves the frame. */
export function pulled(
  from: CropEdit,
  handle: Handle,
  dx: number,
  dy: number,
  ratio: number | null
): CropEdit {
  if (handle === 'all') return rounded({ ...from, left: from.left + dx, top: from.top + dy })
  const west = handle.includes('w')
  const north = handle.includes('n')
  const across = west || handle.includes('e')
  const along = north || handle.includes('s')
  const right = from.left + from.width
  const bottom = from.top + from.height
  // How large it can get while the opposite corner or side stays.
  const room = {
    width: west ? right : WHOLE - from.left,
    height: north ? bottom : WHOLE - from.top
  }
  const wanted = {
    width: from.width + (across ? (west ? -dx : dx) : 0),
    height: from.height + (along ? (north ? -dy : dy) : 0)
  }
  const { width, height } =
    ratio === null
      ? {
          width: across ? clamp(wanted.width, LEAST, room.width) : from.width,
          height: along ? clamp(wanted.height, LEAST, room.height) : from.height
        }
      : inRatio(from, wanted, room, across, along, ratio)
  return rounded({
    left: west ? right - width : across ? from.left : from.left + (from.width - width) / 2,
    top: north ? bottom - height : along ? from.top : from.top + (from.height - height) / 2,
    width,
    height
  })
}

/**
 * The size that a pull comes to when the ratio stays. A corner follows both ways alike, so that it never jumps; a
 * side that is not pulled grows from its middle.
 */
function inRatio(
  from: CropEdit,
  wanted: Size,
  room: Size,
  across: boolean,
  along: boolean,
  ratio: number
): Size {
  const middle = { x: from.left + from.width / 2, y: from.top + from.height / 2 }
  const most = Math.min(
    across ? room.width : 2 * Math.min(middle.x, WHOLE - middle.x),
    (along ? room.height : 2 * Math.min(middle.y, WHOLE - middle.y)) * ratio
  )
  const pulled = !along
    ? wanted.width
    : !across
      ? wanted.height * ratio
      : (wanted.width + wanted.height * ratio) / 2
  const width = clamp(pulled, Math.min(most, Math.max(LEAST, LEAST * ratio)), most)
  return { width, height: width / ratio }
}

/** A crop after a quarter turn to the right. */
export const cropTurned = ({ left, top, width, height }: CropEdit): CropEdit => ({
  left: WHOLE - top - height,
  top: left,
  width: height,
  height: width
})

export const shapeTurned = (shape: Shape): Shape =>
  shape === 'wide' ? 'tall' : shape === 'tall' ? 'wide' : shape
