import {
  addersOf,
  configurations,
  countOf,
  type EntryFilter,
  type FilterPart,
  filterSearch,
  type Grant,
  grantPolicy,
  marks,
  withoutPart,
  withPart,
} from '../../domain/entry-filter.ts'
import { resourceOffers } from '../../domain/permission-catalogue.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Select } from '../../ui/Select.tsx'
import { kindLabels } from '../shared/kind-labels.ts'
import { grantWords } from '../shared/policy-words.ts'
import { configurationWords, markWords } from './filter-words.ts'
import styles from './ListBar.module.css'
import type { ListBarProps } from './ListBar.tsx'

const grants = resourceOffers.flatMap(({ name: resource, writeSince }): Grant[] => [
  { resource, scope: 'read' },
  ...(writeSince ? [{ resource, scope: 'read-write' } as const] : []),
])

/** The filters of the list, each with the number of entries that would match with it. */
export function FilterPanel({
  rows,
  view: { filter, facts },
  onChange,
}: Pick<ListBarProps, 'rows' | 'view' | 'onChange'>) {
  const countWith = (part: FilterPart) => countOf(rows, withPart(filter, part), facts)
  const counted = (words: string, part: FilterPart) =>
    m.filter_counted({ filter: words, count: formatNumber(countWith(part)) })
  const set = (next: EntryFilter) => onChange(filterSearch(next))
  const any = { value: '', label: m.endpoints_all() }
  const fields = [
    {
      name: 'list_kind',
      label: m.filter_kind(),
      value: filter.kind,
      options: (['group', 'project'] as const).map((value) => ({
        value,
        label: counted(kindLabels[value](), { part: 'kind', value }),
      })),
    },
    {
      name: 'list_permissions',
      label: m.column_permissions(),
      value: filter.configuration,
      options: configurations.map((value) => ({
        value,
        label: counted(configurationWords[value](), { part: 'configuration', value }),
      })),
    },
    {
      name: 'list_grants',
      label: m.filter_grant(),
      value: filter.grant && grantPolicy(filter.grant),
      options: grants.map((value) => ({
        value: grantPolicy(value),
        label: counted(grantWords(value), { part: 'grant', value }),
      })),
    },
    {
      name: 'list_by',
      label: m.column_added(),
      value: filter.addedBy,
      options: addersOf(rows).map(({ username, name }) => ({
        value: username,
        label: counted(name, { part: 'addedBy', value: username }),
      })),
    },
  ] as const
  return (
    <div className={styles.panel}>
      {fields.map(({ name, value, options, ...texts }) => (
        <Select
          key={name}
          {...texts}
          value={value ?? ''}
          options={[any, ...options]}
          onChange={({ target }) => onChange({ [name]: target.value || undefined })}
        />
      ))}
      <fieldset className={styles.marks}>
        <legend className={styles.legend}>{m.filter_only()}</legend>
        {marks.map((value) => {
          const part = { part: 'mark', value } as const
          return (
            <Checkbox
              key={value}
              label={counted(markWords[value](), part)}
              help={value === 'attention' ? m.filter_attention_about() : undefined}
              disabledReason={
                value === 'unused' && !facts.uses ? m.filter_unused_unknown() : undefined
              }
              checked={filter.marks.includes(value)}
              onChange={({ target: { checked } }) =>
                set(checked ? withPart(filter, part) : withoutPart(filter, part))
              }
            />
          )
        })}
      </fieldset>
    </div>
  )
}
