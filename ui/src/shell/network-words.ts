// The state of the network in two short lines.
import type { IconName } from '$lib/components/icons'
import type { SyncState } from '$lib/door'
import type { MessageKey, Params } from '$lib/language/index.svelte'

export type NetworkWords = {
  icon: IconName
  tone: 'calm' | 'busy' | 'attention'
  title: MessageKey
  text: MessageKey | null
  params: Params
}

/** `bytes` says a count of bytes in words, `since` from when on something is so; `locked` when the key waits for its
 *  passphrase. */
export function networkWords(
  state: SyncState | null,
  bytes: (count: number) => string,
  since: (ms: number) => string,
  locked = false
): NetworkWords {
  if (!state) return { icon: 'again', tone: 'calm', title: 'net.unknown', text: null, params: {} }
  const waiting = state.waiting + state.photos_waiting
  const params: Params = {
    count: waiting,
    sent: state.photos_sent,
    bytes: bytes(state.bytes_waiting),
    today: bytes(state.today_bytes),
    since: state.waiting_since_ms === null ? '' : since(state.waiting_since_ms)
  }
  const words = (
    icon: IconName,
    tone: NetworkWords['tone'],
    title: MessageKey,
    text: MessageKey | null,
    more: Params = {}
  ): NetworkWords => ({ icon, tone, title, text, params: { ...params, ...more } })
  const held: MessageKey | null =
    waiting === 0 ? null : state.waiting_since_ms === null ? 'net.waiting' : 'net.waiting_since'

  switch (state.phase) {
    case 'signed_out':
      if (locked) return words('lock', 'attention', 'net.locked', 'net.locked.text')
      return words('check', 'calm', 'net.signed_out', 'net.signed_out.text')
    case 'idle':
      if (state.capped && state.waiting === 0) return words('check', 'calm', 'net.saved', 'net.capped')
      return words('check', 'calm', 'net.saved', held ?? 'net.saved.all')
    case 'sending':
      return words('send', 'busy', 'net.sending', 'net.sending.left', { count: state.waiting })
    case 'receiving':
      return words('receive', 'busy', 'net.receiving', 'net.receiving.text')
    case 'sending_photos':
      return words('send', 'busy', 'net.photos', 'net.photos.left', {
        count: state.photos_sent + state.photos_waiting
      })
    case 'comparing':
      return words('again', 'busy', 'net.comparing', 'net.comparing.text')
    case 'offline':
      return words('offline', 'calm', 'net.offline', held ?? 'net.offline.text')
    case 'troubled':
      return words('alert', 'attention', 'net.troubled', 'net.troubled.text')
    case 'revoked':
      return words('lock', 'attention', 'net.revoked', 'net.revoked.text')
    case 'paused':
      return words('pause', 'calm', 'net.paused', held ?? 'net.saved.here')
  }
}
