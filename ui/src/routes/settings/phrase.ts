// Whether a new passphrase will do, before it is sent. The shop checks it once more.

/** As the shop counts: letters, without what is around them, é as one. */
export const LEAST = 10

export type PhraseProblem =
  { field: 'field-phrase'; count: number } | { field: 'field-phrase-again'; count: 0 }

export function phraseProblem(phrase: string, again: string): PhraseProblem | null {
  const count = [...phrase.trim().normalize('NFC')].length
  if (count < LEAST) return { field: 'field-phrase', count }
  return phrase === again ? null : { field: 'field-phrase-again', count: 0 }
}
