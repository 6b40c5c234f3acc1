import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { RunOptions } from 'axe-core'
import english from '../../src/i18n/messages/en.json' with { type: 'json' }
import japanese from '../../src/i18n/messages/ja.json' with { type: 'json' }
import { spoken } from './language.ts'

/**
 * What can be wrong with whatever stands open: each function looks at the page as it is and returns
 * what it found, in words.
 */

/** Half as long to read as what the package exports. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

const standard: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** Rules about colours: they do not depend on the language, and take longest. */
const colours = ['color-contrast', 'link-in-text-block']
const withoutColours: RunOptions = {
  ...standard,
  rules: Object.fromEntries(colours.map((rule) => [rule, { enabled: false }])),
}

/** What is wrong for those who see, point or hear otherwise. A theme differs by its colours alone. */
export async function barriers(page: Page): Promise<string[]> {
  if (spoken() === 'ja') return scan(page, withoutColours)
  const found = [...(await scan(page, standard)), ...(await smallTargets(page))]
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await scan(page, { runOnly: colours })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...found, ...dark.map((problem) => `in the dark: ${problem}`)]
}

/** What lies behind a dialog was looked at before it opened. */
async function scan(page: Page, options: RunOptions): Promise<string[]> {
  // Once per page: to read it takes longer than many a scan.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  // What is not within reach does not count for axe: a page just uncovered.
  await page.waitForFunction(
    () => document.querySelector('dialog') || !document.querySelector('#root[inert]'),
  )
  return page.evaluate(
    async (options) => {
      // The page's copy, of which the types of a window know nothing.
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      const place = document.querySelector('dialog') ? 'dialog' : 'html'
      const { passes, violations, incomplete } = await axe.run(place, options)
      // A rule that broke off has looked at nothing.
      const errors = incomplete.flatMap((rule) => ('error' in rule ? [JSON.stringify(rule)] : []))
      if (passes.length + violations.length + errors.length === 0)
        return ['axe found nothing to look at']
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      )
      return [...errors, ...found]
    },
    { ...options, resultTypes: ['violations'], selectors: false } satisfies RunOptions,
  )
}

/** Controls that are smaller than 24 by 24 pixels. Links in a text or table are axe's to measure. */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const top = [...document.querySelectorAll('dialog')].at(-1) ?? document.body
    const controls = top.querySelectorAll(
      'button, select, input, textarea, summary, [role="option"], a[data-variant]',
    )
    return [...controls].flatMap((control) => {
      // A button in running text is as high as its line: WCAG 2.5.8 lets it be.
      if (control.matches('button[data-variant="link"]')) return []
      // A label belongs to its target.
      const parts = [control, ...((control as HTMLInputElement).labels ?? [])]
      const boxes = parts.map((part) => part.getBoundingClientRect()).filter((box) => box.width > 0)
      if (boxes.length === 0) return []
      const wide = Math.max(...boxes.map(({ width }) => width))
      const high = Math.max(...boxes.map(({ height }) => height))
      return wide < 24 || high < 24 ? [`${wide} × ${high}: ${control.outerHTML}`] : []
    })
  })

/**
 * What sticks out of the window to the side, what scrolls sideways in a dialog, and which ends of
 * the topmost dialog cannot be brought into the window.
 */
export const outOfSight = (page: Page) =>
  page.evaluate(() => {
    const root = document.documentElement
    const found = root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth}`] : []
    const dialogs = [...document.querySelectorAll('dialog')]
    for (const part of dialogs.flatMap((dialog) => [dialog, ...dialog.querySelectorAll('*')])) {
      // Code that was pasted keeps its lines, as in an editor.
      if (part.matches('textarea') || part.scrollWidth <= part.clientWidth + 1) continue
      const { overflowX } = getComputedStyle(part)
      if (/auto|scroll/.test(overflowX)) found.push(`dialog ${part.className}`)
    }
    const top = dialogs.at(-1)
    const buttons = top ? [...top.querySelectorAll('button')] : []
    for (const part of [top, buttons[0], buttons.at(-1)]) {
      if (!part) continue
      part.scrollIntoView({ block: 'nearest' })
      const { left, top, right, bottom } = part.getBoundingClientRect()
      const fits =
        left >= 0 && top >= 0 && right <= window.innerWidth && bottom <= window.innerHeight
      if (!fits) found.push(`out of reach at ${left} ${top} ${right} ${bottom}: ${part.outerHTML}`)
    }
    return found
  })

type Catalogue = Readonly<Record<string, unknown>>

/** The texts of a message: one, or one per plural form. */
function formsOf(message: unknown): string[] {
  if (typeof message === 'string') return [message]
  if (!Array.isArray(message)) return []
  return message.flatMap(({ match }) => Object.values<string>(match))
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a message looks like on a page, whatever stands in its gaps. */
const shapeOf = (form: string) =>
  new RegExp(
    `^${form
      .split(/\{\w+\}/)
      .map(literally)
      .join('.+')}$`,
  )

/** The English messages that read differently in Japanese, and have words of their own. */
const leftovers = Object.entries(english as Catalogue)
  .filter(([key]) => key !== '$schema')
  .flatMap(([key, message]) => {
    const there = formsOf((japanese as Catalogue)[key])
    return formsOf(message).filter(
      (form) => !there.includes(form) && /[a-z]{3}/i.test(form.replace(/\{\w+\}/g, '')),
    )
  })
  .map(shapeOf)

/** What a page in Japanese says in English: what is read, and what is read out. */
export async function leftInEnglish(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const texts = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      // Quotations, names and paths stay as they are; a script is no text.
      if (parentElement?.closest('[lang="en"], bdi, script, style')) continue
      texts.push(textContent ?? '')
    }
    for (const element of document.body.querySelectorAll('*')) {
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
        texts.push(element.getAttribute(name) ?? '')
      }
    }
    return texts.map((text) => text.trim()).filter(Boolean)
  })
  if (texts.length <= 10) return [`only ${texts.length} texts to look at`]
  return texts.filter((text) => leftovers.some((shape) => shape.test(text)))
}
