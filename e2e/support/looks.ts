import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { RunOptions } from 'axe-core'
import english from '../../src/i18n/messages/en.json' with { type: 'json' }
import japanese from '../../src/i18n/messages/ja.json' with { type: 'json' }
import { spoken } from './language.ts'

/** Checks of the current page. Each returns its findings as texts. */

declare global {
  /** Loaded into the page by `scan`. */
  var axe: typeof import('axe-core')
}

/** The minified script: half the size of the package's export. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

const standard: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** Rules about colours. They do not depend on the language, and take the longest. */
const colours = ['color-contrast', 'link-in-text-block']
const withoutColours: RunOptions = {
  ...standard,
  rules: Object.fromEntries(colours.map((rule) => [rule, { enabled: false }])),
}

/**
 * Accessibility barriers. In Japanese, checks of colours and sizes are not repeated.
 * @param looks.dark whether the colours of the dark theme are checked, too
 */
export async function barriers(page: Page, { dark: inTheDark = true } = {}): Promise<string[]> {
  if (spoken() === 'ja') return scan(page, withoutColours)
  const found = [...(await scan(page, standard)), ...(await smallTargets(page))]
  if (!inTheDark) return found
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await scan(page, { runOnly: colours })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...found, ...dark.map((problem) => `in the dark: ${problem}`)]
}

/** Scans the topmost dialog, or the page if none is open: the page was scanned before. */
async function scan(page: Page, options: RunOptions): Promise<string[]> {
  // Once per page: parsing the script takes longer than most scans.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  // axe ignores inert content: wait until the page behind a closed dialog is active.
  await page.waitForFunction(
    () => document.querySelector('dialog') || !document.querySelector('#root[inert]'),
  )
  return page.evaluate(
    async (options) => {
      const place = document.querySelector('dialog') ? 'dialog' : 'html'
      const { passes, violations, incomplete } = await axe.run(place, options)
      // A rule that ended with an error has checked nothing.
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

/** Controls smaller than 24 by 24 pixels. axe measures links in texts and tables itself. */
export const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const top = [...document.querySelectorAll('dialog')].at(-1) ?? document.body
    const controls = top.querySelectorAll(
      'button, select, input, textarea, summary, [role="option"], a[data-variant]',
    )
    const labels = [...top.querySelectorAll('label')]
    return [...controls].flatMap((control) => {
      // A button in running text is as high as its line, which WCAG 2.5.8 allows.
      if (control.matches('button[data-variant="link"]')) return []
      // Pressing a label also activates its control.
      const parts = [control, ...labels.filter((label) => label.control === control)]
      const boxes = parts.map((part) => part.getBoundingClientRect()).filter((box) => box.width > 0)
      if (boxes.length === 0) return []
      const wide = Math.max(...boxes.map(({ width }) => width))
      const high = Math.max(...boxes.map(({ height }) => height))
      return wide < 24 || high < 24 ? [`${wide} × ${high}: ${control.outerHTML}`] : []
    })
  })

/**
 * Finds horizontal overflow of the page, horizontal scrolling in dialogs, and ends of the topmost
 * dialog that cannot be scrolled into the window.
 */
export const outOfSight = (page: Page) =>
  page.evaluate(() => {
    const root = document.documentElement
    const found = root.scrollWidth > root.clientWidth ? [`page ${root.scrollWidth}`] : []
    const dialogs = [...document.querySelectorAll('dialog')]
    for (const part of dialogs.flatMap((dialog) => [dialog, ...dialog.querySelectorAll('*')])) {
      // Pasted code keeps its lines, as in an editor.
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

/** A pattern that matches a message on the page with any values for its parameters. */
const shapeOf = (form: string) =>
  new RegExp(
    `^${form
      .split(/\{\w+\}/)
      .map(literally)
      .join('.+')}$`,
  )

/** The English messages that contain words and differ from the Japanese ones. */
const leftovers = Object.entries(english as Catalogue)
  .filter(([key]) => key !== '$schema')
  .flatMap(([key, message]) => {
    const there = formsOf((japanese as Catalogue)[key])
    return formsOf(message).filter(
      (form) => !there.includes(form) && /[a-z]{3}/i.test(form.replace(/\{\w+\}/g, '')),
    )
  })
  .map(shapeOf)

/** English texts on a Japanese page, in visible text and in accessible names. */
export async function leftInEnglish(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const texts = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      // Quotations, names and paths are not translated; scripts contain no text.
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
