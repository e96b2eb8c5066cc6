// A folder of photos and the pieces they are given to. One for the window's life: it goes on while one is
// elsewhere, and coming back finds it as it was.
import {
  door,
  faultOf,
  onMatchChanged,
  type Fault,
  type MatchChange,
  type MatchPiece,
  type MatchRow,
  type MatchTable,
  type MatchTaking,
  type PhotoSource
} from '$lib/door'
import { byId, changed, tally } from './groups'
import { Staging, type StagedFile } from './staging.svelte'

class Matching {
  sources = $state.raw<PhotoSource[] | null>(null)
  /** Null until a folder is opened. */
  rows = $state.raw<MatchRow[] | null>(null)
  /** The folder's; empty of what was dropped. */
  name = $state('')
  /** Pictures that were not looked into yet for a card. */
  reading = $state(0)
  taking = $state.raw<MatchTaking | null>(null)
  /** Something was put, and it is over. */
  finished = $state(false)
  /** Another folder is being chosen; the open one waits. */
  choosing = $state(false)
  /** A folder is being opened. */
  opening = $state(false)
  fault = $state.raw<Fault | null>(null)
  staging = $state.raw<Staging | null>(null)
  /** Of what was dropped last, how many could not be read. */
  lost = $state(0)
  pieces = $state.raw<ReadonlyMap<string, MatchPiece>>(byId([]))

  #following = false
  #told: MatchChange[] = []
  #begun = false
  #again: (() => Promise<void>) | null = null

  async look(): Promise<void> {
    this.fault = null
    this.#again = () => this.look()
    try {
      this.sources = await door.matchSources()
    } catch (thrown) {
      this.fault = faultOf(thrown)
    }
  }

  open = (path: string): Promise<void> => this.#open(() => door.matchOpen(path))

  pick = (): Promise<void> => this.#open(() => door.matchPick())

  /** Brings what was dropped into the shop's reach, then reads it as a folder. */
  async stage(files: StagedFile[]): Promise<void> {
    if (files.length === 0 || this.staging || this.taking) return
    const staging = new Staging(files)
    this.staging = staging
    this.fault = null
    // The backend lays them down where the table before was.
    this.rows = null
    try {
      const whole = await staging.run()
      this.lost = staging.lost
      if (whole) await this.#open(() => door.matchStaged())
      else await door.matchClose()
    } catch (thrown) {
      this.fault = faultOf(thrown)
      this.#again = () => this.stage(files)
      await door.matchClose().catch(() => null)
    } finally {
      this.staging = null
    }
  }

  /** Does again what did not work. */
  retry = (): void => void this.#again?.()

  async assign(paths: string[], productId: string | null): Promise<void> {
    // An undo may come when the table is closed or its photos are being put.
    if (!this.rows || this.taking || paths.length === 0) return
    const table = await door.matchAssign(paths, productId)
    // What was told of other photos meanwhile is newer than this answer.
    const moved = (row: MatchRow) => paths.includes(row.path)
    this.#told = this.#told.map((told) => ({ ...told, rows: told.rows.filter((row) => !moved(row)) }))
    this.#set(table)
  }

  async take(): Promise<void> {
    this.finished = false
    this.#begun = false
    this.taking = { done: 0, count: tally(this.rows ?? []).photos }
    try {
      await door.matchTake()
    } catch (thrown) {
      this.taking = null
      throw thrown
    }
  }

  stop = (): Promise<null> => door.matchStop()

  /** To another folder: this one is forgotten when nothing in it waits, otherwise it can be gone on with. */
  async another(): Promise<void> {
    if (this.rows && tally(this.rows).photos > 0) {
      this.choosing = true
      return
    }
    await door.matchClose()
    this.rows = null
  }

  /** Something was given by hand and is not in its piece yet: what is dropped must not take its place. */
  get unfinished(): boolean {
    return this.rows?.some((row) => row.by === 'hand' && row.state === 'waiting') ?? false
  }

  async #open(ask: () => Promise<MatchTable | null>): Promise<void> {
    this.opening = true
    this.fault = null
    this.#again = () => this.#open(ask)
    this.#told = []
    this.#follow()
    try {
      const pieces = await door.matchPieces()
      const table = await ask()
      if (!table) return
      this.pieces = byId(pieces)
      this.finished = false
      this.choosing = false
      this.taking = null
      this.#set(table)
    } catch (thrown) {
      this.fault = faultOf(thrown)
    } finally {
      this.opening = false
    }
    // Told of the table before its answer was here.
    this.#draw()
  }

  #follow(): void {
    if (!this.#following) onMatchChanged((change) => this.#hear(change))
    this.#following = true
  }

  #set(table: MatchTable): void {
    this.name = table.name
    this.rows = table.rows
    this.reading = table.reading
    if (this.taking === null || table.taking) this.taking = table.taking
  }

  /** Thousands of photos tell thousands of changes; the table is drawn once a frame. */
  #hear(change: MatchChange): void {
    this.#told.push(change)
    if (this.#told.length === 1 && !this.opening) requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    if (this.opening) return
    const told = this.#told
    this.#told = []
    const last = told.at(-1)
    if (!last || !this.rows) return
    const rows = told.flatMap((change) => change.rows)
    if (rows.length > 0) this.rows = changed(this.rows, rows)
    this.reading = last.reading
    this.#begun ||= told.some((change) => change.taking !== null)
    if (last.taking) this.taking = last.taking
    else if (this.taking && (this.#begun || this.#nothingWaits())) {
      this.taking = null
      this.finished = true
    }
  }

  #nothingWaits(): boolean {
    return !this.rows?.some((row) => row.product_id !== null && !row.card && row.state === 'waiting')
  }
}

export const matching = new Matching()
