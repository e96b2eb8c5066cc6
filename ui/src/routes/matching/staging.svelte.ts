// Dropped files on their way to the shop: a few at a time, so that thousands fit through.
import { faultOf, stagePhoto } from '$lib/door'

export type StagedFile = { file: File; path: string }

const AT_ONCE = 3

/** Files that come from two folders may be called alike; each has its own place. */
export function distinct(files: readonly StagedFile[]): StagedFile[] {
  const times: Record<string, number> = {}
  return files.map(({ file, path }) => {
    const before = times[path] ?? 0
    times[path] = before + 1
    return { file, path: before === 0 ? path : `${before + 1}/${path}` }
  })
}

export class Staging {
  done = $state(0)
  /** Files that could not be read; the others go on without them. */
  lost = $state(0)
  readonly count: number

  #files: StagedFile[]
  #cancelled = false

  constructor(files: StagedFile[]) {
    this.#files = distinct(files)
    this.count = files.length
  }

  /** True once all that can be read is there, false when it was cancelled. Throws what stops all of them. */
  async run(): Promise<boolean> {
    let next = 0
    const lane = async () => {
      while (next < this.#files.length && !this.#cancelled) {
        const one = this.#files[next++]
        if (one) await this.#send(one)
      }
    }
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
    } catch (thrown) {
      this.#cancelled = true
      throw thrown
    }
    return !this.#cancelled
  }

  cancel(): void {
    this.#cancelled = true
  }

  async #send({ path, file }: StagedFile): Promise<void> {
    try {
      await stagePhoto(path, file)
      this.done++
    } catch (thrown) {
      const { code } = faultOf(thrown)
      // About this file alone: gone meanwhile, unreadable, no photo.
      if (code !== 'internal' && code !== 'not_found' && !code.startsWith('photo_')) throw thrown
      this.lost++
    }
  }
}
