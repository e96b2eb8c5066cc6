import { describe, expect, it } from 'vitest'
import type { LostOrder, RefusedChange, SyncPhase, SyncState } from '$lib/door'
import * as dates from '$lib/formatting/dates'
import { words } from '$lib/language/catalogue'
import { LANGUAGES, LOCALE, type Language } from '$lib/language/languages'
import type { LastCopy } from '$lib/state/last-copy.svelte'
import { safety, spoken } from './safety'

const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-21T15:00:00') // a Saturday
const tuesday = at('2026-11-17T09:00:00')
const yesterday = at('2026-11-20T21:00:00')

const PHASES: SyncPhase[] = [
  'signed_out', 'idle', 'sending', 'receiving', 'sending_photos', 'comparing', 'offline', 'troubled', 'revoked', 'paused'
] // prettier-ignore

const state = (phase: SyncPhase, change: Partial<SyncState> = {}): SyncState => ({
  phase,
  waiting: 0,
  photos_waiting: 0,
  photos_sent: 0,
  bytes_waiting: 0,
  cap_bytes: null,
  today_bytes: 0,
  capped: false,
  refused: [],
  lost_orders: [],
  conflicts: 0,
  oversold: 0,
  waiting_since_ms: null,
  used_today_bytes: 0,
  last_ms: null,
  next_ms: null,
  ...change
})
const three = { waiting: 3, waiting_since_ms: tuesday }
const lost: LostOrder = {
  id: 'o', number: 'P-1', buyer_name: 'Lucía', placed_ms: 0, s10: null, gone_out: false
} // prettier-ignore
const refused: RefusedChange = { id: 'r', verb: 'v', subject: 's', title: 't', code: 'invalid', at_ms: 0 }

/** The whole answer as it is read. */
function said(language: Language, given: SyncState | null, copy: LastCopy | null = null): string {
  const locale = LOCALE[language]
  const answer = safety(given, copy, {
    since: (ms) => {
      const { key, params } = dates.since(ms, now, locale)
      return words(language, key, params)
    },
    ago: (ms) => dates.ago(ms, now, locale)
  })
  return spoken([...answer.sentences, ...answer.duties], (key, params) =>
    words(language, key, params)
  ).replace(/[\u00a0\u202f]/g, ' ')
}

