// The same, in the language that is spoken and at the time it is.
import type { Price } from '$lib/door'
import { locale, t } from '$lib/language/index.svelte'
import { clock } from '$lib/state/clock.svelte'
import * as dates from './dates'
import * as measures from './measures'
import * as price from './price'

export const money = (value: Price) => price.money(value.minor, value.currency, locale())
export const whole = (count: number) => new Intl.NumberFormat(locale()).format(count)
export const weight = (grams: number) => measures.weight(grams, locale())
export const bytes = (count: number) => measures.bytes(count, locale())

/** "hace un momento", "hace 5 minutos", "ayer" … */
export function ago(ms: number): string {
  const now = Math.max(clock.now, ms)
  if (now - ms < 60_000) return t('time.moment_ago')
  const said = dates.ago(ms, now, locale())
  return dates.daysUntil(ms, now) > -7 ? said : t('time.on_date', { date: said })
}

export const dayName = (ms: number) => dates.dayName(ms, clock.now, locale())
export const date = (ms: number) => dates.date(ms, clock.now, locale())
export const dateTime = (ms: number) => dates.dateTime(ms, clock.now, locale())
export const moment = (ms: number) => dates.moment(ms, clock.now, locale())

/** "desde ayer", "desde el martes" … */
export function since(ms: number): string {
  const { key, params } = dates.since(ms, clock.now, locale())
  return t(key, params)
}

export const timeOf = (ms: number) => dates.time(ms, locale())
export const weekday = (ms: number) => dates.weekday(ms, locale())
export const partOfDay = () => dates.partOfDay(clock.now)
export const daysUntil = (ms: number) => dates.daysUntil(ms, clock.now)

/** How long there is: "Faltan 2 días", "Es hoy", "Se pasó hace 1 día". */
export function deadline(ms: number): { text: string; late: boolean; soon: boolean } {
  const days = daysUntil(ms)
  const text =
    days > 0
      ? t('deadline.left', { days })
      : days === 0
        ? t('deadline.today')
        : t('deadline.late', { days: -days })
  return { text, late: days < 0, soon: days <= 2 }
}
