import type { Page } from '@playwright/test'

/**
 * Which of these texts the page's scripts still hold in memory after a garbage collection. Searches
 * the strings of a heap snapshot, and so does not see memory outside the JavaScript heap.
 */
export async function inMemory(page: Page, texts: readonly string[]): Promise<string[]> {
  const browser = await page.context().newCDPSession(page)
  let snapshot = ''
  browser.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    snapshot += chunk
  })
  await browser.send('HeapProfiler.collectGarbage')
  await browser.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await browser.detach()
  return texts.filter((text) => snapshot.includes(text))
}
