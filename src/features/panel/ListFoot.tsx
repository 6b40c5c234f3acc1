import { countOf, filterSearch, partsOf, withoutPart } from '../../domain/entry-filter.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { partWords } from './filter-words.ts'
import type { ListBarProps } from './ListBar.tsx'
import styles from './ListFoot.module.css'
import { SelectionBar, type SelectionBarProps } from './SelectionBar.tsx'

export type ListFootProps = SelectionBarProps & Pick<ListBarProps, 'onChange'>

/** Below the table: why nothing is shown, and what is selected. */
export function ListFoot({ onChange, ...props }: ListFootProps) {
  const { view, rows } = props
  return (
    <>
      {view.shown.length === 0 && <NoMatch rows={rows} view={view} onChange={onChange} />}
      <SelectionBar {...props} />
    </>
  )
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
