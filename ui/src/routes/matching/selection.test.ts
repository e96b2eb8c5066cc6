import { describe, expect, it } from 'vitest'
import { Selection } from './selection.svelte'

const ORDER = ['a', 'b', 'c', 'd', 'e']
const only = { add: false, range: false }
const add = { add: true, range: false }
const range = { add: false, range: true }

describe('choosing photos', () => {
  it('is a press for one, Ctrl for one more or less, Shift for all between', () => {
    const chosen = new Selection()
    chosen.press('b', only, ORDER)
    chosen.press('d', add, ORDER)
    expect([...chosen.paths]).toEqual(['b', 'd'])
    chosen.press('d', add, ORDER)
    expect([...chosen.paths]).toEqual(['b'])
    chosen.press('b', only, ORDER)
    expect(chosen.size).toBe(0)
    chosen.press('d', only, ORDER)
    chosen.press('b', range, ORDER)
    expect([...chosen.paths].sort()).toEqual(['b', 'c', 'd'])
    chosen.press('e', range, ORDER)
    expect([...chosen.paths].sort()).toEqual(['d', 'e'])
  })

  it('begins anew with Shift where the first photo is elsewhere', () => {
    const chosen = new Selection()
    chosen.press('z', only, ['z'])
    chosen.press('c', range, ORDER)
    expect([...chosen.paths]).toEqual(['c'])
  })

  it('keeps only what is still there', () => {
    const chosen = new Selection()
    chosen.all(ORDER)
    chosen.keep((path) => path < 'c')
    expect([...chosen.paths]).toEqual(['a', 'b'])
  })
})
