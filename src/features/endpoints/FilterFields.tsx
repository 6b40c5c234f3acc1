import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Select } from '../../ui/Select.tsx'
import { resourceLabels, scopeLabels } from '../shared/policy-words.ts'
import styles from './EndpointsPage.module.css'
import {
  byRelease,
  type EndpointAddress,
  type EndpointFilter,
  everyVersion,
  methods,
  neededScopes,
  releases,
  resources,
} from './endpoint-filter.ts'

type FilterFieldsProps = {
  filter: EndpointFilter
  /** Of the GitLab in use. */
  own: Version | undefined
  onChange: (changes: EndpointAddress) => void
}

/** What narrows the list besides words. */
export function FilterFields({ filter, own, onChange }: FilterFieldsProps) {
  const all = { value: '', label: m.endpoints_all() }
  const ownText = own && written(own)
  const versionText = filter.version && written(filter.version)
  const versions = new Set([...releases, ownText, versionText].filter((text) => text !== undefined))
  return (
    <div className={styles.filters}>
      <Select
        label={m.endpoints_resource()}
        value={filter.resource ?? ''}
        options={[
          all,
          ...resources.map((name) => ({ value: name, label: resourceLabels[name]() })),
          { value: 'none', label: m.endpoint_needs_nothing() },
        ]}
        onChange={({ target: { value } }) => onChange({ resource: value || undefined })}
      />
      <Select
        label={m.endpoints_scope()}
        value={filter.scope ?? ''}
        options={[
          all,
          ...neededScopes.map((scope) => ({ value: scope, label: scopeLabels[scope]() })),
        ]}
        onChange={({ target: { value } }) => onChange({ scope: value || undefined })}
      />
      <Select
        label={m.endpoints_method()}
        value={filter.method ?? ''}
        options={[all, ...methods.map((method) => ({ value: method, label: method }))]}
        onChange={({ target: { value } }) => onChange({ method: value || undefined })}
      />
      <Select
        label={m.endpoints_version()}
        value={versionText ?? everyVersion}
        options={[
          { ...all, value: everyVersion },
          ...[...versions].sort(byRelease).map((version) => ({
            value: version,
            label: version === ownText ? m.endpoints_version_own({ version }) : version,
          })),
        ]}
        onChange={({ target: { value } }) => onChange({ version: value })}
      />
    </div>
  )
}

const written = ({ major, minor }: Version) => `${major}.${minor}`
