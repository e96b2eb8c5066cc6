import type { OrderFilter } from '$lib/door'

class Inbox {
  /** Which tab was last looked at. */
  filter = $state<OrderFilter>('open')
}

export const inbox = new Inbox()
