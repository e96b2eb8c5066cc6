// The words of the window by language, and how parameters get into them.
import { IntlMessageFormat } from 'intl-messageformat'
import en from '../../../messages/en.json'
import es from '../../../messages/es.json'
import fr from '../../../messages/fr.json'
import { LOCALE, type Language } from './languages'

export type MessageKey = keyof typeof es
export type Params = Record<string, string | number>

const WORDS: Record<Language, Record<MessageKey, string>> = { es, en, fr }

const ready = new Map<string, IntlMessageFormat>()

export function isKey(key: string): key is MessageKey {
  return key in es
}

/** The words of `key` in `language`. ICU MessageFormat; tags are letters like any other. */
export function words(language: Language, key: MessageKey, params?: Params): string {
  const name = `${language} ${key}`
  let format = ready.get(name)
  if (!format) {
    format = new IntlMessageFormat(WORDS[language][key], LOCALE[language], undefined, { ignoreTag: true })
    ready.set(name, format)
  }
  return String(format.format(params))
}