describe('whether my work is safe', () => {
  it('is answered as a shopkeeper would', () => {
    expect(said('es', state('offline', three), { made_ms: yesterday, whole: true })).toBe(
      'Todo está guardado en esta computadora. No hay red, y no pasa nada: puedes seguir trabajando. ' +
        '3 cambios esperan la red desde el martes. Última copia: ayer.'
    )
    expect(said('en', state('offline', three), { made_ms: yesterday, whole: true })).toBe(
      'Everything is saved on this computer. There is no network, and that is all right: you can go on working. ' +
        '3 changes have been waiting for the network since Tuesday. Last copy: yesterday.'
    )
    expect(said('fr', state('offline', three), { made_ms: yesterday, whole: true })).toBe(
      'Tout est gardé sur cet ordinateur. Il n’y a pas de réseau, et ce n’est pas grave : tu peux continuer. ' +
        '3 changements attendent le réseau depuis mardi. Dernière copie : hier.'
    )
  })

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(PHASES)('begins with what is saved here and has words for what happens: %s', (phase) => {
      const here = words(language, 'safe.here')
      const full = {
        ...three,
        photos_waiting: 2,
        photos_sent: 1,
        conflicts: 2,
        oversold: 1,
        refused: [refused]
      }
      for (const given of [state(phase), state(phase, three), state(phase, full)]) {
        const text = said(language, given)
        expect(text.startsWith(here), text).toBe(true)
        expect(text.length, text).toBeGreaterThan(here.length + 10)
        expect(text).not.toMatch(/undefined|null|NaN|\{|\}|none| {2}|\s[.,]/)
        expect(text.endsWith('.'), text).toBe(true)
      }
    })

    it('names every duty', () => {
      const text = said(language, state('idle', { conflicts: 2, oversold: 1, refused: [refused] }))
      for (const key of ['safe.conflicts', 'safe.oversold', 'safe.refused'] as const) {
        expect(text).toContain(words(language, key, { count: key === 'safe.conflicts' ? 2 : 1 }))
      }
    })

    it('speaks of copies only when something is known of them', () => {
      const idle = state('idle')
      expect(said(language, idle, { made_ms: null, whole: false })).toContain(
        words(language, 'safe.copy.none')
      )
      expect(said(language, idle, { made_ms: yesterday, whole: false })).toContain(
        words(language, 'safe.copy.broken')
      )
      expect(said(language, idle, null)).toBe(
        `${words(language, 'safe.here')} ${words(language, 'safe.market')}`
      )
    })

    it('is what is always true while nothing is known yet', () => {
      expect(said(language, null)).toBe(words(language, 'safe.here'))
    })
  })

  it('says what changes wait for', () => {
    const why = (phase: SyncPhase) => said('es', state(phase, { waiting: 1 }))
    expect(why('offline')).toContain('1 cambio espera la red.')
    expect(why('troubled')).toContain('1 cambio espera la red.')
    expect(why('paused')).toContain('1 cambio espera a que quites la pausa.')
    expect(why('revoked')).toContain('1 cambio espera a que conectes tu puesto.')
    expect(why('signed_out')).toContain('1 cambio espera a que conectes tu puesto.')
    expect(why('idle')).toContain('1 cambio espera su turno.')
    expect(why('sending')).toContain('1 cambio va ahora mismo al mercado.')
  })

  it('says since when beside what it is about', () => {
    const since = { ...three, waiting: 1 }
    expect(said('es', state('paused', since))).toContain(
      '1 cambio espera desde el martes a que quites la pausa.'
    )
    expect(said('en', state('revoked', since))).toContain(
      '1 change has been waiting since Tuesday for you to connect your stall.'
    )
    expect(said('fr', state('idle', since))).toContain('1 changement attend son tour depuis mardi.')
  })

  it('ends with one full stop after an hour', () => {
    const morning = at('2026-11-21T09:05:00')
    expect(
      said('es', state('offline', { waiting: 1, waiting_since_ms: morning }), {
        made_ms: morning,
        whole: true
      })
    ).toMatch(/espera la red desde hoy, 9:05 a\.m\. Última copia: hoy, 9:05 a\.m\.$/)
  })

  it('counts photos beside changes', () => {
    expect(said('es', state('offline', { waiting: 1, photos_waiting: 2 }))).toContain(
      '1 cambio y 2 fotos esperan la red.'
    )
    expect(said('es', state('offline', { photos_waiting: 1 }))).toContain('1 foto espera la red.')
    expect(said('es', state('sending_photos', { photos_waiting: 7, photos_sent: 2 }))).toContain(': 2 de 9.')
  })

  it('lets photos of tomorrow be tomorrow’s', () => {
    const capped = { capped: true, photos_waiting: 11 }
    expect(said('es', state('idle', capped))).toContain('11 fotos salen mañana, por el límite del día.')
    expect(said('es', state('idle', capped))).not.toContain('esper')
    expect(said('es', state('offline', capped))).toContain('11 fotos esperan la red.')
  })

  it('does not say that the marketplace has all of it when it refused something', () => {
    expect(said('es', state('idle', { refused: [refused] }))).not.toContain('también lo tiene todo')
  })

  it('does not say that the marketplace has all of it while the two sides do not agree', () => {
    for (const language of LANGUAGES) {
      const text = said(language, state('comparing'))
      expect(text).toContain(words(language, 'safe.comparing', {}))
      expect(text).not.toContain(words(language, 'safe.market', {}))
    }
  })

  it('does not say so either when it has lost an order, and says that', () => {
    const text = said('es', state('idle', { lost_orders: [lost, { ...lost, id: 'p' }] }))
    expect(text).not.toContain('también lo tiene todo')
    expect(text).toContain('El mercado ya no conoce 2 pedidos tuyos; aquí sigue todo.')
  })

  it('puts the buyer who waits first', () => {
    const given = { conflicts: 1, oversold: 1, refused: [refused], lost_orders: [lost] }
    const { duties } = safety(state('idle', given), null, {
      since: String,
      ago: String
    })
    expect(duties.map(({ about }) => about)).toEqual(['lost', 'oversold', 'conflicts', 'refused'])
  })
})
