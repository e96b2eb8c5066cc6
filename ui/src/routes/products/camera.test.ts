import { describe, expect, it } from 'vitest'
import { cameraFault } from './camera-feed.svelte'
import { pictureName } from './camera-picture'
import { nextShot, taken } from './shots'

const error = (name: string) => new DOMException('', name)

describe('the camera', () => {
  it('has a reason for every way in which it does not open', () => {
    expect(cameraFault(error('NotFoundError'))).toBe('none')
    expect(cameraFault(error('OverconstrainedError'))).toBe('none')
    expect(cameraFault(error('NotAllowedError'))).toBe('not_allowed')
    expect(cameraFault(error('NotReadableError'))).toBe('busy')
    expect(cameraFault(new TypeError())).toBe('other')
    expect(cameraFault('no error at all')).toBe('other')
  })

  it('names its photos by the minute, and no two alike', () => {
    const at = new Date(2026, 10, 22, 7, 31)
    const names: string[] = []
    for (let count = 0; count < 3; count++) names.push(pictureName(at, names))
    expect(names).toEqual([
      'camara-2026-11-22-0731.jpg',
      'camara-2026-11-22-0731-2.jpg',
      'camara-2026-11-22-0731-3.jpg'
    ])
  })
})

describe('the shot list', () => {
  const photo = (hash: string, shot: string) => ({ hash, shot }) as Parameters<typeof taken>[0][number]

  it('counts a shot once, and knows no others than its own', () => {
    const there = taken([photo('a', 'front'), photo('b', 'front'), photo('c', ''), photo('d', 'sideways')])
    expect([...there].map(([shot, one]) => [shot, one.hash])).toEqual([['front', 'a']])
  })

  it('leads from a shot to the next one that is missing', () => {
    expect(nextShot('front', new Set(['front', 'detail']))).toBe('scale')
    expect(nextShot('maker', new Set(['maker']))).toBe('front')
    expect(nextShot('front', new Set(['front', 'detail', 'scale', 'back', 'in_use', 'maker']))).toBe('')
  })
})
