import { describe, expect, it } from 'vitest'
import { cropTurned, EVERYTHING, pulled, ratioOf, shaped, shapeOf, type Handle } from './crop'
import { enlargement, fitted, inPicture, radians, turned } from './frame'
import { LEAST, WHOLE } from './look'

const crop = (left: number, top: number, width: number, height: number) => ({ left, top, width, height })
const lying = { width: 1600, height: 1200 }
const square = ratioOf('square', lying)

describe('the frame', () => {
  it('lies on its side after a quarter turn', () => {
    expect(turned(lying, 1)).toEqual({ width: 1200, height: 1600 })
    expect(turned(lying, 2)).toEqual(lying)
  })

  it('fits into the room there is', () => {
    expect(fitted(lying, { width: 800, height: 800 })).toEqual({ width: 800, height: 600 })
    expect(fitted(lying, { width: 800, height: 300 })).toEqual({ width: 400, height: 300 })
  })

  it('stays full when it is tilted, and no more is enlarged than that takes', () => {
    for (const tilt of [-1_500, -420, -5, 0, 5, 700, 1_500]) {
      for (const frame of [lying, { width: 1200, height: 1600 }, { width: 1000, height: 1000 }]) {
        const scale = enlargement(tilt, frame)
        const angle = radians(tilt)
        const room = [-1, 1].flatMap((across) =>
          [-1, 1].flatMap((down) => {
            const [x, y] = [(across * frame.width) / 2 / scale, (down * frame.height) / 2 / scale]
            return [
              frame.width / 2 - Math.abs(x * Math.cos(angle) + y * Math.sin(angle)),
              frame.height / 2 - Math.abs(y * Math.cos(angle) - x * Math.sin(angle))
            ]
          })
        )
        expect(Math.min(...room)).toBeGreaterThan(-1e-6)
        expect(Math.min(...room)).toBeLessThan(1e-6)
      }
    }
  })

  it('knows where in the upright picture a place of it is', () => {
    const at = (turns: number, tilt: number, x: number, y: number) => {
      const place = inPicture({ x, y }, { turns, tilt }, lying)
      return [place.x, place.y].map((value) => Math.round(value * 1000) / 1000)
    }
    expect(at(0, 0, 0.2, 0.3)).toEqual([0.2, 0.3])
    // Turned to the right, what was at the left is at the top.
    expect(at(1, 0, 0.7, 0.2)).toEqual([0.2, 0.3])
    expect(at(2, 0, 0.8, 0.7)).toEqual([0.2, 0.3])
    expect(at(3, 0, 0.3, 0.8)).toEqual([0.2, 0.3])
    expect(at(3, 900, 0.5, 0.5)).toEqual([0.5, 0.5])
    // Tilted to the right, what is right of the middle came from above it.
    const [x = 0, y = 1] = at(0, 1_000, 0.9, 0.5)
    expect(y).toBeLessThan(0.5)
    expect(x).toBeLessThan(0.9)
    // By hand: 640 right of the middle, s = cos 10° + sin 10° · 4/3 = 1.2163, so (518.2, -91.4) from the middle.
    expect([x, y]).toEqual([0.824, 0.424])
  })
})

describe('a crop', () => {
  it('takes a shape out of what there is', () => {
    expect(shaped(EVERYTHING, square)).toEqual(crop(1_250, 0, 7_500, 10_000))
    expect(shaped(EVERYTHING, ratioOf('original', lying))).toEqual(EVERYTHING)
    expect(shaped(EVERYTHING, ratioOf('wide', lying))).toEqual(EVERYTHING)
    expect(shaped(EVERYTHING, ratioOf('tall', lying))).toEqual(crop(2_188, 0, 5_625, 10_000))
    expect(shaped(crop(1_000, 1_000, 3_000, 2_000), null)).toEqual(crop(1_000, 1_000, 3_000, 2_000))
    // Never thinner than can be cut.
    const least = shaped(crop(0, 0, 500, 500), square)
    expect(Math.min(least.width, least.height)).toBeGreaterThanOrEqual(LEAST)
  })

  it('knows its shape again', () => {
    for (const shape of ['square', 'original', 'tall'] as const) {
      expect(shapeOf(shaped(crop(900, 700, 7_311, 6_007), ratioOf(shape, lying)), lying)).toBe(shape)
    }
    expect(shapeOf(null, lying)).toBe('free')
    expect(shapeOf(crop(0, 0, 4_000, 9_000), lying)).toBe('free')
  })

  it('moves, and stops at the edge', () => {
    const from = crop(1_000, 1_000, 3_000, 2_000)
    expect(pulled(from, 'all', 500, -200, null)).toEqual(crop(1_500, 800, 3_000, 2_000))
    expect(pulled(from, 'all', 99_999, -99_999, square)).toEqual(crop(7_000, 0, 3_000, 2_000))
  })

  it('follows a corner or a side while the opposite one stays', () => {
    const from = crop(1_000, 1_000, 3_000, 2_000)
    expect(pulled(from, 'se', 500, 700, null)).toEqual(crop(1_000, 1_000, 3_500, 2_700))
    expect(pulled(from, 'nw', 500, 700, null)).toEqual(crop(1_500, 1_700, 2_500, 1_300))
    expect(pulled(from, 'n', 500, -700, null)).toEqual(crop(1_000, 300, 3_000, 2_700))
    expect(pulled(from, 'e', -99_999, 0, null)).toEqual(crop(1_000, 1_000, LEAST, 2_000))
  })

  it('keeps its ratio, grows from the middle of a side, and never leaves the frame', () => {
    expect(pulled(crop(1_000, 1_000, 3_000, 4_000), 'se', 300, 0, square)).toEqual(
      crop(1_000, 1_000, 3_150, 4_200)
    )
    expect(pulled(crop(1_000, 1_000, 3_000, 4_000), 'e', 300, 0, square)).toEqual(
      crop(1_000, 800, 3_300, 4_400)
    )
    expect(pulled(crop(1_000, 1_000, 3_000, 4_000), 'nw', -9_999, 0, square)).toEqual(
      crop(250, 0, 3_750, 5_000)
    )
    let seed = 7
    const chance = (most: number) => (seed = (seed * 48_271) % 2_147_483_647) % most
    const handles: Handle[] = ['n', 's', 'e', 'w', 'nw', 'ne', 'sw', 'se', 'all']
    for (let round = 0; round < 5_000; round++) {
      const ratio = [null, square, ratioOf('tall', lying), 1][round % 4] ?? null
      const from = shaped(
        crop(chance(4_000), chance(4_000), LEAST + chance(5_000), LEAST + chance(5_000)),
        ratio
      )
      const handle = handles[chance(handles.length)] ?? 'all'
      const found = pulled(from, handle, chance(20_000) - 10_000, chance(20_000) - 10_000, ratio)
      const said = JSON.stringify({ from, handle, ratio, found })
      expect(Math.min(found.left, found.top), said).toBeGreaterThanOrEqual(0)
      expect(Math.max(found.left + found.width, found.top + found.height), said).toBeLessThanOrEqual(WHOLE)
      expect(Math.min(found.width, found.height), said).toBeGreaterThanOrEqual(LEAST)
      if (ratio) expect(Math.abs(found.width - found.height * ratio), said).toBeLessThanOrEqual(1 + ratio)
    }
  })

  it('is where it was after four quarter turns', () => {
    const from = crop(1_000, 2_000, 3_000, 4_500)
    expect(cropTurned(from)).toEqual(crop(3_500, 1_000, 4_500, 3_000))
    expect(cropTurned(cropTurned(cropTurned(cropTurned(from))))).toEqual(from)
  })
})
