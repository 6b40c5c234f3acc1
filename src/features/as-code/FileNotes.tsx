import type { Project } from '../../api/gitlab-api.ts'
import { isOfServer } from '../../domain/as-code/compare.ts'
import type { ListFile } from '../../domain/as-code/list-file.ts'
import { formatDate } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import styles from './as-code.module.css'

type FileNotesProps = {
  file: ListFile
  project: Project
  webAddress: string
  /** Whether the list could be read as a whole. */
  complete: boolean
}

/** Where a file is from, and what a comparison with it cannot tell. */
export function FileNotes({ file, project, webAddress, complete }: FileNotesProps) {
  const { at, server, entries } = file
  const source = file.project?.fullPath
  const isHere = isOfServer(file, webAddress)
  const isOther = !isHere || (file.project?.id !== undefined && file.project.id !== project.id)
  const notes = [
    !isHere && server !== undefined && m.code_other_server({ server }),
    isOther && source !== undefined && m.code_other_project({ project: source }),
    file.extent === 'selection' && m.code_selection_file(),
    entries.some(({ permissions }) => !permissions) && m.code_membership(),
    !complete && m.code_list_cut(),
  ].filter((note) => note !== false)
  return (
    <>
      {at !== undefined && source !== undefined && (
        <p className={styles.about}>
          {m.code_file_of({ project: source, time: Date.parse(at) ? formatDate(at) : at })}
        </p>
      )}
      {notes.map((note) => (
        <Alert key={note} variant="warning">
          {note}
        </Alert>
      ))}
    </>
  )
}
