// The copies of the demo's stall: `?s=empty`, `?s=long`, `?s=damaged`, `?s=salvage`, `?s=unplugged`.
import type { BackupState, BackupView } from '../lib/door/bindings'
import { DAY, failure, now, scenario } from './world'

const many = scenario === 'long'

const copy = (days: number, away: boolean, change: Partial<BackupView> = {}): BackupView => ({
  id: `${away ? 'Puesto-copias-4f1c2a' : 'here'}/${days}`,
  away,
  made_ms: now - days * DAY - 3_600_000,
  offset_minutes: -360,
  reason: 'daily',
  pieces: many ? 12_480 - days : 214 - days,
  orders: many ? 1_031 : 3,
  photos: many ? 60_122 : 640,
  bytes: many ? 74_300_000_000 : 1_240_000_000,
  checked_ms: now - days * DAY - 3_600_000,
  whole: true,
  ...change
})

const ages = many ? [0, 1, 2, 3, 4, 5, 6, 13, 20, 27, 55, 83, 120, 150, 180] : [0, 1, 2, 3]

export const backups: BackupState = {
  folder: many
    ? '/home/maria-guadalupe-de-los-angeles/.local/share/puesto/shop/backups'
    : '/home/maria/.local/share/puesto/shop/backups',
  away:
    scenario === 'empty' || scenario === 'first'
      ? null
      : {
          folder: '/media/maria/MEMORIA AZUL',
          there: scenario !== 'unplugged',
          last_ms: now - (scenario === 'unplugged' ? 9 * DAY : 3_600_000)
        },
  progress: null,
  trouble: scenario === 'backup-trouble' ? failure('disk_full') : null,
  backups:
    scenario === 'empty' || scenario === 'first'
      ? []
      : ages.flatMap((days) => [
          copy(days, false, days === 2 ? { reason: 'before_restore' } : {}),
          ...(days % 2 === 0 ? [copy(days, true, days === 2 ? { whole: false } : {})] : [])
        ])
}

/** A new one, made just now. */
export function make(): BackupState {
  backups.backups = [
    copy(0, false, { id: `here/${Date.now()}`, made_ms: Date.now(), reason: 'asked' }),
    ...backups.backups
  ]
  return backups
}

/** Whether the demo's stall does not open yet. */
export const damage = { there: scenario === 'damaged' || scenario === 'salvage' }
