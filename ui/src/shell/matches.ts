/** Without accents, marks and capitals. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Whether every word that was typed begins somewhere in the text. */
export function matches(text: string, typed: string): boolean {
  const inside = plain(text)
  return plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
    .every(
      (word) =>
        inside.startsWith(word) || inside.includes(` ${word}`) || (word.length > 2 && inside.includes(word))
    )
}
