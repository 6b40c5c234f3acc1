import { useId, useMemo, useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { missingOf } from '../../domain/decision.ts'
import { type Endpoint, endpointsOf } from '../../domain/endpoints.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import { type OfferedResource, policyFor, type Scope } from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EndpointLine } from '../shared/EndpointLine.tsx'
import { resourceLabels, scopeLabels } from '../shared/policy-words.ts'
import type { EntryForm } from './entry-form.ts'
import styles from './ResourceEndpoints.module.css'

type ResourceEndpointsProps = {
  form: UseFormReturn<EntryForm>
  offered: readonly OfferedResource[]
  resource: ResourceName
  version: Version
}

/**
 * How many endpoints of a resource the form opens as it stands; on request which ones, and what
 * another choice for this resource would change. Brings the whole catalogue along.
 */
export function ResourceEndpoints({ form, offered, resource, version }: ResourceEndpointsProps) {
  const scopes = useWatch({ control: form.control, name: 'scopes' })
  const [listed, setListed] = useState(false)
  const id = useId()
  const endpoints = useMemo(
    () =>
      endpointsOf(version).filter(({ policies }) =>
        policies.some((policy) => policy === `READ_${resource}` || policy === `ADMIN_${resource}`),
      ),
    [version, resource],
  )

  /** What is open with another choice for this resource, all others as they are. */
  function openWith(scope: Scope): Endpoint[] {
    const granted = offered
      .map(({ name }) => policyFor(name, name === resource ? scope : (scopes[name] ?? 'none')))
      .filter((policy) => policy !== undefined)
    return endpoints.filter(({ policies }) => missingOf(policies, granted).length === 0)
  }

  const chosen = scopes[resource] ?? 'none'
  const open = openWith(chosen)
  const counts = { count: formatNumber(open.length), total: formatNumber(endpoints.length) }
  const choices = offered.find(({ name }) => name === resource)?.scopes ?? []

  return (
    <>
      <button
        type="button"
        className={styles.count}
        aria-expanded={listed}
        aria-controls={listed ? id : undefined}
        aria-label={m.endpoints_opened_label({ resource: resourceLabels[resource](), ...counts })}
        onClick={() => setListed(!listed)}
      >
        {m.endpoints_found(counts)}
        <Icon name="chevron-down" size={12} />
      </button>
      {listed && (
        <section
          id={id}
          className={styles.list}
          aria-label={resourceLabels[resource]()}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
          tabIndex={0}
        >
          <ul className={styles.previews}>
            {choices
              .filter((scope) => scope !== chosen)
              .map((scope) => (
                <li key={scope}>{previewText(scope, openWith(scope).length - open.length)}</li>
              ))}
          </ul>
          <ul>
            {endpoints.map((endpoint) => (
              <li key={endpoint.id}>
                <EndpointLine
                  endpoint={endpoint}
                  badges={
                    open.includes(endpoint) ? (
                      <Badge variant="success">{m.endpoint_open()}</Badge>
                    ) : (
                      <Badge variant="muted">{m.endpoint_closed()}</Badge>
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function previewText(choice: Scope, difference: number): string {
  const scope = scopeLabels[choice]()
  if (difference === 0) return m.endpoints_preview_same({ scope })
  const count = formatNumber(Math.abs(difference))
  return difference > 0
    ? m.endpoints_preview_more({ scope, count })
    : m.endpoints_preview_fewer({ scope, count })
}
