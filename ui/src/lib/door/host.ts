// The app's backend as the window reaches it. The demo puts fixtures in this file's place.
import { convertFileSrc, invoke } from '@tauri-apps/api/core'
import { listen as listenTo } from '@tauri-apps/api/event'
import type { PhotoAdded } from './bindings'

export { commands } from './bindings'

/** What a photo is taken as, and whether one that stops half-way is wanted all the same. */
export type PhotoHow = { shot?: string; keepDamaged?: boolean }

/** Bytes travel raw, never as JSON; what they are travels in headers. */
export function sendPhoto(
  productId: string,
  fileName: string,
  bytes: Uint8Array,
  how: PhotoHow = {}
): Promise<PhotoAdded> {
  return invoke<PhotoAdded>('photo_add', bytes, {
    headers: {
      'product-id': productId,
      'file-name': encodeURIComponent(fileName),
      shot: how.shot ?? '',
      'keep-damaged': how.keepDamaged ? 'yes' : ''
    }
  })
}

/** A file that was dropped on the window, by its path below what was dropped, for `matchStaged`. */
export function stagePhoto(path: string, bytes: Uint8Array): Promise<void> {
  return invoke('match_stage', bytes, { headers: { 'file-path': encodeURIComponent(path) } })
}

export function painted(): Promise<void> {
  return invoke('painted')
}

export function listen<T>(event: string, hear: (payload: T) => void): Promise<() => void> {
  return listenTo<T>(event, (heard) => hear(heard.payload))
}

/** `photo://localhost/small%2F<hash>`, or `http://photo.localhost/…` on Windows. */
export function photoAddress(rendition: 'small' | 'large' | 'file', hash: string): string {
  return convertFileSrc(`${rendition}/${hash}`, 'photo')
}
