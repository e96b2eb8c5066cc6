import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { GreyEdit, LookEdit } from '$lib/door'
import { changesLight, curves, NONE, sameLook, withinBounds } from './look'

const look = (change: Partial<LookEdit>): LookEdit => ({ ...NONE, ...change })
const grey = (red: number, green: number, blue: number): GreyEdit => ({ red, green, blue })
const crop = (left: number, top: number, width: number, height: number) => ({ left, top, width, height })

type Golden = { look: LookEdit; samples: Record<'red' | 'green' | 'blue', number[]> }
/** The curves of the picture that is kept, by the crate that makes it. */
const golden = new URL('../../../../../crates/imaging/data/look-curves.json', import.meta.url)

describe('the curves', () => {
  it('are those of the picture that is kept', () => {
    const all: Golden[] = JSON.parse(readFileSync(golden, 'utf8'))
    expect(all.length).toBeGreaterThanOrEqual(10)
    for (const one of all) {
      const found = curves(one.look)
      for (const channel of ['red', 'green', 'blue'] as const) {
        const samples = one.samples[channel].map((_, index) => found[channel][Math.min(index * 16, 255)])
        expect(samples, JSON.stringify(one.look)).toEqual(one.samples[channel])
      }
    }
  })

  it('of no look change nothing', () => {
    const { red, green, blue } = curves(NONE)
    for (let value = 0; value < 256; value++)
      expect([red[value], green[value], blue[value]]).toEqual([value, value, value])
  })

  // Worked out apart: 118 is 18.1164 % of the light (IEC 61966-2-1), twice that is 36.2328 %, which is 162.
  it('give twice the light for a stop', () => {
    expect(curves(look({ exposure: 100 })).red[118]).toBe(162)
    expect(curves(look({ exposure: -100 })).red[162]).toBe(118)
  })

  it('leave black black, bring white to white, and never turn back', () => {
    for (const exposure of [-200, -137, -1, 1, 60, 133, 200]) {
      const { red } = curves(look({ exposure }))
      expect(red[0]).toBe(0)
      if (exposure > 0) expect(red[255]).toBe(255)
      for (let value = 1; value < 256; value++) expect(red[value]).toBeGreaterThanOrEqual(red[value - 1] ?? 0)
    }
  })

  it('make grey of what should be grey, as bright as it was', () => {
    for (const white of [grey(200, 180, 140), grey(90, 120, 160), grey(128, 127, 126), grey(60, 90, 70)]) {
      const found = curves(look({ white }))
      const seen = [found.red[white.red], found.green[white.green], found.blue[white.blue]].map(Number)
      expect(Math.max(...seen) - Math.min(...seen), JSON.stringify(white)).toBeLessThanOrEqual(1)
      expect(seen[0]).toBeGreaterThanOrEqual(Math.min(white.red, white.green, white.blue))
      expect(seen[0]).toBeLessThanOrEqual(Math.max(white.red, white.green, white.blue))
    }
  })
})

describe('the bounds', () => {
  it('bring what is too large to the nearest that is not', () => {
    const wild = look({ turns: 7, tilt: 9_000, exposure: -900, crop: crop(9_900, -40, 2_000, 100) })
    expect(withinBounds(wild)).toEqual(
      look({ turns: 3, tilt: 1_500, exposure: -200, crop: crop(8_000, 0, 2_000, 500) })
    )
    expect(withinBounds(look({ turns: -1 })).turns).toBe(3)
  })

  it('know that keeping everything is no crop and that grey needs no white', () => {
    expect(withinBounds(look({ crop: crop(0, 0, 10_000, 10_000), white: grey(90, 90, 90) }))).toEqual(NONE)
    expect(changesLight(look({ white: grey(90, 90, 90), crop: crop(0, 0, 500, 500) }))).toBe(false)
    expect(changesLight(look({ exposure: 5 }))).toBe(true)
    expect(changesLight(look({ white: grey(90, 90, 91) }))).toBe(true)
  })

  it('tell looks apart, whatever the order of their parts', () => {
    const one = look({ crop: crop(1, 2, 3_000, 4_000), white: grey(1, 2, 3) })
    const other: LookEdit = {
      white: { blue: 3, green: 2, red: 1 },
      crop: { height: 4_000, width: 3_000, top: 2, left: 1 },
      exposure: 0,
      tilt: 0,
      turns: 4
    }
    expect(sameLook(one, other)).toBe(true)
    for (const change of [{ turns: 1 }, { tilt: 1 }, { exposure: 1 }, { crop: null }, { white: null }]) {
      expect(sameLook(one, { ...one, ...change }), JSON.stringify(change)).toBe(false)
    }
  })
})
