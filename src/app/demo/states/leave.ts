/**
 * Lets the page's clock jump as it does while a computer sleeps: no timer runs meanwhile, and then the
 * page comes into sight again. Stands by itself, because Playwright sends its text into a page.
 * @param minutes for which nobody is there
 */
export function leave(minutes: number): void {
  const now = Date.now.bind(Date)
  Date.now = () => now() + minutes * 60_000
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}
