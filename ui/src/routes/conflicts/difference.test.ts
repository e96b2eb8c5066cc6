import { describe, expect, it } from 'vitest'
import { difference, type Stretch } from './difference'

const whole = (all: Stretch[]) => all.map(({ text }) => text).join('')
const marked = (all: Stretch[]) => all.filter(({ place }) => place !== null).map(({ text }) => text)

describe('where two texts differ', () => {
  it('is nowhere when they are the same', () => {
    expect(difference('Barro negro', 'Barro negro').places).toBe(0)
    expect(difference('', '')).toEqual({ mine: [], theirs: [], places: 0 })
  })

  it('is the words that changed, each beside what stands in its place', () => {
    const found = difference('Tardé tres semanas; lo teñí con grana.', 'Tardé dos semanas; lo teñí con añil.')
    expect(marked(found.mine)).toEqual(['tres', 'grana'])
    expect(marked(found.theirs)).toEqual(['dos', 'añil'])
    expect(found.places).toBe(2)
  })

  it('is empty on the side that has less', () => {
    const found = difference('Lo hice en casa.', 'Lo hice en casa. Mi madre me enseñó.')
    expect(marked(found.mine)).toEqual([''])
    expect(marked(found.theirs)).toEqual([' Mi madre me enseñó.'])
  })

  it('takes neighbours together, so that a sentence written anew is one place', () => {
    const found = difference('Es roja y grande.', 'Es azul o chica.')
    expect(marked(found.mine)).toEqual(['roja y grande'])
    expect(found.places).toBe(1)
  })

  it('loses no letter of either, accents, lines and other scripts too', () => {
    const texts = ['', 'Uno\n\ndos  tres\n', '日本の陶器 と 青', 'A\u0301rbol 👩🏽‍🎨 «rojo»', 'Uno\ndos cuatro\n']
    for (const mine of texts) {
      for (const theirs of texts) {
        const found = difference(mine, theirs)
        expect(whole(found.mine)).toBe(mine)
        expect(whole(found.theirs)).toBe(theirs)
        expect(found.mine.length).toBe(found.theirs.length)
      }
    }
  })

  it('of two stories as long as they may be is found while one waits', () => {
    const mine = 'a b '.repeat(1250)
    const theirs = 'c a '.repeat(1250)
    const began = performance.now()
    const found = difference(mine, theirs)
    expect(performance.now() - began).toBeLessThan(2000)
    expect(whole(found.mine)).toBe(mine)
    expect(whole(found.theirs)).toBe(theirs)
  })
})
