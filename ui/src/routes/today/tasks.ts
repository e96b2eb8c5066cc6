// What each thing to do says, and where its button leads.
import type { Task } from '$lib/door'
import { to } from '$lib/router/routes'

/** The screen where it gets done; null for the panel of the network. */
export function placeOf(task: Task): string | null {
  switch (task.kind) {
    case 'accept_order':
    case 'pack_order':
    case 'label_order':
      return to.order(task.subject)
    case 'hand_in_parcels':
      return to.dropOffs()
    case 'leave_drop_off':
    case 'parcel_refused':
      return to.dropOff(task.subject)
    case 'oversold':
    case 'sold_twice':
      return to.oversold(task.subject)
    case 'conflict':
      return to.conflicts()
    case 'ready_to_publish':
      return to.product(task.subject)
    case 'no_price':
      return to.product(task.subject, 'price')
    case 'no_photo':
      return to.product(task.subject, 'photo')
    case 'change_refused':
      return null
  }
}

/** Orders and parcels are what buyers wait for; the rest can wait for a quiet hour. */
export function isPressing(task: Task): boolean {
  return !['conflict', 'no_price', 'no_photo', 'ready_to_publish'].includes(task.kind)
}
