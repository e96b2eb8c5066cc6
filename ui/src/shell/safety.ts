// "Is my work safe?": the answer in a few sentences. What is saved here comes first, as it is always true.
import type { SyncState } from '$lib/door'
import type { MessageKey, Params } from '$lib/language/catalogue'
import type { LastCopy } from '$lib/state/last-copy.svelte'
import { holdOf } from '$lib/state/phases'

export type Sentence = { key: MessageKey; params: Params }

/** Something that a person can do something about, and what its button says. */
export type Duty = Sentence & { about: 'lost' | 'oversold' | 'conflicts' | 'refused'; action: MessageKey }

export type Safety = { sentences: Sentence[]; duties: Duty[] }

export type Say = { since: (ms: number) => string; ago: (ms: number) => string }

/** A state that is not known yet is said by what is always true. */
export function safety(state: SyncState | null, copy: LastCopy | null, say: Say): Safety {
  const sentences = [one('safe.here'), ...(state ? [...now(state), ...waiting(state, say)] : [])]
  if (copy) sentences.push(copied(copy, say))
  return { sentences, duties: state ? duties(state) : [] }
}

/** The sentences as one text. "2:30 p.m." ends one by itself. */
export function spoken(sentences: Sentence[], t: (key: MessageKey, params: Params) => string): string {
  return sentences
    .map(({ key, params }) => t(key, params))
    .join(' ')
    .replace(/\.\.(?=\s|$)/g, '.')
}

const one = (key: MessageKey, params: Params = {}): Sentence => ({ key, params })

function now(state: SyncState): Sentence[] {
  switch (state.phase) {
    case 'signed_out':
      return [one('safe.signed_out')]
    case 'idle':
      return state.waiting + state.photos_waiting === 0 &&
        state.refused.length + state.lost_orders.length === 0
        ? [one('safe.market')]
        : []
    case 'sending':
      return [one('safe.sending', { count: state.waiting })]
    case 'receiving':
      return [one('safe.receiving')]
    case 'sending_photos':
      return [
        one('safe.photos', { sent: state.photos_sent, count: state.photos_sent + state.photos_waiting })
      ]
    case 'comparing':
      return state.waiting + state.photos_waiting === 0 ? [one('safe.comparing')] : []
    case 'offline':
      return [one('safe.offline')]
    case 'troubled':
      return [one('safe.troubled')]
    case 'revoked':
      return [one('safe.revoked')]
    case 'paused':
      return [one('safe.paused')]
  }
}

function waiting(state: SyncState, say: Say): Sentence[] {
  if (state.phase === 'sending') return []
  const held = holdOf(state.phase) !== null
  // What is on its way was said, and photos that go tomorrow are not waiting for anything today.
  const capped = state.capped && !held
  const changes = state.waiting
  const photos = capped || state.phase === 'sending_photos' ? 0 : state.photos_waiting
  const said: Sentence[] = []
  if (changes + photos > 0) {
    said.push(
      one('safe.waiting', {
        changes,
        photos,
        total: changes + photos,
        both: changes > 0 && photos > 0 ? 'yes' : 'no',
        why: holdOf(state.phase) ?? 'turn',
        since: state.waiting_since_ms === null ? 'none' : say.since(state.waiting_since_ms)
      })
    )
  }
  if (capped && state.photos_waiting > 0) said.push(one('safe.capped', { count: state.photos_waiting }))
  return said
}

function copied(copy: LastCopy, say: Say): Sentence {
  if (copy.made_ms === null) return one('safe.copy.none')
  return copy.whole ? one('safe.copy', { when: say.ago(copy.made_ms) }) : one('safe.copy.broken')
}

/** The most pressing first: a buyer waits. */
function duties(state: SyncState): Duty[] {
  const all: Duty[] = [
    {
      about: 'lost',
      key: 'safe.lost',
      params: { count: state.lost_orders.length },
      action: 'safe.lost.go'
    },
    {
      about: 'oversold',
      key: 'safe.oversold',
      params: { count: state.oversold },
      action: 'safe.oversold.go'
    },
    {
      about: 'conflicts',
      key: 'safe.conflicts',
      params: { count: state.conflicts },
      action: 'safe.conflicts.go'
    },
    {
      about: 'refused',
      key: 'safe.refused',
      params: { count: state.refused.length },
      action: 'safe.refused.go'
    }
  ]
  return all.filter(({ params }) => params['count'] !== 0)
}
