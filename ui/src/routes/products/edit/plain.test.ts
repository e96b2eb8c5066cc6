import { describe, expect, it } from 'vitest'
import { NONE } from './look'
import { light } from './paint'
import { mean, useless } from './plain'

describe('the dropper', () => {
  it('takes the mean of what is around', () => {
    const pixels = new Uint8ClampedArray([10, 20, 30, 255, 20, 40, 61, 255])
    expect(mean(pixels)).toEqual({ red: 15, green: 30, blue: 46 })
  })

  it('says of which places nothing can be known', () => {
    expect(useless({ red: 255, green: 240, blue: 200 })).toBe('burnt')
    expect(useless({ red: 9, green: 4, blue: 12 })).toBe('dark')
    expect(useless({ red: 140, green: 140, blue: 140 })).toBe('grey')
    expect(useless({ red: 180, green: 150, blue: 110 })).toBe(null)
  })

  it('makes the pixels that it was pointed at grey', () => {
    const white = { red: 200, green: 180, blue: 140 }
    const into = new Uint8ClampedArray(4)
    light(new Uint8ClampedArray([200, 180, 140, 255]), into, { ...NONE, white })
    expect(Math.max(...into.slice(0, 3)) - Math.min(...into.slice(0, 3))).toBeLessThanOrEqual(1)
    expect(into[3]).toBe(255)
  })
})
