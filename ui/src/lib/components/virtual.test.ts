import { describe, expect, it } from 'vitest'
import { layout, neighbour, totalHeight, visible } from './virtual'

const shape = layout({ width: 980, gap: 20, cardWidth: 220, textHeight: 120, aspect: 1 })

describe('the grid', () => {
  it('has as many columns as fit, and uses the whole width', () => {
    expect(shape.columns).toBe(4)
    expect(shape.columnWidth * 4 + 20 * 3).toBe(980)
    expect(shape.rowHeight).toBe(230 + 120 + 20)
    expect(layout({ width: 100, gap: 20, cardWidth: 220, textHeight: 120, aspect: 1 }).columns).toBe(1)
  })

  it('is as high as its rows', () => {
    expect(totalHeight(0, shape, 20)).toBe(0)
    expect(totalHeight(1, shape, 20)).toBe(350)
    expect(totalHeight(10_000, shape, 20)).toBe(2500 * 370 - 20)
  })

  it('draws only what is seen and a little more, wherever it is', () => {
    for (let scrolled = 0; scrolled < totalHeight(10_000, shape, 20); scrolled += 977) {
      const { first, end } = visible(10_000, shape, scrolled, 700)
      expect(end - first).toBeLessThanOrEqual(4 * 7)
      // Everything between the window's edges is drawn.
      const topRow = Math.floor(scrolled / shape.rowHeight)
      const bottomRow = Math.min(2499, Math.floor((scrolled + 699) / shape.rowHeight))
      expect(first).toBeLessThanOrEqual(topRow * 4)
      expect(end).toBeGreaterThanOrEqual(Math.min(10_000, (bottomRow + 1) * 4))
    }
  })

  it('holds at its ends', () => {
    expect(visible(0, shape, 0, 700)).toEqual({ first: 0, end: 0 })
    expect(visible(3, shape, 0, 700)).toEqual({ first: 0, end: 3 })
    expect(visible(10, shape, 99_999, 700).end).toBe(10)
    expect(visible(10, shape, -500, 700).first).toBe(0)
  })

  it('is walked by arrows and never left by them', () => {
    expect(neighbour(0, 'ArrowRight', 10, 4)).toBe(1)
    expect(neighbour(0, 'ArrowDown', 10, 4)).toBe(4)
    expect(neighbour(0, 'ArrowLeft', 10, 4)).toBe(0)
    expect(neighbour(8, 'ArrowDown', 10, 4)).toBe(8)
    expect(neighbour(5, 'End', 10, 4)).toBe(9)
    expect(neighbour(5, 'Home', 10, 4)).toBe(0)
    expect(neighbour(5, 'x', 10, 4)).toBe(5)
  })
})
