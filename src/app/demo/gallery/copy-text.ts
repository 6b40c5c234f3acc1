/** What the gallery hands out: addresses, lines of tests, and notes. */
import { m } from '../../../i18n/paraglide/messages.js'
import { notify } from '../../../ui/toasts.ts'

/** The line with which a Playwright test opens a state, by the fixture `panel` of `kit/test.ts`. */
export const testLineOf = (state: string): string => `await panel.openState('${state}')`

/**
 * Copies a text and says so; where the browser forbids it, shows the text, to be copied by hand.
 * @param done by default shows what was copied
 */
export async function copyText(
  text: string,
  done = () => m.demo_gallery_copied({ text }),
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notify(done)
  } catch {
    notify(() => m.demo_gallery_copy_refused({ text }), { variant: 'danger' })
  }
}
