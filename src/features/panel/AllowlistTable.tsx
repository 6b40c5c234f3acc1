import { useQuery } from '@tanstack/react-query'
import { memo, type RefObject, useMemo } from 'react'
import { metadataQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  editing,
  entryKey,
  isImplied,
  isOwnProject,
  removal,
} from '../../domain/allowlist.ts'
import { ownRule, type Standing, standings } from '../../domain/covering.ts'
import type { Version } from '../../domain/version.ts'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import { type Locale, useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { asCell, asGroup, asHeader, asRow, asTable } from '../../ui/table-roles.ts'
import { uniqueKeys } from '../../ui/unique-keys.ts'
import { useSlices } from '../../ui/use-slices.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { gitlabAddress } from '../shared/gitlab-address.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import { pathList } from '../shared/path-list.ts'
import { permissionSummary, permissionWords } from '../shared/policy-words.ts'
import { refusedReasons } from '../shared/refused-reasons.ts'
import styles from './AllowlistTable.module.css'
import { type OpenDialog, questionOf } from './EntryDialogs.tsx'
import { LastUsed } from './LastUsed.tsx'
import { editButtonId, removeButtonId } from './row-buttons.ts'

type AllowlistTableProps = {
  rows: readonly AllowlistEntry[]
  /** How many of them to draw. */
  drawn: number
  /** Whether they are all there are: else nothing is said of which entry counts. */
  complete: boolean
  projectId: number
  /** Why nothing can be changed here at all. */
  locked: string | undefined
  openDialog: RefObject<OpenDialog | null>
}

/** The allowlist, one path for every size: all rows are in the page, so that the browser finds them. */
export function AllowlistTable({ rows, ...rest }: AllowlistTableProps) {
  const locale = useLocale()
  const { api, connection } = useSignedIn()
  const version = useQuery(metadataQuery(api)).data?.version
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
            {m.column_used()}
          </th>
          <th {...asHeader} scope="col">
            {m.column_added()}
          </th>
          <th {...asHeader} scope="col">
            {m.column_actions()}
          </th>
        </tr>
      </thead>
      <Rows
        rows={rows}
        locale={locale}
        webAddress={connection.webAddress}
        version={version}
        {...rest}
      />
    </table>
  )
}

/** The language is a property, so that memoised rows change with it. */
type RowsProps = AllowlistTableProps & {
  locale: Locale
  webAddress: string
  version: Version | undefined
}

type KeyedEntry = { readonly key: string; readonly entry: AllowlistEntry }

const keyOf = ({ key }: KeyedEntry) => key

/** A target that is listed twice has two rows. */
function withKeys(rows: readonly AllowlistEntry[]): KeyedEntry[] {
  const keys = uniqueKeys(rows, ({ target }) => entryKey(target))
  return rows.map((entry, at) => ({ key: keys[at] ?? '', entry }))
}

const none: ReadonlyMap<string, Standing> = new Map()

const Rows = memo(function Rows({ rows, drawn, complete, ...rest }: RowsProps) {
  const { projectId, version } = rest
  const standingOf = useMemo(
    () => (complete ? standings(rows, projectId) : none),
    [rows, projectId, complete],
  )
  const keyed = useMemo(() => withKeys(rows), [rows])
  const shown = useMemo(() => keyed.slice(0, drawn), [keyed, drawn])
  const slices = useSlices(shown, keyOf)
  return (
    <>
      {slices.map((slice) => (
        <tbody
          key={slice.id}
          {...asGroup}
          className={styles.body}
          style={{ '--rows': slice.rows.length }}
        >
          {slice.rows.map(({ key, entry }) => (
            <Row
              key={key}
              rowKey={key}
              entry={entry}
              implied={
                isImplied(entry, projectId)
                  ? impliedWords(complete ? rows : undefined, entry, version)
                  : undefined
              }
              {...marksOf(standingOf.get(entryKey(entry.target)))}
              {...rest}
            />
          ))}
        </tbody>
      ))}
    </>
  )
})

