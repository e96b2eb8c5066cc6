// Where things are: the upright picture, turned by quarters, is the frame; tilting keeps the frame full.
import type { LookEdit } from '$lib/door'

export type Size = { width: number; height: number }
/** Parts of a width and a height, 0 to 1. */
export type Place = { x: number; y: number }

/** The frame of a picture after its quarter turns. */
export const turned = ({ width, height }: Size, turns: number): Size =>
  turns % 2 === 0 ? { width, height } : { width: height, height: width }

/** The largest of this shape that fits into `room`, in whole pixels. */
export function fitted(shape: Size, room: Size): Size {
  const scale = Math.min(room.width / shape.width, room.height / shape.height)
  return {
    width: Math.max(1, Math.floor(shape.width * scale)),
    height: Math.max(1, Math.floor(shape.height * scale))
  }
}

export const radians = (tilt: number): number => ((tilt / 100) * Math.PI) / 180

/** How much a tilted picture is enlarged, so that no corner of its frame is empty. */
export function enlargement(tilt: number, { width, height }: Size): number {
  const angle = Math.abs(radians(tilt))
  return Math.cos(angle) + Math.sin(angle) * Math.max(width / height, height / width)
}

/** Where in the upright picture a place of the frame is. */
export function inPicture(place: Place, look: Pick<LookEdit, 'turns' | 'tilt'>, picture: Size): Place {
  const frame = turned(picture, look.turns)
  const angle = -radians(look.tilt)
  const scale = enlargement(look.tilt, frame)
  const right = ((place.x - 0.5) * frame.width) / scale
  const down = ((place.y - 0.5) * frame.height) / scale
  let x = right * Math.cos(angle) - down * Math.sin(angle)
  let y = right * Math.sin(angle) + down * Math.cos(angle)
  for (let turn = 0; turn < look.turns % 4; turn++) [x, y] = [y, -x]
  const part = (value: number) => Math.min(Math.max(value + 0.5, 0), 1)
  return { x: part(x / picture.width), y: part(y / picture.height) }
}
