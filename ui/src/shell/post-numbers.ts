// Numbers that the post's readers scan: of a parcel (UPU S10-12) and of a drop-off.
import { door, type DropOffCard, type DropOffView, type ParcelCard } from '$lib/door'

/** As a scanner types it: capitals, nothing between. */
export const scanned = (text: string): string => text.replace(/[\s-]/g, '').toUpperCase()

/** Two letters, nine digits, two letters. */
export const isS10 = (text: string): boolean => /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(scanned(text))

/** Whether `typed` is a good part of a number of the post, not a word that happens to be inside. */
export function meansNumber(number: string, typed: string): boolean {
  const part = scanned(typed)
  return part.length >= 4 && /\d/.test(part) && scanned(number).includes(part)
}

/** How many drop-offs are opened for a number that is not among the parcels at home. */
const MOST_OPENED = 40

export type ByNumber = { parcels: ParcelCard[]; dropOffs: DropOffCard[] }

/** What carries the number that was typed or scanned. */
export async function findByNumber(typed: string): Promise<ByNumber> {
  if (scanned(typed).length < 4 || !/\d/.test(typed)) return { parcels: [], dropOffs: [] }
  const page = await door.dropOffPage()
  const parcels = page.ready.filter((parcel) => meansNumber(parcel.s10, typed))
  const dropOffs = page.past.filter((one) => meansNumber(one.number, typed))
  if (parcels.length === 0 && isS10(typed)) {
    for (const { id } of page.past.slice(0, MOST_OPENED)) {
      const opened: DropOffView = await door.dropOffGet(id)
      const parcel = opened.lines.find((line) => meansNumber(line.s10, typed))
      if (parcel) return { parcels: [parcel], dropOffs }
    }
  }
  return { parcels, dropOffs }
}
