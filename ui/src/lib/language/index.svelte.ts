// The language that is spoken now; whatever reads it through these functions follows a change at once.
import { isKey, words, type MessageKey, type Params } from './catalogue'
import { LOCALE, languageOf, type Language } from './languages'

export type { MessageKey, Params } from './catalogue'
export { LANGUAGES, NAME, type Language } from './languages'

let spoken = $state<Language>(languageOf(globalThis.navigator?.language ?? 'es'))

export function speak(language: string): void {
  spoken = languageOf(language)
  document.documentElement.lang = spoken
}

export const language = (): Language => spoken

export const locale = (): string => LOCALE[spoken]

export const t = (key: MessageKey, params?: Params): string => words(spoken, key, params)

/** Words for a key that came from elsewhere, such as a code; `otherwise` when there are none. */
export const tOr = (key: string, otherwise: MessageKey, params?: Params): string =>
  words(spoken, isKey(key) ? key : otherwise, params)

export const knows = (key: string): boolean => isKey(key)
