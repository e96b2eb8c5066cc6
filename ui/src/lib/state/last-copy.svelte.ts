// The newest copy of the shop, for the words about whether one's work is safe.
import { door, onBackupChanged, onShopChanged, type BackupState } from '$lib/door'

/** `made_ms` is null when there is no copy yet. */
export type LastCopy = { made_ms: number | null; whole: boolean }

export function newest({ backups }: BackupState): LastCopy {
  return backups.reduce<LastCopy>(
    (last, { made_ms, whole }) => (made_ms > (last.made_ms ?? -1) ? { made_ms, whole } : last),
    { made_ms: null, whole: false }
  )
}

class Copies {
  /** Null while nothing is known of copies: then nothing is said of them. */
  last = $state.raw<LastCopy | null>(null)

  async load(): Promise<void> {
    try {
      this.last = newest(await door.backupState())
    } catch {
      this.last = null
    }
  }

  /** Looks now and whenever a copy was made, until the returned function is called. */
  follow(): () => void {
    void this.load()
    const stops = [
      onBackupChanged((progress) => {
        if (!progress) void this.load()
      }),
      onShopChanged((areas) => {
        if (areas.includes('settings')) void this.load()
      })
    ]
    return () => stops.forEach((stop) => stop())
  }
}

export const copies = new Copies()
