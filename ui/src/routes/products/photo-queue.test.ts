import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FaultError, fault, type PhotoAdded, type PhotoHow } from '$lib/door'

type Send = (productId: string, file: File, how: PhotoHow) => Promise<PhotoAdded>
const send = vi.hoisted(() => ({ now: null as unknown }))
vi.mock('$lib/door', async () => ({
  ...(await import('$lib/door/fault')),
  addPhoto: (...asked: Parameters<Send>) => (send.now as Send)(...asked)
}))
const { PhotoQueue } = await import('./photo-queue.svelte')

const files = (count: number) => Array.from({ length: count }, (_, at) => new File(['x'], `${at}.jpg`))
const answer = (change: Partial<PhotoAdded> = {}) =>
  ({ hash: 'h', duplicate: false, notes: [], similar: null, ...change }) as PhotoAdded

/** Object addresses that are given and not taken back. */
let previews = 0
let most = 0
beforeEach(() => {
  previews = 0
  most = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    most = Math.max(most, ++previews)
    return `blob:${previews}`
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => void previews--)
})
afterEach(() => vi.restoreAllMocks())

/** All that was given until now has had its turn. */
async function settled(queue: InstanceType<typeof PhotoQueue>) {
  while (queue.busy) await new Promise<void>((done) => setImmediate(done))
}

describe('photos on their way', () => {
  it('go one after the other, 5,000 of them, with pictures of the next dozen only', async () => {
    const order: string[] = []
    let atOnce = 0
    send.now = (async (_id, file) => {
      expect(++atOnce).toBe(1)
      await Promise.resolve()
      order.push(file.name)
      atOnce--
      return answer()
    }) satisfies Send
    let taken = 0
    const queue = new PhotoQueue('p', () => taken++)
    queue.add(files(5000))
    expect(queue.uploads.map((one) => one.state)).toEqual(['working', ...Array(11).fill('queued')])
    expect(queue.more).toBe(4988)
    await settled(queue)
    expect(taken).toBe(5000)
    expect(order).toEqual(files(5000).map((file) => file.name))
    expect({ done: queue.done, more: queue.more, previews, most }).toEqual({
      done: 5000,
      more: 0,
      previews: 0,
      most: 12
    })
  })

  it('are not tried once the piece is full, and that is said once', async () => {
    let tried = 0
    send.now = (async () => {
      if (++tried > 10) throw new FaultError(fault('too_many_photos'))
      return answer()
    }) satisfies Send
    const queue = new PhotoQueue('p', () => undefined)
    queue.add(files(5000))
    await settled(queue)
    expect(tried).toBe(11)
    expect(queue.words).toMatchObject([{ kind: 'full', left: 4990 }])
    expect(previews).toBe(0)
    queue.add(files(1))
    await settled(queue)
    expect(tried).toBe(12)
  })

  it('stop when they are told to; the one that is worked on arrives', async () => {
    let finish: () => void = () => undefined
    send.now = (() => new Promise((done) => (finish = () => done(answer())))) satisfies Send
    let taken = 0
    const queue = new PhotoQueue('p', () => taken++)
    queue.add(files(40))
    queue.stop()
    expect(queue.uploads).toHaveLength(1)
    finish()
    await settled(queue)
    expect(taken).toBe(1)
    expect(queue.words).toMatchObject([{ kind: 'stopped', left: 39 }])
  })

  it('are kept damaged only when the person says so, as the shot they were meant for', async () => {
    const asked: PhotoHow[] = []
    send.now = (async (_id, _file, how) => {
      asked.push(how)
      if (!how.keepDamaged) throw new FaultError(fault('photo_truncated'))
      return answer({ notes: ['photo_damaged_in_part'] })
    }) satisfies Send
    const queue = new PhotoQueue('p', () => undefined)
    queue.add(files(1), { shot: 'front' })
    await settled(queue)
    const word = queue.words[0]
    expect(word).toMatchObject({ kind: 'failed', fault: { code: 'photo_truncated' } })
    if (word) queue.retry(word, { keepDamaged: true })
    await settled(queue)
    expect(asked).toEqual([{ shot: 'front' }, { shot: 'front', keepDamaged: true }])
    expect(queue.words).toMatchObject([{ kind: 'note', note: 'photo_damaged_in_part' }])
  })
})
