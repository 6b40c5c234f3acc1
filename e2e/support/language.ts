import { overwriteGetLocale } from '../../src/i18n/paraglide/runtime.js'

export type Lang = 'en' | 'ja'

let language: Lang = 'en'
overwriteGetLocale(() => language)

export const spoken = (): Lang => language

/** From now on a test looks for the words of a page in this language. */
export function speak(lang: Lang): void {
  language = lang
}
