/** What the form of an entry opens. Brings the whole catalogue along, so it is loaded beside the form. */
import { useId, useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { missingOf } from '../../domain/decision.ts'
import { type Endpoint, endpointsOf, isMoreThanRead } from '../../domain/endpoints.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import {
  type OfferedResource,
  type PermissionConfiguration,
  policyFor,
  type Scope,
} from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { endpointSummary } from '../../i18n/endpoint-summaries.ts'
import { formatNumber } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EndpointLine } from '../shared/EndpointLine.tsx'
import { policySummary, resourceLabels, scopeLabels } from '../shared/policy-words.ts'
import type { EntryForm } from './entry-form.ts'
import styles from './OpenedEndpoints.module.css'

/** One resource of a form, at a server of some version. */
export type OpenedQuestion = {
  resource: ResourceName
  offered: readonly OfferedResource[]
  version: Version
}

/** The endpoints that ask for a permission of a resource, perhaps among others. */
const endpointsOfResource = ({ resource, version }: OpenedQuestion): Endpoint[] =>
  endpointsOf(version).filter(({ policies }) =>
    policies.some((policy) => policy === `READ_${resource}` || policy === `ADMIN_${resource}`),
  )

const openedBy = (endpoints: readonly Endpoint[], granted: readonly string[]): Endpoint[] =>
  endpoints.filter(({ policies }) => missingOf(policies, granted).length === 0)

/** What the choices grant, with another choice for one resource where it is named. */
function grantedBy(
  scopes: EntryForm['scopes'],
  offered: readonly OfferedResource[],
  instead: EntryForm['scopes'] = {},
): string[] {
  return offered.flatMap(
    ({ name }) => policyFor(name, instead[name] ?? scopes[name] ?? 'none') ?? [],
  )
}

/**
 * What another choice for a resource would change, all others as they are; for the present choice
 * what each of the others would.
 */
export function previewOf(
  question: OpenedQuestion,
  scopes: EntryForm['scopes'],
  choice: Scope,
): string {
  const { resource, offered } = question
  const chosen = scopes[resource] ?? 'none'
  const endpoints = endpointsOfResource(question)
  const count = (scope: Scope) =>
    openedBy(endpoints, grantedBy(scopes, offered, { [resource]: scope })).length
  const choices = offered.find(({ name }) => name === resource)?.scopes ?? []
  return choices
    .filter((scope) => (choice === chosen ? scope !== chosen : scope === choice))
    .map((scope) => previewText(question, scope, count(scope) - count(chosen)))
    .join(' · ')
}

function previewText(question: OpenedQuestion, choice: Scope, difference: number): string {
  const scope = scopeLabels[choice]()
  if (choice === 'read-write' && isReadAlone(question)) return readAloneText()
  if (difference === 0) return m.endpoints_preview_same({ scope })
  const count = formatNumber(Math.abs(difference))
  return difference > 0
    ? m.endpoints_preview_more({ scope, count })
    : m.endpoints_preview_fewer({ scope, count })
}

/** Whether to write a resource opens nothing that to read it does not. */
export const isReadAlone = ({ resource, version }: OpenedQuestion): boolean =>
  !isMoreThanRead(resource, version)

export const readAloneText = (): string =>
  m.scope_read_alone({ scope: scopeLabels['read-write'](), read: scopeLabels.read() })

type ResourceEndpointsProps = OpenedQuestion & { form: UseFormReturn<EntryForm> }

/**
 * How many endpoints of a resource the form opens as it stands; on request which ones, and what
 * another choice for this resource would change.
 */
export const ResourceEndpoints = memoWords(function ResourceEndpoints({
  form,
  ...question
}: ResourceEndpointsProps) {
  const { resource, offered } = question
  const [listed, setListed] = useState(false)
  const id = useId()
  const endpoints = endpointsOfResource(question)
  // Drawn anew only where the count or its list changes, whatever else is chosen.
  const open = useWatch({
    control: form.control,
    name: 'scopes',
    compute: (scopes: EntryForm['scopes']) =>
      openedBy(endpoints, grantedBy(scopes, offered)).map((endpoint) => endpoint.id),
  })
  const counts = { count: formatNumber(open.length), total: formatNumber(endpoints.length) }

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
        <span className={styles.short}>{m.endpoints_found_of_group(counts)}</span>
        <span className={styles.long}>{m.endpoints_found(counts)}</span>
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
          <Previews form={form} {...question} />
          <ul>
            {endpoints.map((endpoint) => (
              <li key={endpoint.id}>
                <EndpointLine
                  endpoint={endpoint}
                  summary={endpointSummary(endpoint)}
                  badges={
                    open.includes(endpoint.id) ? (
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
})

function Previews({ form, ...question }: ResourceEndpointsProps) {
  const scopes = useWatch({ control: form.control, name: 'scopes' })
  return (
    <p className={styles.previews}>
      {previewOf(question, scopes, scopes[question.resource] ?? 'none')}
    </p>
  )
}

/** More names than these are a number: the rows themselves say which. */
const mostNames = 4

type SummaryProps = { permissions: PermissionConfiguration; version: Version }

/** In one line, what jobs will be able to do once the form is saved. */
export function Summary({ permissions: { defaultPermissions, policies }, version }: SummaryProps) {
  if (defaultPermissions) return m.summary_default()
  if (policies.length === 0) return m.summary_nothing()
  const endpoints = endpointsOf(version).filter((endpoint) => endpoint.policies.length > 0)
  const counts = {
    count: formatNumber(openedBy(endpoints, policies).length),
    total: formatNumber(endpoints.length),
  }
  return [policySummary(policies, mostNames), m.summary_open(counts)].join(' · ')
}
