// How far an order is, and what comes next.
import type { OrderStep } from '$lib/door'

/** The circles on the order's line. What happens between the office and the door is the parcel's way. */
export const CIRCLES = ['accepted', 'packed', 'labelled', 'handed_in', 'delivered'] as const
export type Circle = (typeof CIRCLES)[number]

const DONE: Record<OrderStep, number> = {
  placed: 0,
  accepted: 1,
  packed: 2,
  labelled: 3,
  handed_in: 3,
  shipped: 4,
  delivered: 5,
  cancelled: 0
}

export function circles(step: OrderStep): { key: Circle; state: 'done' | 'now' | 'later' }[] {
  const done = DONE[step]
  return CIRCLES.map((key, index) => ({
    key,
    state: index < done ? 'done' : index === done ? 'now' : 'later'
  }))
}

/** Steps at which it is the seller's turn. */
export const isOpen = (step: OrderStep): boolean =>
  ['placed', 'accepted', 'packed', 'labelled'].includes(step)

/** Nothing has left the house yet. */
export const canCancel = isOpen
