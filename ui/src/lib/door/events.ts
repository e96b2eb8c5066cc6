// What the backend tells by itself.
import { listen } from '$host'
import type { BackupProgress, MatchChange, PhoneView, SyncState } from './bindings'

export type Area = 'catalog' | 'stock' | 'orders' | 'shipping' | 'settings'

/** Calls `hear` until the returned function is called. */
function hearing<T>(event: string, hear: (payload: T) => void): () => void {
  let stopped = false
  let stop: (() => void) | undefined
  void listen<T>(event, (payload) => {
    if (!stopped) hear(payload)
  }).then((unlisten) => {
    if (stopped) unlisten()
    else stop = unlisten
  })
  return () => {
    stopped = true
    stop?.()
  }
}

/** Something of these areas changed: by this window, by another laptop or by the marketplace. */
export const onShopChanged = (hear: (areas: Area[]) => void) =>
  hearing<{ areas: Area[] }>('shop-changed', ({ areas }) => hear(areas))

export const onSyncChanged = (hear: (state: SyncState) => void) => hearing<SyncState>('sync-changed', hear)

/** What happens at the door for phones, while it is open. */
export const onPhoneChanged = (hear: (view: PhoneView) => void) => hearing<PhoneView>('phone-changed', hear)

/** What becomes of the table of photos and pieces: cards that were read, photos that were put. */
export const onMatchChanged = (hear: (change: MatchChange) => void) =>
  hearing<MatchChange>('match-changed', hear)

/** How far a copy is, or its being tried out; null when it is done. */
export const onBackupChanged = (hear: (progress: BackupProgress | null) => void) =>
  hearing<BackupProgress | null>('backup-changed', hear)

/** A notification was clicked, or the app was started a second time. */
export const onGoTo = (hear: (path: string) => void) =>
  hearing<{ path: string }>('go-to', ({ path }) => hear(path))
