// A piece being written: every field keeps itself, a moment after the typing stops and on leaving it.
import { SvelteMap } from 'svelte/reactivity'
import { door, faultOf, type Fault, type FieldChange, type Product } from '$lib/door'
import { money } from '$lib/formatting/price'
import { locale } from '$lib/language/index.svelte'
import { currency } from '$lib/state/shop.svelte'
import { draftOf, isSame, partsOf, read, type Draft, type FieldName, type Problem } from './fields'
import { keepUnsaved, unsaved } from './unsaved'

const PAUSE_MS = 400

const FIELDS: FieldName[] = [
  'title', 'price', 'branch', 'technique', 'materials', 'maker', 'community', 'people', 'hours', 'story',
  'sku', 'category', 'weight_g', 'size_mm'
] // prettier-ignore

export class Editor {
  readonly id: string
  product = $state.raw<Product | null>(null)
  /** Why the piece cannot be shown. */
  fault = $state.raw<Fault | null>(null)
  /** Why the last saving failed. */
  notSaved = $state.raw<Fault | null>(null)
  draft = $state<Draft>({} as Draft)
  readonly problems = new SvelteMap<FieldName, Problem>()
  saving = $state(false)

  // Nothing on the screen follows it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #touched = new Set<FieldName>()
  #focused: FieldName | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(id: string) {
    this.id = id
  }

  get hasProblems(): boolean {
    return this.problems.size > 0
  }

  get unsavedWork(): boolean {
    return this.#touched.size > 0
  }

  async load(): Promise<void> {
    try {
      const product = await door.productGet(this.id)
      const first = this.product === null
      this.take(product)
      this.fault = null
      if (first) this.#recall()
    } catch (thrown) {
      this.fault = faultOf(thrown)
    }
  }

  /** What the shop has now. A field that is being written stays as it was typed. */
  take(product: Product): void {
    const fresh = draftOf(product, currency())
    const first = this.product === null
    this.product = product
    for (const field of FIELDS) {
      if (!first && (this.#touched.has(field) || this.#focused === field)) continue
      for (const part of partsOf(field)) this.draft[part] = fresh[part]
    }
  }

  /** Puts back what was typed before and could not be kept. */
  #recall(): void {
    const kept = unsaved(this.id)
    for (const field of FIELDS) {
      for (const part of partsOf(field)) {
        const text = kept[part]
        if (typeof text !== 'string') continue
        this.draft[part] = text
        this.#touched.add(field)
      }
      if (this.#touched.has(field)) this.#judge(field, true)
    }
  }

  edited(field: FieldName): void {
    this.#focused = field
    this.#touched.add(field)
    if (this.problems.has(field)) this.#judge(field, false)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), PAUSE_MS)
  }

  async left(field: FieldName): Promise<void> {
    if (this.#focused === field) this.#focused = null
    if (this.#touched.has(field)) await this.save(field)
  }

  /** Says or takes back what is wrong with a field; gives its change when it has one. */
  #judge(field: FieldName, leaving: boolean): FieldChange | null {
    const reading = read(field, this.draft, currency(), (minor) => money(minor, currency(), locale()))
    if (reading.kind === 'change') {
      this.problems.delete(field)
      return reading.change
    }
    if (reading.kind === 'problem') this.problems.set(field, reading.problem)
    else if (leaving) this.problems.set(field, { key: 'problem.size_incomplete', params: {} })
    else this.problems.delete(field)
    return null
  }

  /** Keeps everything that can be kept. One saving at a time, in the order of the typing. */
  save(leaving: FieldName | null = null): Promise<void> {
    clearTimeout(this.#timer)
    this.#running = this.#running.then(() => this.#saveNow(leaving))
    return this.#running
  }

  async #saveNow(leaving: FieldName | null): Promise<void> {
    const product = this.product
    if (!product) return
    const changes: FieldChange[] = []
    const taken: FieldName[] = []
    for (const field of [...this.#touched]) {
      const change = this.#judge(field, leaving === field)
      if (!change) continue
      this.#touched.delete(field)
      taken.push(field)
      if (!isSame(change, product)) changes.push(change)
    }
    this.#keepUnsaved()
    if (changes.length === 0) {
      if (taken.length > 0) this.take(product)
      return
    }
    this.saving = true
    try {
      this.take(await door.productEdit(this.id, changes))
      this.notSaved = null
    } catch (thrown) {
      taken.forEach((field) => this.#touched.add(field))
      this.notSaved = faultOf(thrown)
    } finally {
      this.saving = false
      this.#keepUnsaved()
    }
  }

  #keepUnsaved(): void {
    const parts: Partial<Draft> = {}
    for (const field of this.#touched) for (const part of partsOf(field)) parts[part] = this.draft[part]
    keepUnsaved(this.id, parts)
  }

  /** Leaving the screen: what can be kept is kept, the rest is remembered. */
  leave(): void {
    this.#focused = null
    if (this.#touched.size > 0) void this.save()
    else clearTimeout(this.#timer)
  }
}
