import { describe, expect, it } from 'vitest'
import type { SyncPhase, SyncState } from '$lib/door'
import { nearest } from '$routes/products/reorder'
import { circles } from '$routes/orders/steps'
import { matches } from './matches'
import { networkWords } from './network-words'

const state = (phase: SyncPhase, change: Partial<SyncState> = {}): SyncState => ({
  phase,
  waiting: 0,
  photos_waiting: 0,
  photos_sent: 0,
  bytes_waiting: 0,
  cap_bytes: null,
  today_bytes: 0,
  capped: false,
  refused: [],
  lost_orders: [],
  conflicts: 0,
  oversold: 0,
  waiting_since_ms: null,
  used_today_bytes: 0,
  last_ms: null,
  next_ms: null,
  ...change
})

const bytes = (count: number) => `${count} B`
const since = (ms: number) => `since ${ms}`

describe('the corner of the network', () => {
  it('counts what waits, photos too', () => {
    const words = networkWords(state('offline', { waiting: 2, photos_waiting: 1 }), bytes, since)
    expect(words).toMatchObject({ title: 'net.offline', text: 'net.waiting', params: { count: 3 } })
  })

  it('says since when they wait, once that is known', () => {
    const words = networkWords(state('offline', { waiting: 2, waiting_since_ms: 7 }), bytes, since)
    expect(words).toMatchObject({ text: 'net.waiting_since', params: { count: 2, since: 'since 7' } })
  })

  it('says which photo of how many', () => {
    const photos = { photos_sent: 2, photos_waiting: 7, bytes_waiting: 4 }
    const words = networkWords(state('sending_photos', photos), bytes, since)
    expect(words.params).toMatchObject({ sent: 2, count: 9, bytes: '4 B' })
  })

  it('is calm when the rest goes tomorrow, and counts words that wait first', () => {
    const capped = { capped: true, cap_bytes: 25, today_bytes: 24, photos_waiting: 3 }
    const words = networkWords(state('idle', capped), bytes, since)
    expect(words).toMatchObject({ tone: 'calm', text: 'net.capped', params: { today: '24 B' } })
    expect(networkWords(state('idle', { ...capped, waiting: 1 }), bytes, since).text).toBe('net.waiting')
    expect(networkWords(state('offline', capped), bytes, since).title).toBe('net.offline')
  })

  it('asks for the passphrase while the key waits for it, and only then', () => {
    expect(networkWords(state('signed_out'), bytes, since, true)).toMatchObject({
      title: 'net.locked',
      tone: 'attention'
    })
    expect(networkWords(state('signed_out'), bytes, since).title).toBe('net.signed_out')
    expect(networkWords(state('revoked'), bytes, since, true).title).toBe('net.revoked')
  })

  it('has words for every phase', () => {
    const phases: SyncPhase[] = [
      'signed_out', 'idle', 'sending', 'receiving', 'sending_photos', 'comparing', 'offline', 'troubled', 'revoked', 'paused'
    ] // prettier-ignore
    for (const phase of phases) expect(networkWords(state(phase), bytes, since).title).toMatch(/^net\./)
    expect(networkWords(null, bytes, since).title).toBe('net.unknown')
  })
})

describe('finding', () => {
  it('does not mind accents and capitals, and takes words in any order', () => {
    expect(matches('Cántaro de barro negro', 'cant')).toBe(true)
    expect(matches('Cántaro de barro negro', 'NEGRO barro')).toBe(true)
    expect(matches('Cántaro de barro negro', 'plata')).toBe(false)
    expect(matches('P-0087 Irina', '0087')).toBe(true)
    expect(matches('anything', '')).toBe(true)
  })
})

describe('dragging a photo', () => {
  it('lands where its middle is nearest', () => {
    const boxes = [0, 100, 200].map((left) => ({ left, top: 0, width: 80, height: 80 }))
    expect(nearest(boxes, 45, 40)).toBe(0)
    expect(nearest(boxes, 185, 40)).toBe(1)
    expect(nearest(boxes, 900, 40)).toBe(2)
  })
})

describe('the steps of an order', () => {
  it('have one that is next, and none when all is done', () => {
    const states = (step: Parameters<typeof circles>[0]) => circles(step).map((circle) => circle.state)
    expect(states('placed')).toEqual(['now', 'later', 'later', 'later', 'later'])
    expect(states('packed')).toEqual(['done', 'done', 'now', 'later', 'later'])
    expect(states('shipped')).toEqual(['done', 'done', 'done', 'done', 'now'])
    expect(states('delivered')).toEqual(['done', 'done', 'done', 'done', 'done'])
  })
})
