// The state of the network, followed as the backend tells it.
import { door, onSyncChanged, type SyncState } from '$lib/door'
import { holdOf, type Hold } from './phases'

class Network {
  state = $state.raw<SyncState | null>(null)
  /** Whether the panel with the details is open. */
  shown = $state(false)

  /** Why nothing goes out now; null while it does, and while the state is not known yet. */
  get hold(): Hold | null {
    return this.state ? holdOf(this.state.phase) : null
  }

  /** Whether a marketplace lets this laptop in; null while that is not known yet. */
  get joined(): boolean | null {
    return this.state ? this.hold !== 'signed_out' : null
  }

  async load(): Promise<void> {
    try {
      this.state = await door.syncState()
    } catch {
      this.state = null
    }
  }

  follow(): () => void {
    return onSyncChanged((state) => {
      this.state = state
    })
  }
}

export const network = new Network()