/** The words beside a path that say which entry counts; texts, so that rows stay memoised. */
type Marks = { before?: string; behind?: string; behindAbout?: string }

function marksOf(standing: Standing | undefined): Marks {
  if (!standing) return {}
  const [first, ...more] = standing.behind.map(({ target }) => target.fullPath)
  return {
    ...(standing.before && { before: standing.before.target.fullPath }),
    ...(first !== undefined && {
      behind:
        more.length > 0
          ? m.mark_behind_more({ entry: first, count: formatNumber(more.length) })
          : m.mark_behind({ entry: first }),
      behindAbout: m.mark_behind_about({ entries: pathList([first, ...more]) }),
    }),
  }
}

/**
 * What holds for the own project's jobs where its row is not stored.
 * @param rows undefined where more may be listed: then nothing is concluded from them
 */
function impliedWords(
  rows: readonly AllowlistEntry[] | undefined,
  { target }: AllowlistEntry,
  version: Version | undefined,
): string {
  if (!version) return m.own_unstored()
  const rule = ownRule(rows ?? [], target, version)
  if (rule.kind === 'always') return m.own_always()
  if (!rows) return m.own_unstored()
  if (rule.kind === 'free') return m.own_free()
  const { entry } = rule
  return m.own_ancestor({
    entry: entry.target.fullPath,
    permissions: permissionSummary(entry.permissions),
  })
}

type RowProps = Omit<RowsProps, 'rows' | 'drawn' | 'complete'> &
  Marks & {
    rowKey: string
    entry: AllowlistEntry
    /** What to say instead of permissions where the own project has no entry. */
    implied: string | undefined
  }

const Row = memo(function Row({
  rowKey,
  entry,
  projectId,
  webAddress,
  version,
  locked,
  openDialog,
  implied,
  before,
  behind,
  behindAbout,
}: RowProps) {
  const { target, addedBy, addedAt } = entry
  const own = isOwnProject(entry, projectId)
  const words = implied === undefined ? permissionWords(entry.permissions) : [implied]
  const allowed = editing(entry, { projectId, version })
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
          {own && (
            <span title={m.own_about()}>
              <Badge>{m.badge_own_project()}</Badge>
            </span>
          )}
          {!entry.accessible && (
            <Badge variant="muted" icon="eye-slash">
              {m.badge_hidden()}
            </Badge>
          )}
          {before !== undefined && (
            <span className={styles.mark} title={m.mark_before_about({ entry: before })}>
              {m.mark_before({ entry: before })}
            </span>
          )}
          {behind !== undefined && (
            <span className={styles.mark} title={behindAbout}>
              {behind}
            </span>
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
      <td {...asCell} className={styles.used} data-label={m.column_used()}>
        <LastUsed target={target} own={own} />
      </td>
      <td {...asCell} className={styles.added}>
        {addedBy && <bdi title={`@${addedBy.username}`}>{addedBy.name}</bdi>}
        {addedAt && <time dateTime={addedAt}>{formatDate(addedAt)}</time>}
      </td>
      <td {...asCell} className={styles.actions}>
        <IconButton
          id={editButtonId(rowKey)}
          icon="pencil"
          label={m.edit_entry({ path: target.fullPath })}
          disabledReason={
            locked ?? (allowed.allowed ? undefined : refusedReasons[allowed.because]())
          }
          onClick={() => openDialog.current?.(questionOf('edit', entry))}
        />
        {removal(entry, projectId).allowed && (
          <IconButton
            id={removeButtonId(rowKey)}
            icon="remove"
            label={m.remove_entry({ path: target.fullPath })}
            disabledReason={locked}
            onClick={() => openDialog.current?.(questionOf('remove', entry))}
          />
        )}
      </td>
    </tr>
  )
})
