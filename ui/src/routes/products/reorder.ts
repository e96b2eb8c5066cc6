// Where a photo lands that is dragged along the strip.

export type Box = { left: number; top: number; width: number; height: number }

/** The index of the box whose middle is nearest to the point. */
export function nearest(boxes: Box[], x: number, y: number): number {
  let best = 0
  let least = Infinity
  boxes.forEach((box, index) => {
    const distance = Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y)
    if (distance < least) {
      least = distance
      best = index
    }
  })
  return best
}
