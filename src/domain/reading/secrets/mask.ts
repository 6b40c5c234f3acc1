/** Hides the secrets in a text before it is shown, stored or shared. */
import { hideCommands } from './commands.ts'
import { type Hide, hideForms, prefixesIn } from './forms.ts'
import { hideNamed } from './named.ts'
import { hidePlaces } from './places.ts'
import { hideRandomWords } from './random-words.ts'
import { plainView } from './view.ts'

/** Stands for each hidden character; means nothing in YAML, shell and addresses. */
const dot = '•'

/** Characters that somebody types behind a secret that is already hidden. */
const typedOn = /•[\w.=+/~-]+/g

/**
 * Puts dots in place of secrets, which it finds by their names, by their places and by their forms: the
 * tables are in the files beside this one. Variables such as `$CI_JOB_TOKEN` stay, for they are no
 * secret, and so does what says whose token it is, such as `glpat-`. Masking again changes nothing,
 * and lines and their lengths stay as they are. The time is proportional to the length of the text.
 */
export function mask(text: string): string {
  // What was pasted is masked first, and then read, which masks what it is given: of a megabyte of CI
  // configuration the second time takes 0.2 ms instead of some 100.
  if (text === lastMasked) return text
  let shown = text
  // A hidden secret can end a value that seemed longer before, so mask again until nothing changes.
  // No text needs more than six rounds.
  for (let round = 0; round < 6; round++) {
    const next = once(shown)
    if (next === shown) break
    shown = next
  }
  lastMasked = shown
  return shown
}

/** It holds no secrets. */
let lastMasked: string | undefined

function once(text: string): string {
  const marks = new Uint8Array(text.length)
  let isMarked = false
  const hide: Hide = (start, end) => {
    if (end <= start) return
    isMarked = true
    marks.fill(1, start, end)
  }
  hideKnown(text, hide)
  // The same text as it is meant: without colours in words, `%3A` for a colon.
  const view = plainView(text)
  if (view) {
    const hideMeant: Hide = (start, end) => {
      for (let i = start; i < end; i++) hide(view.starts[i] as number, view.ends[i] as number)
    }
    hideKnown(view.text, hideMeant)
    hideRandomWords(view.text, hideMeant)
  } else hideRandomWords(text, hide)
  for (const { 0: found, index } of text.matchAll(typedOn)) hide(index, index + found.length)
  if (!isMarked) return text
  // They say whose token it is, which the reader asks.
  for (const { start, end } of prefixesIn(text)) marks.fill(0, start, end)
  if (view) {
    for (const { start, end } of prefixesIn(view.text)) {
      marks.fill(0, view.starts[start], view.ends[end - 1])
    }
  }
  return dotted(text, marks)
}

function hideKnown(text: string, hide: Hide) {
  hideForms(text, hide)
  hideNamed(text, hide)
  hidePlaces(text, hide)
  hideCommands(text, hide)
}

/** The text of a line without what it is indented by. */
const solid = /\S+(?:[ \t]+\S+)*/g
const hidden = (secret: string) => dot.repeat(secret.length)

function dotted(text: string, marks: Uint8Array): string {
  const parts: string[] = []
  let shownFrom = 0
  for (let at = marks.indexOf(1); at >= 0; at = marks.indexOf(1, shownFrom)) {
    const end = marks.indexOf(0, at)
    const to = end < 0 ? text.length : end
    parts.push(text.slice(shownFrom, at), text.slice(at, to).replace(solid, hidden))
    shownFrom = to
  }
  return parts.join('') + text.slice(shownFrom)
}
