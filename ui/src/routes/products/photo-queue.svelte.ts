// Photos on their way into a piece: one after the other, each with its own fate.
import { addPhoto, faultOf, type Fault, type PhotoAdded, type PhotoHow, type SimilarPhoto } from '$lib/door'

export type Upload = {
  key: number
  name: string
  /** Address of the file itself, until the shop has its renditions. */
  preview: string
  state: 'queued' | 'working'
}

/** What stays to be read beside the strip until it is closed. */
export type PhotoWord = { key: number; name: string } & (
  | { kind: 'failed'; fault: Fault; file: File; how: PhotoHow }
  | { kind: 'duplicate' }
  | { kind: 'note'; note: string }
  | { kind: 'similar'; similar: SimilarPhoto; hash: string }
  /** The piece takes no more; so many were not tried. */
  | { kind: 'full'; left: number }
  | { kind: 'stopped'; left: number }
)

type Said = PhotoWord extends infer Word ? (Word extends unknown ? Omit<Word, 'key'> : never) : never
type Waiting = { key: number; file: File; how: PhotoHow }

/** Of those that wait only so many are drawn: a picture of each of thousands would fill the memory. */
const SHOWN = 12

export class PhotoQueue {
  /** The photo that is worked on and the next ones. */
  uploads = $state.raw<Upload[]>([])
  words = $state.raw<PhotoWord[]>([])
  /** Of the files given since the queue was last empty. */
  done = $state(0)
  count = $state(0)
  /** Waiting beyond `uploads`. */
  more = $state(0)

  #next = 1
  #waiting: Waiting[] = []
  /** Before it all were taken out: taking the first of thousands from a list moves all others. */
  #head = 0
  #running = false
  readonly #productId: string
  readonly #added: (added: PhotoAdded) => void

  constructor(productId: string, added: (added: PhotoAdded) => void) {
    this.#productId = productId
    this.#added = added
  }

  get busy(): boolean {
    return this.uploads.length > 0
  }

  add(files: File[], how: PhotoHow = {}): void {
    if (!this.busy) {
      this.done = 0
      this.count = 0
    }
    this.count += files.length
    for (const file of files) this.#waiting.push({ key: this.#next++, file, how })
    this.#show()
    if (!this.#running) void this.#run()
  }

  retry(word: PhotoWord, how: PhotoHow = {}): void {
    this.close(word.key)
    if (word.kind === 'failed') this.add([word.file], { ...word.how, ...how })
  }

  close(key: number): void {
    this.words = this.words.filter((word) => word.key !== key)
  }

  closeAll(): void {
    this.words = []
  }

  /** The photo that is worked on is finished; those that wait are let go, which is said. */
  stop(): void {
    const left = this.#letGo()
    if (left > 0) this.#say({ kind: 'stopped', name: '', left })
  }

  async #run(): Promise<void> {
    this.#running = true
    for (let next = this.#waiting[this.#head]; next; next = this.#waiting[this.#head]) {
      await this.#send(next)
      this.done++
      this.#head++
      this.#show()
    }
    this.#waiting = []
    this.#head = 0
    this.#running = false
  }

  async #send({ file, how }: Waiting): Promise<void> {
    const { name } = file
    try {
      const added = await addPhoto(this.#productId, file, how)
      this.#added(added)
      if (added.duplicate) this.#say({ kind: 'duplicate', name })
      for (const note of added.notes) this.#say({ kind: 'note', name, note })
      if (added.similar) this.#say({ kind: 'similar', name, similar: added.similar, hash: added.hash })
    } catch (thrown) {
      const fault = faultOf(thrown)
      if (fault.code === 'too_many_photos') this.#say({ kind: 'full', name, left: this.#letGo() + 1 })
      else this.#say({ kind: 'failed', name, fault, file, how })
    }
  }

  /** Forgets all but the one that is worked on; how many those were. */
  #letGo(): number {
    const left = Math.max(0, this.#waiting.length - this.#head - 1)
    this.#waiting.length -= left
    this.count -= left
    this.#show()
    return left
  }

  /** Draws the next ones; the pictures of those that went are given back. */
  #show(): void {
    const next = this.#waiting.slice(this.#head, this.#head + SHOWN)
    const before = this.uploads
    for (const { key, preview } of before) {
      if (!next.some((one) => one.key === key)) URL.revokeObjectURL(preview)
    }
    this.uploads = next.map(({ key, file }, index) => ({
      key,
      name: file.name,
      preview: before.find((one) => one.key === key)?.preview ?? URL.createObjectURL(file),
      state: index === 0 ? ('working' as const) : ('queued' as const)
    }))
    this.more = Math.max(0, this.#waiting.length - this.#head - SHOWN)
  }

  #say(word: Said): void {
    this.words = [...this.words, { ...word, key: this.#next++ }]
  }
}
