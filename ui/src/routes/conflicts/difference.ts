// Where two texts differ, word by word.

/** A stretch of one text. `place` counts the differences from 0; null where both say the same. */
export type Stretch = { text: string; place: number | null }

export type Difference = {
  mine: Stretch[]
  theirs: Stretch[]
  /** How many places differ. A place may be empty in one of the texts: there the other has more. */
  places: number
}

/** Above this many comparisons the middle is taken as one difference. */
const MOST = 4_000_000

/** Words, spaces and marks; what has no spaces between words goes letter by letter where it must. */
const tokens = (text: string): string[] => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? []

export function difference(mine: string, theirs: string): Difference {
  const a = tokens(mine)
  const b = tokens(theirs)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++

  const builder = new Builder()
  builder.same(a.slice(0, head))
  between(a.slice(head, a.length - tail), b.slice(head, b.length - tail), builder)
  builder.same(a.slice(a.length - tail))
  return builder.done()
}

/** The longest words that both have in the same order, by the usual table. */
function between(a: string[], b: string[], builder: Builder): void {
  if (a.length * b.length > MOST) {
    builder.differ(a, b)
    return
  }
  const width = b.length + 1
  const longest = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const left = a[i]
    const right = b[j]
    if (left !== undefined && left === right) {
      builder.same([left])
      i++
      j++
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      builder.differ([left], [])
      i++
    } else {
      builder.differ([], right === undefined ? [] : [right])
      j++
    }
  }
}

/** Gathers the stretches. A space alone between two differences belongs to them: it would only make them flicker. */
class Builder {
  readonly #parts: { same: boolean; mine: string; theirs: string }[] = []

  same(words: string[]): void {
    if (words.length === 0) return
    const text = words.join('')
    const last = this.#parts.at(-1)
    if (last?.same) {
      last.mine += text
      last.theirs += text
    } else this.#parts.push({ same: true, mine: text, theirs: text })
  }

  differ(mine: string[], theirs: string[]): void {
    let last = this.#parts.at(-1)
    const before = this.#parts.at(-2)
    if (last?.same && before && /^[^\S\n]+$/.test(last.mine)) {
      before.mine += last.mine
      before.theirs += last.theirs
      this.#parts.pop()
      last = before
    }
    if (last && !last.same) {
      last.mine += mine.join('')
      last.theirs += theirs.join('')
    } else this.#parts.push({ same: false, mine: mine.join(''), theirs: theirs.join('') })
  }

  done(): Difference {
    let places = 0
    const out: Difference = { mine: [], theirs: [], places: 0 }
    for (const { same, mine, theirs } of this.#parts) {
      const place = same ? null : places++
      out.mine.push({ text: mine, place })
      out.theirs.push({ text: theirs, place })
    }
    return { ...out, places }
  }
}
