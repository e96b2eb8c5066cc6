// Which part of a long grid is on the screen. Lengths are in CSS pixels.

export type Measures = {
  /** Width of the grid. */
  width: number
  gap: number
  /** A card is at least this wide. */
  cardWidth: number
  /** Height of a card without its picture. */
  textHeight: number
  /** Height of the picture for a width of 1. */
  aspect: number
}

export type Layout = { columns: number; columnWidth: number; cardHeight: number; rowHeight: number }

export function layout({ width, gap, cardWidth, textHeight, aspect }: Measures): Layout {
  const columns = Math.max(1, Math.floor((width + gap) / (cardWidth + gap)))
  const columnWidth = Math.max(0, (width - gap * (columns - 1)) / columns)
  const cardHeight = Math.round(columnWidth * aspect + textHeight)
  return { columns, columnWidth, cardHeight, rowHeight: cardHeight + gap }
}

export type Span = { first: number; end: number }

/**
 * The items `[first, end)` to draw when `scrolled` pixels of the grid are above the window's edge and
 * `height` are seen; `spare` rows more on both sides, so that fast scrolling meets no gap.
 */
export function visible(
  total: number,
  { columns, rowHeight }: Layout,
  scrolled: number,
  height: number,
  spare = 2
): Span {
  if (total <= 0 || rowHeight <= 0) return { first: 0, end: 0 }
  const rows = Math.ceil(total / columns)
  const top = Math.min(rows - 1, Math.max(0, Math.floor(scrolled / rowHeight) - spare))
  const bottom = Math.min(rows, Math.max(top + 1, Math.ceil((scrolled + height) / rowHeight) + spare))
  return { first: top * columns, end: Math.min(total, bottom * columns) }
}

export function totalHeight(total: number, { columns, rowHeight }: Layout, gap: number): number {
  const rows = Math.ceil(total / columns)
  return rows === 0 ? 0 : rows * rowHeight - gap
}

/** Where an arrow key leads from `index`; itself when it leads out of the grid. */
export function neighbour(index: number, key: string, total: number, columns: number): number {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key]
  if (key === 'Home') return 0
  if (key === 'End') return Math.max(0, total - 1)
  if (step === undefined) return index
  const next = index + step
  return next >= 0 && next < total ? next : index
}
