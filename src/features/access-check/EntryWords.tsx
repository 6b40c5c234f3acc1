import { Link } from '@tanstack/react-router'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { Path } from '../shared/Path.tsx'

type EntryWordsProps = {
  /** The project on whose allowlist the entries are. */
  project: string
  entries: readonly AllowlistEntry[]
  /** Makes the sentence around the names. */
  words: (names: readonly string[]) => string
}

/** Stands around an entry's number, in place of its name; no path contains it. */
const mark = '\u0000'

/** A sentence in which the name of each entry is a link to its row in the panel. */
export function EntryWords({ project, entries, words }: EntryWordsProps) {
  const parts = words(entries.map((_entry, n) => `${mark}${n}${mark}`)).split(mark)
  return parts.map((part, n) => {
    const path = n % 2 === 1 ? entries[Number(part)]?.target.fullPath : undefined
    if (path === undefined) return part
    return (
      <Link
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move
        key={n}
        to="/projects/$id/settings/ci_cd"
        params={{ id: project }}
        search={{ focus: path }}
      >
        <Path path={path} />
      </Link>
    )
  })
}
