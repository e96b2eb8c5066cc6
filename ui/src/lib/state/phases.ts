// What a phase of syncing means for what the window may promise.
import type { SyncPhase } from '$lib/door'

/** Why nothing goes out now. */
export type Hold = 'signed_out' | 'paused' | 'network'

/** What holds changes back; null when they are on their way, or about to be. */
export function holdOf(phase: SyncPhase): Hold | null {
  switch (phase) {
    case 'signed_out':
    case 'revoked':
      return 'signed_out'
    case 'paused':
      return 'paused'
    case 'offline':
    case 'troubled':
      return 'network'
    default:
      return null
  }
}
