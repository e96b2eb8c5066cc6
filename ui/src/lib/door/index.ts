// The one place that calls the backend.
import { commands, painted, photoAddress, sendPhoto, stagePhoto as sendStaged, type PhotoHow } from '$host'
import type { Fault, PhotoAdded } from './bindings'
import { FaultError, faultOf } from './fault'

export type * from './bindings'
export { fault, FaultError, faultOf } from './fault'
export {
  onBackupChanged,
  onGoTo,
  onMatchChanged,
  onPhoneChanged,
  onShopChanged,
  onSyncChanged,
  type Area
} from './events'
export type { PhotoHow } from '$host'

type Answer = { status: 'ok'; data: unknown } | { status: 'error'; error: Fault }
type Given<R> = R extends { status: 'ok'; data: infer T } ? T : never
type Unwrapped<C> = {
  readonly [K in keyof C]: C[K] extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => Promise<Given<R>>
    : never
}

function unwrapped<C extends object>(all: C): Unwrapped<C> {
  const open: Record<string, unknown> = {}
  for (const [name, command] of Object.entries(all) as [string, (...args: unknown[]) => Promise<Answer>][]) {
    open[name] = async (...args: unknown[]) => {
      let answer: Answer
      try {
        answer = await command(...args)
      } catch (thrown) {
        throw new FaultError(faultOf(thrown))
      }
      if (answer.status === 'error') throw new FaultError(answer.error)
      return answer.data
    }
  }
  return open as Unwrapped<C>
}

/** Every command; each gives what was asked for, or throws a {@link FaultError}. */
export const door = unwrapped(commands)

/** Adds a photo to a piece from the file's bytes. */
export async function addPhoto(productId: string, file: File, how: PhotoHow = {}): Promise<PhotoAdded> {
  try {
    return await sendPhoto(productId, file.name, new Uint8Array(await file.arrayBuffer()), how)
  } catch (thrown) {
    throw new FaultError(faultOf(thrown))
  }
}

/** Lays a dropped file ready for `matchStaged`, under its path below what was dropped. */
export async function stagePhoto(path: string, file: File): Promise<void> {
  try {
    await sendStaged(path, new Uint8Array(await file.arrayBuffer()))
  } catch (thrown) {
    throw new FaultError(faultOf(thrown))
  }
}

/** `file` is a picture that is not in the shop yet: a row's thumbnail. */
export function photoUrl(rendition: 'small' | 'large' | 'file', hash: string): string {
  return photoAddress(rendition, hash)
}

let told = false

/** Tells the host, once, that the first screen with data is on the glass. */
export function tellPainted(): void {
  if (told) return
  told = true
  requestAnimationFrame(() => requestAnimationFrame(() => void painted().catch(() => undefined)))
}
