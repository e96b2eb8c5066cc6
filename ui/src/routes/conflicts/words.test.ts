import { describe, expect, it } from 'vitest'
import type { Conflict, ConflictSide, ConflictValue } from '$lib/door'
import { moment } from '$lib/formatting/dates'
import { money } from '$lib/formatting/price'
import { words } from '$lib/language/catalogue'
import { LANGUAGES, LOCALE, type Language } from '$lib/language/languages'
import { sentence, sideName, sides, together, type Say } from './words'

const now = new Date('2026-11-21T15:00:00').getTime()
const evening = new Date('2026-11-20T18:40:00').getTime()

const say = (language: Language): Say => ({
  t: (key, params) => words(language, key, params),
  money: ({ minor, currency }) => money(minor, currency, LOCALE[language]),
  moment: (ms) => moment(ms, now, LOCALE[language])
})
const es = say('es')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

const price = (minor: number | null): ConflictValue => ({
  kind: 'price',
  value: minor === null ? null : { minor, currency: 'MXN' }
})
const text = (value: string): ConflictValue => ({ kind: 'text', value })
const yes = (value: boolean): ConflictValue => ({ kind: 'yes_no', value })
const here = (value: ConflictValue): ConflictSide => ({ value, at_ms: now, laptop: 'Taller', here: true })
const there = (value: ConflictValue, laptop = 'María'): ConflictSide => ({
  value,
  at_ms: evening,
  laptop,
  here: false
})

const conflict = (field: string, kept: ConflictSide, lost: ConflictSide): Conflict => ({
  id: 'c',
  product_id: 'p',
  title: 'Olla',
  photo: null,
  field,
  kept,
  lost,
  can_keep_both: kept.value.kind === 'text'
})

describe('a conflict in words', () => {
  it('says what the other laptop wrote, when, and what was written here', () => {
    const of = conflict('price', here(price(48_000)), there(price(45_000)))
    expect(plain(sentence(of, es))).toBe(
      'En «María» (ayer, 6:40 p.m.) el precio quedó en $450; aquí pusiste $480.'
    )
  })

  it('is the same whichever of them stands', () => {
    const one = conflict('price', here(price(48_000)), there(price(45_000)))
    const other = conflict('price', there(price(45_000)), here(price(48_000)))
    expect(sentence(one, es)).toBe(sentence(other, es))
    expect(sides(one).map((side) => [side.here, side.choice])).toEqual([
      [true, 'keep'],
      [false, 'take_other']
    ])
    expect(sides(other).map((side) => [side.here, side.choice])).toEqual([
      [true, 'take_other'],
      [false, 'keep']
    ])
  })

  it('keeps the currency of each price, and has words for none', () => {
    const euros: ConflictValue = { kind: 'price', value: { minor: 2550, currency: 'EUR' } }
    expect(sentence(conflict('price', here(price(null)), there(euros)), es)).toMatch(
      /quedó en .*25\.50.*; aquí lo quitaste\.$/
    )
  })

  it('says yes and no as what was done', () => {
    expect(sentence(conflict('published', here(yes(false)), there(yes(true))), es)).toMatch(
      /se puso a la venta; aquí la quitaste de la venta\.$/
    )
    expect(sentence(conflict('deleted', here(yes(true)), there(yes(false))), es)).toMatch(
      /se recuperó la pieza; aquí la borraste\.$/
    )
  })

  it('names two other laptops, and one whose name is not known', () => {
    const of = conflict('price', there(price(100), 'Ana'), there(price(200), ''))
    expect(plain(sentence(of, es))).toBe(
      'En otra computadora (ayer, 6:40 p.m.) el precio quedó en $2; en «Ana» quedó en $1.'
    )
    expect(sides(of).map((side) => sideName(side, es))).toEqual(['Ana', 'Otra computadora'])
  })

  it('shows a field that is not known yet all the same', () => {
    expect(sentence(conflict('colour', here(text('rojo')), there(text('azul'))), es)).toBe(
      `En «María» (${moment(evening, now, 'es-MX')}) se cambió algo; aquí lo cambiaste de otra manera.`
    )
  })

  it.each(LANGUAGES)('is whole in %s, for every field and value', (language) => {
    const values: [string, ConflictValue[]][] = [
      ['price', [price(48_000), price(null)]],
      ['title', [text('Olla'), text(' ')]],
      ['story', [text('Una {historia} <b>'), text('')]],
      ['published', [yes(true), yes(false)]],
      ['deleted', [yes(true), yes(false)]]
    ]
    const seen = new Set<string>()
    for (const [field, all] of values) {
      for (const mine of all) {
        for (const theirs of all) {
          for (const kept of [here(mine), there(mine, '')]) {
            const said = sentence(conflict(field, kept, there(theirs)), say(language))
            expect(said).not.toMatch(/undefined|null|\{|\(\)| {2}/)
            expect(said).toMatch(/^\p{Lu}.*\.$/u)
            seen.add(said)
          }
        }
      }
    }
    // No two of them say the same.
    expect(seen.size).toBe(40)
  })
})

describe('both texts together', () => {
  const long = (letters: number) => text('á'.repeat(letters))

  it('fit to the last letter, with what stands between them', () => {
    const of = (mine: number, theirs: number) =>
      together(conflict('story', here(long(mine)), there(long(theirs))))
    expect(of(2500, 2498)).toEqual({ count: 5000, most: 5000, fits: true })
    expect(of(2500, 2499).fits).toBe(false)
    expect(together(conflict('title', here(long(40)), there(long(39))))).toEqual({
      count: 80,
      most: 80,
      fits: true
    })
    expect(together(conflict('title', here(long(40)), there(long(40)))).fits).toBe(false)
  })

  it('are counted by letters as people see most of them, not by halves', () => {
    expect(together(conflict('title', here(text('🧵')), there(text('🪡')))).count).toBe(3)
  })
})
