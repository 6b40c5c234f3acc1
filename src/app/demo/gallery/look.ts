/** How the gallery draws its previews, as it stands in the gallery's address. */
import { type Locale, locales } from '../../../i18n/locale.ts'

/** What all previews have in common. */
export type PreviewLook = {
  readonly lang: Locale
  readonly theme: 'light' | 'dark'
  /** Of the window, in CSS pixels. */
  readonly width: number
  /** Of the text, in percent. */
  readonly text: 100 | 200
}

/** The look as an address says it; everything is a text, and may be missing. */
export type LookSearch = {
  readonly preview_lang?: string | undefined
  readonly preview_theme?: string | undefined
  readonly preview_width?: string | undefined
  readonly preview_text?: string | undefined
}

/** The widths that have a button of their own. */
export const usualWidths = [320, 768, 1280] as const

/** The widths that can be chosen, and the one that a choice of one's own begins with. */
export const widths = { least: 320, most: 2560, own: 1024 } as const

/**
 * The look that an address asks for. What it does not say, or says in a way that cannot be, is as the
 * gallery itself looks, in a window of 1280 pixels.
 */
export function lookOf(
  { preview_lang, preview_theme, preview_width, preview_text }: LookSearch,
  own: Pick<PreviewLook, 'lang' | 'theme'>,
): PreviewLook {
  const width = Math.round(Number(preview_width))
  return {
    lang: locales.find((locale) => locale === preview_lang) ?? own.lang,
    theme: preview_theme === 'light' || preview_theme === 'dark' ? preview_theme : own.theme,
    width: width >= widths.least && width <= widths.most ? width : 1280,
    text: preview_text === '200' ? 200 : 100,
  }
}

/** The height of a window of this width, in pixels: of a phone, a tablet, or a laptop. */
export function heightOf(width: number): number {
  if (width < 600) return Math.round((width * 16) / 9)
  return Math.round(width < 1000 ? (width * 4) / 3 : (width * 10) / 16)
}

/** Enlarges the text of a page as a browser's setting for text does. */
export function setTextSize({ documentElement }: Document, text: PreviewLook['text']): void {
  documentElement.style.fontSize = text === 100 ? '' : `${text}%`
}
