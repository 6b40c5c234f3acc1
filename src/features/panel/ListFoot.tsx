import { countOf, filterSearch, partsOf, withoutPart } from '../../domain/entry-filter.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { pathList } from '../shared/path-list.ts'
import { partWords } from './filter-words.ts'
import type { ListBarProps } from './ListBar.tsx'
import styles from './ListFoot.module.css'
import { SelectionBar, type SelectionBarProps } from './SelectionBar.tsx'
import type { ListNews } from './use-list-news.ts'

export type ListFootProps = SelectionBarProps &
  Pick<ListBarProps, 'onChange' | 'onNews'> & { news: ListNews | undefined }

/** Below the table: why nothing is shown, and what is selected. */
export function ListFoot({ news, onChange, onNews, ...props }: ListFootProps) {
  const { view, rows } = props
  return (
    <>
      {view.shown.length === 0 && <NoMatch rows={rows} view={view} onChange={onChange} />}
      <div className={styles.foot}>
        <p role="status" className={styles.news}>
          {news && newsWords(news)}
          {news && (
            <Button size="small" variant="quiet" onClick={() => onNews(undefined)}>
              {m.news_dismiss()}
            </Button>
          )}
        </p>
        <SelectionBar {...props} />
      </div>
    </>
  )
}

/** Names what is gone, for the rows say only what is there. */
function newsWords({ marks, gone }: ListNews): string {
  const added = [...marks.values()].filter((words) => words === m.news_added).length
  const parts = [
    added > 0 && m.news_count_added({ count: formatNumber(added) }),
    marks.size > added && m.news_count_changed({ count: formatNumber(marks.size - added) }),
    gone.length > 0 &&
      m.news_gone({ entries: pathList(gone.map(({ target }) => target.fullPath)) }),
  ]
  return m.news_meanwhile({ changes: parts.filter(Boolean).join(' · ') })
}

/** No row is shown: which conditions exclude the entries, each with the way to take it away. */
function NoMatch({
  rows,
  view: { filter, facts },
  onChange,
}: Pick<ListBarProps, 'rows' | 'view' | 'onChange'>) {
  return (
    <div className={styles.none}>
      <p>{m.list_none_found()}</p>
      <ul className={styles.conditions}>
        {partsOf(filter).map((part) => {
          const rest = withoutPart(filter, part)
          const words = partWords(part, rows)
          return (
            <li key={part.part + JSON.stringify(part.value)}>
              <bdi>
                {m.list_without({ filter: words, count: formatNumber(countOf(rows, rest, facts)) })}
              </bdi>
              <Button
                size="small"
                aria-label={m.list_filter_remove({ filter: words })}
                onClick={() => onChange(filterSearch(rest))}
              >
                {m.list_remove()}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
