// What to do about an order that the marketplace does not know any more.
import type { LostOrder } from '$lib/door'
import type { MessageKey, Params } from '$lib/language/catalogue'

/** Whether the parcel is still in the seller's hands makes all the difference. */
export function adviceOf(order: LostOrder): { key: MessageKey; params: Params } {
  if (!order.gone_out) return { key: 'sync.lost.keep', params: {} }
  return order.s10 === null
    ? { key: 'sync.lost.out', params: {} }
    : { key: 'sync.lost.out.s10', params: { s10: order.s10 } }
}
