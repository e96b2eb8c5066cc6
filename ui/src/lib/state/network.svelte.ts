// The state of the network, followed as the backend tells it.
import { door, onSyncChanged, type SyncState } from '$lib/door'

class Network {
  state = $state.raw<SyncState | null>(null)
  /** Whether the panel with the details is open. */
  shown = $state(false)

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
