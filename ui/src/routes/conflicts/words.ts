// A conflict in words: who wrote what, and what each button does.
import type { Choice, Conflict, ConflictSide, ConflictValue } from '$lib/door'
import type { MessageKey, Params } from '$lib/language/catalogue'
import { LIMITS } from '../products/fields'

const FIELDS = ['price', 'title', 'story', 'published', 'deleted'] as const
export type Field = (typeof FIELDS)[number] | 'other'

/** A field that a newer marketplace thought of is shown all the same. */
export const fieldOf = (conflict: Conflict): Field =>
  FIELDS.find((field) => field === conflict.field) ?? 'other'

export type Say = {
  t: (key: MessageKey, params?: Params) => string
  money: (price: { minor: number; currency: string }) => string
  moment: (ms: number) => string
}

/** A side, whether it stands now, and what choosing it means. */
export type Shown = ConflictSide & { stands: boolean; choice: Choice }

/** What was written here on the left, as in the sentence "aquí pusiste". */
export function sides(conflict: Conflict): [Shown, Shown] {
  const kept: Shown = { ...conflict.kept, stands: true, choice: 'keep' }
  const lost: Shown = { ...conflict.lost, stands: false, choice: 'take_other' }
  return lost.here && !kept.here ? [lost, kept] : [kept, lost]
}

/** `has` tells nothing, or "no", apart from a value. */
export function valueParams(value: ConflictValue, money: Say['money']): { has: string; value: string } {
  switch (value.kind) {
    case 'price':
      return value.value ? { has: 'yes', value: money(value.value) } : { has: 'no', value: '' }
    case 'yes_no':
      return { has: value.value ? 'yes' : 'no', value: '' }
    case 'text':
      return { has: value.value.trim() === '' ? 'no' : 'yes', value: value.value }
  }
}

export function laptopName(side: ConflictSide, { t }: Say): string {
  if (side.laptop.trim() === '') return t(side.here ? 'conflict.laptop.here' : 'conflict.laptop.unknown')
  return t('conflict.laptop', { name: side.laptop })
}

/** The head of a side. */
export function sideName(side: ConflictSide, { t }: Say): string {
  if (side.here) return t('conflict.side.here')
  return side.laptop.trim() === '' ? t('conflict.side.unknown') : side.laptop
}

/** "En «La de mi hija» (ayer, 18:40) el precio quedó en $450; aquí pusiste $480." */
export function sentence(conflict: Conflict, say: Say): string {
  const field = fieldOf(conflict)
  const [mine, theirs] = sides(conflict)
  const params = (side: ConflictSide): Params => ({
    ...valueParams(side.value, say.money),
    laptop: laptopName(side, say),
    when: say.moment(side.at_ms)
  })
  return say.t('conflict.clauses', {
    one: say.t(`conflict.${field}.there`, params(theirs)),
    other: say.t(`conflict.${field}.${mine.here ? 'here' : 'also'}`, params(mine))
  })
}

/** Letters of both texts together, and how many fit; as `conflict_settle` joins them. */
export function together(conflict: Conflict): { count: number; most: number; fits: boolean } {
  const text = ({ value }: ConflictSide) => (value.kind === 'text' ? [...value.value.trim()].length : 0)
  const title = conflict.field === 'title'
  const count = text(conflict.kept) + text(conflict.lost) + (title ? 1 : 2)
  const most = title ? LIMITS.title : LIMITS.story
  return { count, most, fits: count <= most }
}
