import { useQuery } from '@tanstack/react-query'
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
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
import { type Standing, standings } from '../../domain/covering.ts'
import type { Version } from '../../domain/version.ts'
import { formatDate, formatNumber } from '../../i18n/format.ts'
import { type Locale, memoWords, useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { type Column, type ShowAhead, Table } from '../../ui/Table.tsx'
import { uniqueKeys } from '../../ui/unique-keys.ts'
import { pathList } from '../shared/path-list.ts'
import { impliedWords, permissionLine, permissionWords } from '../shared/policy-words.ts'
import { refusedReasons } from '../shared/refused-reasons.ts'
import { TargetLabel } from '../target-picker/TargetLabel.tsx'
import styles from './AllowlistTable.module.css'
import { type OpenDialog, questionOf } from './EntryDialogs.tsx'
import { LastUsed } from './LastUsed.tsx'
import { policyLines } from './policy-lines.tsx'
import { editButtonId, removeButtonId } from './row-buttons.ts'
import type { Selection } from './selection.ts'

type AllowlistTableProps = {
  rows: readonly AllowlistEntry[]
  /** How many of them to draw. */
  drawn: number
  /** Whether `rows` is the whole list; otherwise the table does not say which entry applies. */
  complete: boolean
  projectId: number
  /** Why nothing can be changed here at all. */
  locked: string | undefined
  openDialog: RefObject<OpenDialog | null>
  selection: Selection
  /** Words on entries that have just changed. */
  marks: ReadonlyMap<AllowlistEntry, () => string> | undefined
  /** Which entries to show; undefined: all. */
  isShown: ((entry: AllowlistEntry) => boolean) | undefined
  /** Shows entries already, before `isShown` says so. */
  ahead: Ref<ShowAhead<AllowlistEntry>>
  /** Their order; undefined: that of `rows`. */
  compare: ((a: AllowlistEntry, b: AllowlistEntry) => number) | undefined
  /** Headers that sort, in place of plain ones. */
  head: ((columns: readonly Column<never>[]) => ReactNode) | undefined
}

/** The allowlist: all rows are in the page, so that the browser finds them. Typing does not render it. */
export const AllowlistTable = memoWords(function AllowlistTable({
  rows: entries,
  drawn,
  complete,
  projectId,
  locked,
  openDialog,
  selection,
  marks,
  isShown,
  ahead,
  compare,
  head,
}: AllowlistTableProps) {
  const locale = useLocale()
  const { api, connection } = useSignedIn()
  const { webAddress } = connection
  const version = useQuery(metadataQuery(api)).data?.version
  const [keepRow] = useState(createRowKeeper)
  const rows = useMemo(
    () => rowsOf(entries, { projectId, complete, version, marks, locale }).map(keepRow),
    [entries, projectId, complete, version, marks, locale, keepRow],
  )
  const ordered = useMemo(
    () => (compare ? rows.toSorted((a, b) => compare(a.entry, b.entry)) : rows),
    [rows, compare],
  )
  const columns = useMemo(
    () => columnsOf({ projectId, webAddress, version, locked, openDialog, selection, locale }),
    [projectId, webAddress, version, locked, openDialog, selection, locale],
  )
  const table = useRef<ShowAhead<AllowlistRow>>(null)
  useImperativeHandle(ahead, () => (isShown) => table.current?.(ofRow(isShown)), [])
  return (
    <Table
      label={m.allowlist_title()}
      columns={columns}
      rows={ordered}
      keyOf={keyOf}
      drawn={drawn}
      rowHeights={rowHeights}
      isShown={ofRow(isShown)}
      ahead={table}
      head={head?.(columns)}
    />
  )
})

// Rather too high than too low: rows of a slice that is out of sight must not reach into the next.
const rowHeights = ['3.25rem', '8.75rem'] as const

/** An entry with its words, in the language of the screen. */
type AllowlistRow = {
  /** A target that is listed twice has two rows. */
  readonly key: string
  readonly entry: AllowlistEntry
  /** The text instead of permissions where the own project has no stored entry. */
  readonly implied: string | undefined
  /** The path of the entry that applies instead of this one. */
  readonly before: string | undefined
  /** The entries that this one overrides, in short and in full. */
  readonly behind: string | undefined
  readonly behindAbout: string | undefined
  /** That the entry has just changed. */
  readonly news: string | undefined
}

const keyOf = ({ key }: AllowlistRow) => key

const ofRow = (isShown: AllowlistTableProps['isShown']) =>
  isShown && (({ entry }: AllowlistRow) => isShown(entry))

const none: ReadonlyMap<string, Standing> = new Map()

type RowsContext = Pick<AllowlistTableProps, 'projectId' | 'complete' | 'marks'> & {
  version: Version | undefined
  locale: Locale
}

function rowsOf(
  entries: readonly AllowlistEntry[],
  { projectId, complete, version, marks }: RowsContext,
): AllowlistRow[] {
  const standingOf = complete ? standings(entries, projectId) : none
  const keys = uniqueKeys(entries, ({ target }) => entryKey(target))
  return entries.map((entry, at) => ({
    key: keys[at] ?? '',
    entry,
    implied: isImplied(entry, projectId)
      ? impliedWords(complete ? entries : undefined, entry, version)
      : undefined,
    ...marksOf(standingOf.get(entryKey(entry.target))),
    news: marks?.get(entry)?.(),
  }))
}

/** Gives a row that says the same as before as the same object, so that the table keeps its cells. */
function createRowKeeper(): (row: AllowlistRow) => AllowlistRow {
  const kept = new WeakMap<AllowlistEntry, AllowlistRow>()
  return (row) => {
    const before = kept.get(row.entry)
    const parts = Object.keys(row) as (keyof AllowlistRow)[]
    if (before && parts.every((part) => before[part] === row[part])) return before
    kept.set(row.entry, row)
    return row
  }
}

/** The words beside a path that say which entry counts. */
type Marks = Pick<AllowlistRow, 'before' | 'behind' | 'behindAbout'>

/** The full paths are in the marks' titles: beside the row's own path the last part will do. */
function marksOf(standing: Standing | undefined): Marks {
  const [first, ...more] = standing?.behind.map(({ target }) => target.fullPath) ?? []
  const name = first && lastPart(first)
  return {
    before: standing?.before?.target.fullPath,
    behind:
      name &&
      (more.length > 0
        ? m.mark_behind_more({ entry: name, count: formatNumber(more.length) })
        : m.mark_behind({ entry: name })),
    behindAbout: first && m.mark_behind_about({ entries: pathList([first, ...more]) }),
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

type ColumnsContext = Pick<
  AllowlistTableProps,
  'projectId' | 'locked' | 'openDialog' | 'selection'
> & {
  webAddress: string
  version: Version | undefined
  locale: Locale
}

const columnsOf = (context: ColumnsContext): Column<AllowlistRow>[] => [
  {
    name: 'target',
    header: m.column_target(),
    width: 'minmax(0, 10.4fr)',
    className: styles.target,
    cell: (row) => (
      <>
        {selectBox(row.entry, context)}
        {markedTarget(row, context)}
      </>
    ),
  },
  {
    name: 'permissions',
    header: m.column_permissions(),
    width: 'minmax(0, 6.5fr)',
    className: styles.permissions,
    cell: (row) => (
      <>
        {permissions(row)}
        {rightsButton(row.entry, context)}
      </>
    ),
  },
  {
    name: 'used',
    header: m.column_used(),
    // Where there is room, "Not in the last 30 days" in one line.
    width: 'clamp(7rem, 13.4vw, 9.5rem)',
    leaves: 'second',
    named: true,
    className: styles.used,
    cell: ({ entry }) => (
      <LastUsed target={entry.target} own={isOwnProject(entry, context.projectId)} />
    ),
  },
  {
    name: 'added',
    header: m.column_added(),
    width: 'minmax(0, 5fr)',
    leaves: 'first',
    className: styles.added,
    cell: ({ entry: { addedBy, addedAt } }) => (
      <>
        {addedBy && <bdi title={`@${addedBy.username}`}>{addedBy.name}</bdi>}
        {addedAt && <time dateTime={addedAt}>{formatDate(addedAt)}</time>}
      </>
    ),
  },
  {
    name: 'actions',
    header: m.column_actions(),
    width: '4.5rem',
    corner: true,
    className: styles.actions,
    cell: (row) => actions(row, context),
  },
]

/** Its state is the element's own: `followRows` in select-rows.ts keeps it in step with the selection. */
function selectBox({ target }: AllowlistEntry, { selection }: ColumnsContext) {
  const key = entryKey(target)
  return (
    <input
      type="checkbox"
      className={styles.box}
      value={key}
      defaultChecked={selection.keys().has(key)}
      aria-label={m.select_entry({ path: target.fullPath })}
    />
  )
}

function markedTarget(
  { entry, before, behind, behindAbout, news }: AllowlistRow,
  { projectId, webAddress }: ColumnsContext,
) {
  const own = isOwnProject(entry, projectId)
  const marked = own || !entry.accessible || before !== undefined || behind !== undefined || news
  return (
    <TargetLabel target={entry.target} webAddress={webAddress} linked={entry.accessible}>
      {marked && (
        <span className={styles.marks}>
          {news && <Badge variant="info">{news}</Badge>}
          {own && <Badge title={m.own_about()}>{m.badge_own_project()}</Badge>}
          {!entry.accessible && (
            <Badge variant="muted" icon="eye-slash">
              {m.badge_hidden()}
            </Badge>
          )}
          {before !== undefined && (
            <Badge variant="muted" title={m.mark_before_about({ entry: before })}>
              {m.mark_before({ entry: lastPart(before) })}
            </Badge>
          )}
          {behind !== undefined && (
            <Badge variant="muted" title={behindAbout}>
              {behind}
            </Badge>
          )}
        </span>
      )}
    </TargetLabel>
  )
}

function permissions({ implied, entry }: AllowlistRow) {
  const words = implied === undefined ? permissionWords(entry.permissions) : [implied]
  const lines = policyLines(words)
  const line = implied === undefined ? permissionLine(entry.permissions) : undefined
  // The line is drawn by the style sheet: assistive technology, the clipboard and print have
  // GitLab's own words, each grant by itself.
  return (
    <div className={styles.line} data-line={line} title={line && words.join('\n')}>
      {line === undefined ? lines : <div className={styles.whole}>{lines}</div>}
    </div>
  )
}

/** A plain button without a tooltip's code: a long list has one in each of its rows. */
function rightsButton(entry: AllowlistEntry, { openDialog }: ColumnsContext) {
  const label = m.rights_of({ path: entry.target.fullPath })
  return (
    <button
      type="button"
      className={styles.rights}
      aria-label={label}
      title={label}
      onClick={() => openDialog.current?.(questionOf('rights', entry))}
    >
      <Icon name="information-o" />
    </button>
  )
}

function actions(
  { key, entry }: AllowlistRow,
  { projectId, version, locked, openDialog }: ColumnsContext,
) {
  const { fullPath } = entry.target
  const allowed = editing(entry, { projectId, version })
  return (
    <>
      <IconButton
        id={editButtonId(key)}
        icon="pencil"
        label={m.edit_entry({ path: fullPath })}
        disabledReason={locked ?? (allowed.allowed ? undefined : refusedReasons[allowed.because]())}
        onClick={() => openDialog.current?.(questionOf('edit', entry))}
      />
      {removal(entry, projectId).allowed && (
        <IconButton
          id={removeButtonId(key)}
          icon="remove"
          label={m.remove_entry({ path: fullPath })}
          disabledReason={locked}
          onClick={() => openDialog.current?.(questionOf('remove', entry))}
        />
      )}
    </>
  )
}
