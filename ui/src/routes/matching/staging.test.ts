import { describe, expect, it, vi } from 'vitest'
import { FaultError, fault } from '$lib/door/fault'

const send = vi.hoisted(() => ({ now: null as unknown as (path: string) => Promise<void> }))
vi.mock('$lib/door', async () => ({
  ...(await import('$lib/door/fault')),
  stagePhoto: (path: string) => send.now(path)
}))
const { Staging, distinct } = await import('./staging.svelte')

const files = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ file: new File([], 'x'), path: `${at}` }))

describe('dropped files', () => {
  it('go a few at a time, all 5,000 of them', async () => {
    let now = 0
    let most = 0
    send.now = async () => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      now--
    }
    const staging = new Staging(files(5000))
    expect(await staging.run()).toBe(true)
    expect([staging.done, most]).toEqual([5000, 3])
  })

  it('go on without one that cannot be read, and end at a full disk', async () => {
    send.now = (path) =>
      path === '1' ? Promise.reject(new FaultError(fault('internal'))) : Promise.resolve()
    const one = new Staging(files(4))
    expect(await one.run()).toBe(true)
    expect([one.done, one.lost]).toEqual([3, 1])

    send.now = () => Promise.reject(new FaultError(fault('disk_full')))
    const full = new Staging(files(100))
    await expect(full.run()).rejects.toMatchObject({ fault: { code: 'disk_full' } })
  })

  it('that are called alike have a place each', () => {
    const file = new File([], 'x')
    const paths = ['a.jpg', 'b.jpg', 'a.jpg', 'a.jpg'].map((path) => ({ file, path }))
    expect(distinct(paths).map((one) => one.path)).toEqual(['a.jpg', 'b.jpg', '2/a.jpg', '3/a.jpg'])
  })

  it('stop when they are told to', async () => {
    const sent: string[] = []
    const staging = new Staging(files(100))
    send.now = async (path) => {
      sent.push(path)
      if (path === '5') staging.cancel()
    }
    expect(await staging.run()).toBe(false)
    expect(sent.length).toBeLessThan(10)
  })
})
