import type { Page } from '@playwright/test'

/**
 * Which of these texts the scripts of a page still hold, after what nobody holds has been collected.
 * Looks at the strings of a heap snapshot, so it does not see what the browser keeps outside of it.
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
