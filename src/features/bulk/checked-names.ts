import type { Target } from '../../domain/allowlist.ts'
import { judgeNames, type PastedName, type Verdict } from '../../domain/many-lines.ts'
import type { Resolution } from '../target-picker/resolve.ts'

/** A name of a pasted text, and what is to become of it. */
export type CheckedName = {
  readonly name: PastedName
  /** What it names, where that is known. */
  readonly target: Target | undefined
  readonly outcome: Verdict | { readonly kind: 'unresolved'; readonly resolution: Resolution }
}

/** The names that were looked up, with their outcomes, in the order of the text. */
export function checkedNames(
  names: readonly PastedName[],
  found: ReadonlyMap<string, Resolution>,
  list: Parameters<typeof judgeNames>[1],
): CheckedName[] {
  const named = names.flatMap((name) => {
    const resolution = found.get(name.text)
    return resolution?.state === 'found' ? [{ name, target: resolution.target }] : []
  })
  const verdicts = judgeNames(named, list)
  const judged = new Map(
    named.map(({ name, target }, at) => [name, { target, outcome: verdicts[at] }]),
  )
  return names.flatMap((name): CheckedName[] => {
    const { target, outcome } = judged.get(name) ?? {}
    if (outcome) return [{ name, target, outcome }]
    const resolution = found.get(name.text)
    return resolution ? [{ name, target, outcome: { kind: 'unresolved', resolution } }] : []
  })
}

/** The sections in which checked names are shown, those first that somebody has to look at. */
export const sections = ['refused', 'add', 'listed', 'folded'] as const
export type Section = (typeof sections)[number]

export function sectionOf({ outcome }: CheckedName): Section {
  switch (outcome.kind) {
    case 'add':
    case 'listed':
      return outcome.kind
    case 'folded':
    case 'covered':
      return 'folded'
    default:
      return 'refused'
  }
}

/** How many names are in each section, and how many groups and projects are added. */
export function countsOf(
  checked: readonly CheckedName[],
): Record<Section | 'groups' | 'projects', number> {
  const counts = { refused: 0, add: 0, listed: 0, folded: 0, groups: 0, projects: 0 }
  for (const one of checked) {
    const section = sectionOf(one)
    counts[section] += 1
    if (section === 'add') counts[one.target?.kind === 'group' ? 'groups' : 'projects'] += 1
  }
  return counts
}
