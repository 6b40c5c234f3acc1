import { memo, type RefObject } from 'react'
import { useSignedIn } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  editing,
  entryKey,
  isOwnProject,
  removal,
} from '../../domain/allowlist.ts'
import { formatDate } from '../../i18n/format.ts'
import { type Locale, useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { uniqueKeys } from '../../ui/unique-keys.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { gitlabAddress } from '../shared/gitlab-address.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import { permissionWords } from '../shared/policy-words.ts'
import styles from './AllowlistTable.module.css'
import type { EntryDialogsHandle } from './EntryDialogs.tsx'

type AllowlistTableProps = {
  rows: readonly AllowlistEntry[]
  /** How many of them to draw. */
  drawn: number
  projectId: number
  /** Why nothing can be changed here at all. */
  locked: string | undefined
  dialogs: RefObject<EntryDialogsHandle | null>
}

// Rows are laid out as grids, so that the browser can skip those out of sight; some browsers then
// forget what the elements are.
const asTable = { role: 'table' } as const
const asGroup = { role: 'rowgroup' } as const
const asRow = { role: 'row' } as const
const asHeader = { role: 'columnheader' } as const
const asCell = { role: 'cell' } as const

/** The allowlist, one path for every size: all rows are in the page, so that the browser finds them. */
export function AllowlistTable({ rows, ...rest }: AllowlistTableProps) {
  const locale = useLocale()
  const { webAddress } = useSignedIn().connection
  return (
    <table {...asTable} className={styles.table} aria-label={m.allowlist_title()}>
      <thead {...asGroup} className={styles.head}>
        <tr {...asRow} className={styles.row}>
          <th {...asHeader} scope="col">
            {m.column_target()}
          </th>
          <th {...asHeader} scope="col">
            {m.column_permissions()}
          </th>
          <th {...asHeader} scope="col">
            {m.column_added()}
          </th>
          <th {...asHeader} scope="col">
            {m.column_actions()}
          </th>
        </tr>
      </thead>
      <Rows rows={rows} locale={locale} webAddress={webAddress} {...rest} />
    </table>
  )
}

/** The language is a property, so that memoised rows change with it. */
type RowsProps = AllowlistTableProps & { locale: Locale; webAddress: string }

const Rows = memo(function Rows({ rows, drawn, ...rest }: RowsProps) {
  const keys = uniqueKeys(rows, ({ target }) => entryKey(target))
  return (
    <>
      {inSlices(rows.slice(0, drawn)).map(({ from, slice }) => (
        <tbody key={from} {...asGroup} className={styles.body}>
          {slice.map((entry, at) => (
            <Row key={keys[from + at]} entry={entry} {...rest} />
          ))}
        </tbody>
      ))}
    </>
  )
})

/** So many rows the browser skips as one: few enough to lay out, enough to have few to watch. */
const sliceLength = 10

/** Known by where they begin: an entry more moves one row from each slice to the next. */
const inSlices = (rows: readonly AllowlistEntry[]) =>
  Array.from({ length: Math.ceil(rows.length / sliceLength) }, (_, n) => {
    const from = n * sliceLength
    return { from, slice: rows.slice(from, from + sliceLength) }
  })

type RowProps = Omit<RowsProps, 'rows' | 'drawn'> & { entry: AllowlistEntry }

const Row = memo(function Row({ entry, projectId, webAddress, locked, dialogs }: RowProps) {
  const { target, addedBy, addedAt } = entry
  const own = isOwnProject(entry, projectId)
  const words = permissionWords(entry.permissions)
  return (
    <tr {...asRow} className={styles.row}>
      <td {...asCell} className={styles.target}>
        <Icon name={target.kind} />
        <VisuallyHidden>{kindLabels[target.kind]()}</VisuallyHidden>
        <Avatar
          name={target.name}
          src={gitlabAddress(target.avatarUrl, webAddress)}
          seed={target.id}
        />
        <span className={styles.path}>
          <ExternalLink
            href={entry.accessible ? gitlabAddress(target.webUrl, webAddress) : undefined}
          >
            <Path path={target.fullPath} />
          </ExternalLink>
          {own && <Badge>{m.badge_own_project()}</Badge>}
          {!entry.accessible && (
            <Badge variant="muted" icon="eye-slash">
              {m.badge_hidden()}
            </Badge>
          )}
        </span>
      </td>
      <td {...asCell} className={styles.permissions}>
        {words.length === 1 ? (
          words[0]
        ) : (
          <ul>
            {words.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </td>
      <td {...asCell} className={styles.added}>
        {addedBy && <bdi title={`@${addedBy.username}`}>{addedBy.name}</bdi>}
        {addedAt && <time dateTime={addedAt}>{formatDate(addedAt)}</time>}
      </td>
      <td
        {...asCell}
        className={styles.actions}
        onPointerEnter={() => dialogs.current?.expect(entry)}
        onFocus={() => dialogs.current?.expect(entry)}
      >
        <IconButton
          icon="pencil"
          label={m.edit_entry({ path: target.fullPath })}
          disabledReason={locked ?? (editing(entry).allowed ? undefined : m.edit_hidden_reason())}
          onClick={() => dialogs.current?.edit(entry)}
        />
        {removal(entry, projectId).allowed && (
          <IconButton
            icon="remove"
            label={m.remove_entry({ path: target.fullPath })}
            disabledReason={locked}
            onClick={() => dialogs.current?.remove(entry)}
          />
        )}
      </td>
    </tr>
  )
})
