// How a copy is called, and what it holds.
import type { BackupView } from '$lib/door'
import { dateTime, daysUntil, timeOf } from '$lib/formatting/index.svelte'
import { locale, t } from '$lib/language/index.svelte'

/** "hoy, 18:40", "ayer, 18:40", "12 de noviembre, 18:40". */
export function nameOf(backup: BackupView): string {
  const days = daysUntil(backup.made_ms)
  if (days < -1 || days > 0) return dateTime(backup.made_ms)
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day')
  return `${relative}, ${timeOf(backup.made_ms)}`
}

export const holds = (backup: BackupView): string =>
  t('backups.holds', { pieces: backup.pieces, orders: backup.orders, photos: backup.photos })
