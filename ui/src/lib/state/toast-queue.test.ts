import { describe, expect, it } from 'vitest'
import { admit, LIFE_MS, lifeOf, type Toast } from './toast-queue'

let next = 1
const toast = (tone: Toast['tone'], text: string, undo = false): Toast => ({
  id: next++,
  text,
  tone,
  action: undo ? { label: 'Deshacer', run: () => undefined } : undefined
})
const after = (...all: Toast[]) => all.reduce<Toast[]>(admit, []).map(({ text }) => text)

describe('toasts', () => {
  it('say only the newest of what was done', () => {
    expect(after(toast('done', 'a'), toast('done', 'b'), toast('info', 'c'))).toEqual(['c'])
    expect(after(toast('done', 'a', true), toast('done', 'b', true))).toEqual(['b'])
  })

  it('keep what went wrong beside what was done', () => {
    expect(after(toast('attention', 'x'), toast('done', 'a'), toast('done', 'b'))).toEqual(['x', 'b'])
    expect(after(toast('done', 'a'), toast('attention', 'x'))).toEqual(['a', 'x'])
  })

  it('are never more than two, and the oldest trouble gives way', () => {
    const [x, y, z] = [toast('attention', 'x'), toast('attention', 'y'), toast('attention', 'z')]
    expect(after(x, y, z)).toEqual(['y', 'z'])
    expect(after(x, y, toast('done', 'a'))).toEqual(['y', 'a'])
    expect(after(toast('done', 'a'), x, y)).toEqual(['x', 'y'])
  })

  it('keep the way back of the newest action while troubles come', () => {
    expect(after(toast('done', 'a', true), toast('attention', 'x'), toast('attention', 'y'))).toEqual([
      'a',
      'y'
    ])
  })

  it('say the same trouble once', () => {
    expect(after(toast('attention', 'x'), toast('attention', 'x'))).toEqual(['x'])
  })

  it('stay as long as they need', () => {
    expect(lifeOf(toast('done', 'a'))).toBe(LIFE_MS.read)
    expect(lifeOf(toast('done', 'a', true))).toBe(LIFE_MS.act)
    expect(lifeOf(toast('info', 'a'))).toBe(LIFE_MS.act)
    expect(lifeOf(toast('attention', 'a'))).toBe(LIFE_MS.trouble)
  })
})
