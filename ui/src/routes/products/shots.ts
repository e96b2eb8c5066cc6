// The shots of a piece that show all of it. The keys are the backend's.
import type { StripPhoto } from '$lib/door'

export const SHOTS = ['front', 'detail', 'scale', 'back', 'in_use', 'maker'] as const
export type Shot = (typeof SHOTS)[number]

export const isShot = (key: string): key is Shot => (SHOTS as readonly string[]).includes(key)

/** The first photo of each shot that is there. */
export function taken(photos: readonly StripPhoto[]): Map<Shot, StripPhoto> {
  const map = new Map<Shot, StripPhoto>()
  for (const photo of photos) if (isShot(photo.shot) && !map.has(photo.shot)) map.set(photo.shot, photo)
  return map
}

/** The next shot after `shot` that is in neither; none when all are. */
export function nextShot(shot: Shot, there: ReadonlySet<Shot>): Shot | '' {
  const from = SHOTS.indexOf(shot)
  const round = [...SHOTS.slice(from + 1), ...SHOTS.slice(0, from)]
  return round.find((one) => !there.has(one)) ?? ''
}
