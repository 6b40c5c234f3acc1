import {
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useSyncExternalStore,
} from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { type AllowlistEntry, entryKey, isOwnProject } from '../../domain/allowlist.ts'
import {
  type FilterPart,
  filterSearch,
  type ListSearch,
  partsOf,
  withoutPart,
} from '../../domain/entry-filter.ts'
import { type ListSort, sortColumns } from '../../domain/list-sorts.ts'
import { formatNumber, formatTime } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import choice from '../../ui/choice.module.css'
import { Icon } from '../../ui/Icon.tsx'
import { bringIntoSight } from '../../ui/into-sight.ts'
import { Popover } from '../../ui/Popover.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { areSingleKeysOn } from '../../ui/single-keys.ts'
import type { ListToolName } from '../shared/list-tool.ts'
import { useAddressText } from '../shared/use-address-text.ts'
import { FilterPanel } from './FilterPanel.tsx'
import { partWords } from './filter-words.ts'
import { type KeyBinding, registerKeys, takesText } from './keys.ts'
import styles from './ListBar.module.css'
import type { ListView } from './list-view.tsx'
import type { Selection } from './selection.ts'
import { type ListNews, useListNews } from './use-list-news.ts'

export type ListBarProps = {
  project: Project
  rows: readonly AllowlistEntry[]
  view: ListView
  /** The search text of the address. */
  written: string
  selection: Selection
  /** When the list was read, in milliseconds since 1970. */
  readAt: number
  /** A text was typed, which is not in the address yet. */
  onTyped: (text: string) => void
  onChange: (next: ListSearch) => void
  onOpen: (tool: ListToolName) => void
  onNews: (news: ListNews | undefined) => void
}

