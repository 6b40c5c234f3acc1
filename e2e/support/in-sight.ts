import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/**
 * Expects an element to be completely visible: inside the window and not covered. An element below
 * the fold, or behind another one, tells the user nothing.
 */
export async function expectInSight(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeVisible()
  await expect(async () => {
    const box = await place.boundingBox()
    const window = page.viewportSize()
    if (!box || !window) throw new Error('no place to look at')
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.y).toBeGreaterThanOrEqual(0)
    // Browsers scroll by whole pixels.
    expect(box.x + box.width).toBeLessThan(window.width + 1)
    expect(box.y + box.height).toBeLessThan(window.height + 1)
    const corners = [
      [box.x + box.width / 2, box.y + 6],
      [box.x + box.width / 2, box.y + box.height - 6],
    ] as const
    for (const corner of corners) {
      const seen = await place.evaluate(
        (element, [x, y]) => element.contains(document.elementFromPoint(x, y)),
        corner,
      )
      expect(seen, 'nothing lies above it').toBe(true)
    }
  }).toPass({ timeout: 5_000 })
}
