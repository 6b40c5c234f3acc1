/**
 * YAML as a tree whose nodes know their lines. Built from the parser's events, which is several
 * times faster than a document that could be written back.
 */
import { type Event, EVENT_ID as eventId, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml'

/** Any node; `line` is where it begins, of a block text where its first line stands. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping | YamlAlias

type Place = { readonly line: number }

/** A text, a number or nothing: all are what is written. */
export type YamlScalar = Place & {
  readonly kind: 'scalar'
  readonly text: string
  /** Behind `|`: each line of it is a line of the text. */
  readonly isLiteral: boolean
}

export type YamlSequence = Place & {
  readonly kind: 'sequence'
  /** As written, such as `!reference`. */
  readonly tag: string | undefined
  readonly items: YamlNode[]
}

export type YamlMapping = Place & {
  readonly kind: 'mapping'
  /** As written: keys may come twice. */
  readonly pairs: YamlPair[]
}

export type YamlPair = { readonly key: YamlNode; readonly value: YamlNode }

/** Stands for the node with the anchor `name`, wherever that is. */
export type YamlAlias = Place & { readonly kind: 'alias'; readonly name: string }

export type Yaml = {
  readonly root: YamlNode
  /** By anchor; of several nodes the last. */
  readonly anchored: ReadonlyMap<string, YamlNode>
}

/**
 * Reads a text of one document. YAML 1.2, with the types of scalars left alone; what aliases and
 * merge keys stand for is left to the caller. Never throws.
 * @param lines what each line of it counts as
 * @returns undefined for what is no YAML, holds several documents or none
 */
export function readYaml(text: string, lines: readonly number[]): Yaml | undefined {
  let events: Event[]
  try {
    events = parseEvents(text, {})
  } catch {
    return undefined
  }
  const builder = new Builder(text, lines)
  for (const event of events) builder.take(event)
  const { root, anchored, documents } = builder
  return root && documents === 1 ? { root, anchored } : undefined
}

type Open = YamlSequence | YamlMapping
/** Where the anchor of a node stands; less than 0 for none. */
type Anchor = { readonly anchorStart: number; readonly anchorEnd: number }

class Builder {
  root: YamlNode | undefined
  readonly anchored = new Map<string, YamlNode>()
  documents = 0
  private readonly text: string
  private readonly lines: readonly number[]
  private readonly open: { readonly node: Open | undefined; key: YamlNode | undefined }[] = []
  private line = 0
  private nextBreak: number

  constructor(text: string, lines: readonly number[]) {
    this.text = text
    this.lines = lines
    this.nextBreak = text.indexOf('\n')
  }

  take(event: Event): void {
    switch (event.type) {
      case eventId.DOCUMENT:
        this.documents++
        this.open.push({ node: undefined, key: undefined })
        break
      case eventId.POP:
        this.open.pop()
        break
      case eventId.ALIAS: {
        const name = this.text.slice(event.anchorStart, event.anchorEnd)
        this.add({ kind: 'alias', line: this.lineAt(event.anchorStart), name })
        break
      }
      case eventId.SCALAR: {
        const text = getScalarValue(this.text, event)
        const isLiteral = event.style === SCALAR_STYLE.LITERAL_BLOCK
        this.add({ kind: 'scalar', line: this.lineAt(event.valueStart), text, isLiteral }, event)
        break
      }
      case eventId.SEQUENCE: {
        const { start, tagStart, tagEnd } = event
        const tag = tagStart < 0 ? undefined : this.text.slice(tagStart, tagEnd)
        this.begin({ kind: 'sequence', line: this.lineAt(start), tag, items: [] }, event)
        break
      }
      case eventId.MAPPING:
        this.begin({ kind: 'mapping', line: this.lineAt(event.start), pairs: [] }, event)
        break
    }
  }

  private begin(node: Open, anchor: Anchor) {
    this.add(node, anchor)
    this.open.push({ node, key: undefined })
  }

  private add(node: YamlNode, anchor?: Anchor) {
    if (anchor && anchor.anchorStart >= 0) {
      this.anchored.set(this.text.slice(anchor.anchorStart, anchor.anchorEnd), node)
    }
    const parent = this.open.at(-1)
    if (!parent?.node) this.root = node
    else if (parent.node.kind === 'sequence') parent.node.items.push(node)
    else if (parent.key) {
      parent.node.pairs.push({ key: parent.key, value: node })
      parent.key = undefined
    } else parent.key = node
  }

  /** Events come in the order of the text; what has no text of its own stands where the last one did. */
  private lineAt(place: number): number {
    while (this.nextBreak >= 0 && this.nextBreak < place) {
      this.line++
      this.nextBreak = this.text.indexOf('\n', this.nextBreak + 1)
    }
    return this.lines[this.line] ?? this.lines.at(-1) ?? 0
  }
}
