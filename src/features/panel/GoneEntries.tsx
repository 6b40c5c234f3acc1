import { useEffect, useMemo, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { type KeptEntry, keepList, keptList } from '../../api/kept-lists.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { type AllowlistEntry, entryKey, isImplied, isOwnProject } from '../../domain/allowlist.ts'
import { formatList } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { propose } from '../change-set/proposal.ts'
import type { ListToolProps } from '../shared/list-tool.ts'
import { pathList } from '../shared/path-list.ts'

/** More paths than these are given as a number: the review names them all. */
const mostNamed = 20

type GoneEntriesProps = Pick<ListToolProps, 'onOpen'> & {
  project: Project
  /** The whole list. */
  rows: readonly AllowlistEntry[]
}

/**
 * Names the entries that have gone since this browser has shown the list last, and adds them again. What
 * goes while the list is shown is not among them: that was seen.
 */
export function GoneEntries({ project, rows, onOpen }: GoneEntriesProps) {
  const { connection } = useSignedIn()
  const [atFirst, setAtFirst] = useState(() => missingIn(rows, keptList(connection, project.id)))
  const gone = useMemo(() => missingIn(rows, atFirst), [rows, atFirst])
  useEffect(() => {
    const stored = rows.filter((row) => !isImplied(row, project.id))
    keepList(connection, project.id, stored, gone)
  }, [connection, project.id, rows, gone])

  const addable = gone.filter(({ kind, id }) => !isOwnProject({ target: { kind, id } }, project.id))
  if (addable.length === 0) return null

  const paths = addable.map(({ fullPath }) => fullPath)

  function addAgain() {
    propose(project.id, {
      from: 'import',
      changes: addable.map(({ defaultPermissions, policies, kind, id, fullPath }) => ({
        projectId: project.id,
        target: { kind, id, fullPath, name: fullPath, avatarUrl: null, webUrl: '' },
        before: undefined,
        after: { defaultPermissions, policies },
      })),
    })
    onOpen('review')
  }

  return (
    <Alert
      live="polite"
      actions={
        <>
          <Button
            size="small"
            disabledReason={project.archived ? m.archived_reason() : undefined}
            onClick={addAgain}
          >
            {m.code_gone_add()}
          </Button>
          <Button size="small" onClick={() => setAtFirst([])}>
            {m.news_dismiss()}
          </Button>
        </>
      }
    >
      {m.code_gone({ paths: paths.length > mostNamed ? pathList(paths) : formatList(paths) })}
    </Alert>
  )
}

function missingIn(rows: readonly AllowlistEntry[], kept: readonly KeptEntry[]): KeptEntry[] {
  const listed = new Set(rows.map(({ target }) => entryKey(target)))
  return kept.filter((entry) => !listed.has(entryKey(entry)))
}