/** Above the table: what narrows and orders it, and how much of it is shown. */
export function ListBar({
  project,
  rows,
  view,
  written,
  selection,
  onTyped,
  readAt,
  onChange,
  onOpen,
  onNews,
}: ListBarProps) {
  const { connection } = useSignedIn()
  useListNews(project.id, onNews)
  const type = useRef<(text: string) => void>(null)
  const showKeys = useEffectEvent(() => onOpen('keys'))
  useEffect(
    () =>
      registerKeys(
        'page',
        pageKeys(() => showKeys()),
        toPage,
      ),
    [],
  )
  const parts = partsOf(view.filter)
  const chosen = parts.filter(({ part }) => part !== 'search').length

  function clear() {
    type.current?.('')
    onChange(filterSearch({ ...view.filter, ...noFilter }))
    document.getElementById(searchId)?.focus()
  }

  return (
    <>
      <p className={styles.printed}>
        {m.list_printed({
          server: connection.webAddress,
          username: connection.user.username,
          time: formatTime(new Date(readAt).toISOString()),
        })}
      </p>
      <search className={styles.bar}>
        <SelectAll project={project} view={view} selection={selection} />
        <div className={styles.search}>
          <Search written={written} onTyped={onTyped} onChange={onChange} type={type} />
        </div>
        <Popover
          label={chosen ? m.list_filter_set({ count: formatNumber(chosen) }) : m.list_filter()}
          trigger={
            <>
              {m.list_filter()}
              {chosen > 0 && <span className={styles.chosen}>{formatNumber(chosen)}</span>}
            </>
          }
        >
          {() => <FilterPanel rows={rows} view={view} onChange={onChange} />}
        </Popover>
        <div className={styles.sort}>
          <Select
            label={m.list_sort()}
            labelHidden
            value={view.sort}
            options={sortOptions(view)}
            onChange={({ target: { value } }) =>
              onChange({ list_sort: value === 'path' ? undefined : (value as ListSort) })
            }
          />
        </div>
        <p role="status" className={styles.count}>
          {view.isShown &&
            m.list_found({ count: formatNumber(view.count), total: formatNumber(view.total) })}
        </p>
        {view.isShown && (
          <Button size="small" onClick={clear}>
            {m.list_clear()}
          </Button>
        )}
      </search>
      {parts.length > 0 && (
        <ul className={styles.chips} aria-label={m.list_filters()}>
          {parts.map((part) => (
            <Chip
              key={part.part + JSON.stringify(part.value)}
              part={part}
              rows={rows}
              view={view}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
    </>
  )
}

const searchId = 'list-search'

type SearchProps = Pick<ListBarProps, 'written' | 'onTyped' | 'onChange'> & {
  /** Types another text in place of what is there. */
  type: Ref<(text: string) => void>
}

/** The field by itself: a letter renders no more before the rows that it finds are painted. */
function Search({ written, onTyped, onChange, type }: SearchProps) {
  const [text, follow] = useAddressText(
    written,
    (typed) => typed.trim(),
    (next) => onChange({ list_q: next || undefined }),
  )
  const onType = (next: string) => {
    follow(next)
    onTyped(next)
  }
  useImperativeHandle(type, () => onType)
  return (
    <SearchField
      id={searchId}
      label={m.list_search()}
      clearLabel={m.log_search_clear()}
      placeholder={m.list_search_placeholder()}
      value={text}
      onValueChange={onType}
    />
  )
}

const pageKeys = (showKeys: () => void): readonly KeyBinding<HTMLElement>[] => [
  {
    key: '/',
    words: m.key_search,
    run: (field) => {
      field.focus()
      bringIntoSight(field)
    },
  },
  { key: '?', words: m.key_help, run: showKeys },
]

/** Not in fields, nor while a dialog is open, nor where they are switched off. */
function toPage({ target }: KeyboardEvent): HTMLElement | undefined {
  if (!areSingleKeysOn() || takesText(target) || document.querySelector('dialog')) return undefined
  return document.getElementById(searchId) ?? undefined
}

const noFilter = {
  search: '',
  kind: undefined,
  configuration: undefined,
  grant: undefined,
  addedBy: undefined,
  marks: [],
}

type ChipProps = Pick<ListBarProps, 'rows' | 'view' | 'onChange'> & { part: FilterPart }

/** A condition of the filter, and the way to take it away. The search stands in its field; print has it here. */
function Chip({ part, rows, view, onChange }: ChipProps) {
  const words = partWords(part, rows)
  return (
    <li className={styles.chip} data-part={part.part}>
      <bdi>{words}</bdi>
      <button
        type="button"
        className={styles.remove}
        aria-label={m.list_filter_remove({ filter: words })}
        onClick={() => {
          onChange(filterSearch(withoutPart(view.filter, part)))
          // The button goes away with its chip.
          document.getElementById(searchId)?.focus()
        }}
      >
        <Icon name="close" size={12} />
      </button>
    </li>
  )
}

const sortWords: Record<ListSort, () => string> = {
  path: m.sort_path,
  '-path': m.sort_path_down,
  permissions: m.sort_permissions,
  '-permissions': m.sort_permissions_down,
  endpoints: m.sort_endpoints,
  '-endpoints': m.sort_endpoints_down,
  used: m.sort_used,
  '-used': m.sort_used_down,
  added: m.sort_added,
  '-added': m.sort_added_down,
}

/** The last use is an order only where the whole log was read. */
const sortOptions = ({ facts, sort }: ListView) =>
  sortColumns
    .filter((column) => column !== 'used' || facts.uses || sort.endsWith('used'))
    .flatMap((column) => [column, `-${column}`] as const)
    .map((value) => ({ value, label: sortWords[value]() }))

/** One check box for all entries that are shown, but for the own project's. */
function SelectAll({
  project,
  view,
  selection,
}: Pick<ListBarProps, 'project' | 'view' | 'selection'>) {
  const keys = useSyncExternalStore(selection.subscribe, selection.keys)
  const all = view.shown
    .filter((entry) => !isOwnProject(entry, project.id))
    .map(({ target }) => entryKey(target))
  const selected = all.filter((key) => keys.has(key)).length
  const count = formatNumber(new Set(all).size)
  const label = view.isShown ? m.select_all_matching({ count }) : m.select_all({ count })
  return (
    <input
      ref={(box) => {
        if (box) box.indeterminate = selected > 0 && selected < all.length
      }}
      type="checkbox"
      data-for-all=""
      className={`${choice.box} ${choice.alone}`}
      aria-label={label}
      title={label}
      checked={selected > 0 && selected === all.length}
      onChange={({ target }) => selection.set(all, target.checked)}
    />
  )
}
