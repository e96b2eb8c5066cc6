import { describe, expect, it } from 'vitest'
import { ago, daysUntil, dayName, moment, partOfDay, since, weekday } from './dates'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-21T15:00:00')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('days', () => {
  it('are those of the calendar, not of 24 hours', () => {
    expect(daysUntil(at('2026-11-21T23:59:00'), now)).toBe(0)
    expect(daysUntil(at('2026-11-22T00:01:00'), now)).toBe(1)
    expect(daysUntil(at('2026-11-20T23:59:00'), now)).toBe(-1)
    expect(daysUntil(at('2026-12-01T01:00:00'), now)).toBe(10)
  })
})

describe('how long ago', () => {
  it('is minutes, then today, yesterday, days, a date', () => {
    expect(ago(now - 5 * 60_000, now, 'es-MX')).toBe('hace 5 minutos')
    expect(plain(ago(at('2026-11-21T09:05:00'), now, 'es-MX'))).toBe('hoy, 9:05 a.m.')
    expect(ago(at('2026-11-20T09:00:00'), now, 'es-MX')).toBe('ayer')
    expect(ago(at('2026-11-17T09:00:00'), now, 'es-MX')).toBe('hace 4 días')
    expect(ago(at('2026-10-12T09:00:00'), now, 'es-MX')).toBe('12 de octubre')
    expect(ago(at('2025-10-12T09:00:00'), now, 'es-MX')).toBe('12 de octubre de 2025')
    expect(ago(at('2026-11-20T09:00:00'), now, 'fr')).toBe('hier')
  })

  it('is a minute at least', () => {
    expect(ago(now - 20_000, now, 'en')).toBe('1 minute ago')
  })
})

describe('names of days', () => {
  it('stand for the coming week, then the date', () => {
    expect(dayName(at('2026-11-27T10:00:00'), now, 'es-MX')).toBe('viernes')
    expect(dayName(at('2026-12-04T10:00:00'), now, 'es-MX')).toBe('4 de diciembre')
    expect(dayName(at('2026-11-27T10:00:00'), now, 'en')).toBe('Friday')
  })

  it('tell Tuesday from Wednesday in Spanish', () => {
    const days = [16, 17, 18, 19, 20, 21, 22].map(
      (day) => weekday(at(`2026-11-${day}T12:00:00`), 'es-MX').short
    )
    expect(days).toEqual(['L', 'M', 'X', 'J', 'V', 'S', 'D'])
    expect(weekday(at('2026-11-18T12:00:00'), 'es-MX').long).toBe('Miércoles')
  })
})

describe('the part of the day', () => {
  it('turns at noon and at seven', () => {
    expect(partOfDay(at('2026-11-21T11:59:00'))).toBe('morning')
    expect(partOfDay(at('2026-11-21T12:00:00'))).toBe('afternoon')
    expect(partOfDay(at('2026-11-21T19:00:00'))).toBe('evening')
  })
})

describe('a moment', () => {
  it('has its hour always, and its day as one says it', () => {
    const said = (then: string, locale = 'es-MX') => plain(moment(at(then), now, locale))
    expect(said('2026-11-21T09:05:00')).toBe('hoy, 9:05 a.m.')
    expect(said('2026-11-20T18:40:00')).toBe('ayer, 6:40 p.m.')
    expect(said('2026-11-17T09:00:00')).toBe('martes, 9:00 a.m.')
    expect(said('2026-10-12T09:00:00')).toBe('12 de octubre, 9:00 a.m.')
    expect(said('2026-11-20T18:40:00', 'fr')).toBe('hier, 18:40')
  })
})

describe('since when', () => {
  it('is the hour today, then yesterday, a day of the week, a date', () => {
    const key = (then: string) => since(at(then), now, 'es-MX').key
    expect(key('2026-11-21T09:05:00')).toBe('time.since.today')
    expect(key('2026-11-20T23:59:00')).toBe('time.since.yesterday')
    expect(since(at('2026-11-17T09:00:00'), now, 'es-MX')).toEqual({
      key: 'time.since.weekday',
      params: { day: 'martes' }
    })
    expect(since(at('2026-10-12T09:00:00'), now, 'en').params).toEqual({ date: 'October 12' })
  })

  it('is today for a clock that ran ahead', () => {
    expect(since(now + 3_600_000, now, 'en').key).toBe('time.since.today')
  })
})
