// Photos on their way into a piece: one after the other, each with its own fate.
import { addPhoto, faultOf, type Fault, type PhotoAdded } from '$lib/door'

export type Upload = {
  key: number
  name: string
  /** Address of the file itself, until the shop has its renditions. */
  preview: string
  state: 'queued' | 'working'
}

/** What stays to be read beside the strip until it is closed. */
export type PhotoWord = { key: number; name: string } & (
  { kind: 'failed'; fault: Fault; file: File } | { kind: 'duplicate' } | { kind: 'note'; note: string }
)

export class PhotoQueue {
  uploads = $state.raw<Upload[]>([])
  words = $state.raw<PhotoWord[]>([])
  /** Of the files given since the queue was last empty. */
  done = $state(0)
  count = $state(0)

  #next = 1
  #running: Promise<void> = Promise.resolve()
  readonly #productId: string
  readonly #added: (added: PhotoAdded) => void

  constructor(productId: string, added: (added: PhotoAdded) => void) {
    this.#productId = productId
    this.#added = added
  }

  add(files: File[]): void {
    if (this.uploads.length === 0) {
      this.done = 0
      this.count = 0
    }
    this.count += files.length
    for (const file of files) {
      const upload: Upload = {
        key: this.#next++,
        name: file.name,
        preview: URL.createObjectURL(file),
        state: 'queued'
      }
      this.uploads = [...this.uploads, upload]
      this.#running = this.#running.then(() => this.#send(upload, file))
    }
  }

  retry(word: PhotoWord): void {
    this.close(word.key)
    if (word.kind === 'failed') this.add([word.file])
  }

  close(key: number): void {
    this.words = this.words.filter((word) => word.key !== key)
  }

  async #send(upload: Upload, file: File): Promise<void> {
    this.uploads = this.uploads.map((one) =>
      one.key === upload.key ? { ...one, state: 'working' as const } : one
    )
    try {
      const added = await addPhoto(this.#productId, file)
      this.#added(added)
      if (added.duplicate) this.#say({ key: this.#next++, name: file.name, kind: 'duplicate' })
      for (const note of added.notes) this.#say({ key: this.#next++, name: file.name, kind: 'note', note })
    } catch (thrown) {
      this.#say({ key: this.#next++, name: file.name, kind: 'failed', fault: faultOf(thrown), file })
    } finally {
      this.done++
      this.uploads = this.uploads.filter((one) => one.key !== upload.key)
      URL.revokeObjectURL(upload.preview)
    }
  }

  #say(word: PhotoWord): void {
    this.words = [...this.words, word]
  }
}
