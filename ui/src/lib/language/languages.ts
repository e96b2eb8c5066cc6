export const LANGUAGES = ['es', 'en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** What Intl is asked for: the shops' Spanish is Mexico's. */
export const LOCALE: Record<Language, string> = { es: 'es-MX', en: 'en', fr: 'fr' }

/** Each language's name in itself. */
export const NAME: Record<Language, string> = { es: 'Español', en: 'English', fr: 'Français' }

export function languageOf(text: string): Language {
  return LANGUAGES.find((language) => text.toLowerCase().startsWith(language)) ?? 'es'
}
