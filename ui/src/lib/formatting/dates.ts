// Dates and times as people say them. `now` comes in, so that tests can hold it.

const DAY_MS = 86_400_000

/** Midnight of the day of `ms` where the laptop is. */
function midnight(ms: number): number {
  const day = new Date(ms)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}

/** Calendar days from now to then; negative when it is past. */
export function daysUntil(then: number, now: number): number {
  return Math.round((midnight(then) - midnight(now)) / DAY_MS)
}

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1)

/** "hace un momento" is the caller's; this gives "hace 5 minutos", "hoy, 14:30", "ayer", "12 de octubre". */
export function ago(then: number, now: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const minutes = Math.round((now - then) / 60_000)
  if (minutes >= 0 && minutes < 60) return relative.format(-Math.max(minutes, 1), 'minute')
  const days = daysUntil(then, now)
  if (days === 0) return `${relative.format(0, 'day')}, ${time(then, locale)}`
  if (days === -1 || days === 1) return relative.format(days, 'day')
  if (days < 0 && days > -7) return relative.format(days, 'day')
  return date(then, now, locale)
}

/** "12 de octubre", with the year when it is another one. */
export function date(then: number, now: number, locale: string): string {
  const year = new Date(then).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric'
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year }).format(then)
}

/** "viernes" within a week, then "12 de octubre". */
export function dayName(then: number, now: number, locale: string): string {
  const days = daysUntil(then, now)
  if (days >= 0 && days < 7) return new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(then)
  return date(then, now, locale)
}

export function dateTime(then: number, now: number, locale: string): string {
  return `${date(then, now, locale)}, ${time(then, locale)}`
}

/** "hoy, 14:30", "ayer, 18:40", "martes, 9:15" within a week, then "12 de octubre, 9:15". */
export function moment(then: number, now: number, locale: string): string {
  const days = daysUntil(then, now)
  const day =
    days === 0 || days === -1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
      : days < 0 && days > -7
        ? new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(then)
        : date(then, now, locale)
  return `${day}, ${time(then, locale)}`
}

export type Since = {
  key: 'time.since.today' | 'time.since.yesterday' | 'time.since.weekday' | 'time.since.date'
  params: Record<string, string>
}

/** The words for "desde hoy, 14:30", "desde ayer", "desde el martes" within a week, "desde el 12 de octubre". */
export function since(then: number, now: number, locale: string): Since {
  const days = daysUntil(then, now)
  if (days >= 0) return { key: 'time.since.today', params: { time: time(then, locale) } }
  if (days === -1) return { key: 'time.since.yesterday', params: {} }
  if (days > -7) {
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(then)
    return { key: 'time.since.weekday', params: { day } }
  }
  return { key: 'time.since.date', params: { date: date(then, now, locale) } }
}

export function time(then: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(then)
}

/** One letter or two for a chart: "L", "M"; the whole name for a screen reader. */
export function weekday(then: number, locale: string): { short: string; long: string } {
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(then)
  // In es-MX "narrow" gives M for two days; X for Wednesday is how calendars in Spanish tell them apart.
  const narrow = new Intl.DateTimeFormat(locale, { weekday: 'narrow' }).format(then)
  const wednesday = locale.startsWith('es') && new Date(then).getDay() === 3
  return { short: wednesday ? 'X' : narrow.toLocaleUpperCase(locale), long: capital(long) }
}

export function partOfDay(now: number): 'morning' | 'afternoon' | 'evening' {
  const hour = new Date(now).getHours()
  return hour < 12 ? 'morning' : hour < 19 ? 'afternoon' : 'evening'
}
