import { describe, expect, it } from 'vitest'
import { NONE } from './look'
import { Table } from './table.svelte'

const lying = { width: 1600, height: 1200 }
const table = () => new Table(NONE, lying)

describe('the editing table', () => {
  it('begins with what was kept, and knows its shape', () => {
    const crop = { left: 1_250, top: 0, width: 7_500, height: 10_000 }
    const kept = new Table({ ...NONE, crop, exposure: 30 }, lying)
    expect([kept.shape, kept.changed, kept.isNone, kept.canUndo]).toEqual(['square', false, false, false])
    kept.reset()
    expect([kept.look, kept.changed, kept.isNone]).toEqual([NONE, true, true])
    kept.undo()
    expect([kept.look.crop, kept.changed]).toEqual([crop, false])
  })

  it('makes one step of a whole movement', () => {
    const one = table()
    for (const tilt of [5, 40, 90, 120]) one.tilt(tilt)
    one.settle('tilt')
    expect(one.look.tilt).toBe(120)
    one.undo()
    expect([one.look.tilt, one.canUndo, one.canRedo]).toEqual([0, false, true])
    one.redo()
    expect(one.look.tilt).toBe(120)
  })

  it('makes no step of a movement that came back', () => {
    const one = table()
    one.light(50)
    one.light(0)
    one.settle('light')
    expect(one.canUndo).toBe(false)
  })

  it('puts down what is under the hand before anything else is done', () => {
    const one = table()
    one.light(50)
    one.turn()
    one.undo()
    expect([one.look.exposure, one.look.turns]).toEqual([50, 0])
    one.undo()
    expect(one.look).toEqual(NONE)
  })

  it('loses nothing by trying shapes', () => {
    const one = table()
    for (const shape of ['square', 'tall', 'wide', 'square', 'original'] as const) one.shapeTo(shape)
    expect(one.look.crop).toBe(null)
    one.pull(one.crop, 'se', -2_000, 0)
    one.settle()
    const cut = one.look.crop
    for (const shape of ['square', 'tall', 'original'] as const) one.shapeTo(shape)
    expect(one.look.crop).toEqual(cut)
  })

  it('keeps the shape while its crop is pulled', () => {
    const one = table()
    one.shapeTo('square')
    one.pull(one.crop, 'nw', 1_000, 0)
    one.settle()
    const { width, height } = one.crop
    expect(Math.abs(width * lying.width - height * lying.height)).toBeLessThanOrEqual(lying.width)
    expect(width).toBe(7_000)
  })

  it('turns the crop and its shape with the picture', () => {
    const one = table()
    one.shapeTo('tall')
    const { crop } = one.look
    one.turn()
    expect([one.frame, one.shape, one.look.turns]).toEqual([{ width: 1200, height: 1600 }, 'wide', 1])
    expect([one.crop.width, one.crop.height]).toEqual([crop?.height, crop?.width])
    for (let turn = 0; turn < 3; turn++) one.turn()
    expect([one.look.crop, one.look.turns, one.shape]).toEqual([crop, 0, 'tall'])
    expect(one.frame).toEqual(lying)
  })

  it('is as it was once what it came to is kept', () => {
    const one = table()
    one.white({ red: 200, green: 180, blue: 140 })
    expect(one.changed).toBe(true)
    one.kept()
    expect(one.changed).toBe(false)
    one.white(null)
    expect([one.changed, one.isNone]).toEqual([true, true])
  })
})
