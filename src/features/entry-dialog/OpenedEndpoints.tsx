/** The endpoints that an entry's form opens. Imports the whole catalogue, so it is loaded late. */
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
import { Disclosure } from '../../ui/Disclosure.tsx'
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

/** The policies that the choices grant; `instead` replaces the choice for a resource. */
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
 * Says how many endpoints another choice for a resource would open or close, with all other
 * resources unchanged; for the present choice it says that of each other choice.
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
  const endpoints = endpointsOfResource(question)
  // Re-renders only when the count or its list changes, not with every choice.
  const open = useWatch({
    control: form.control,
    name: 'scopes',
    compute: (scopes: EntryForm['scopes']) =>
      openedBy(endpoints, grantedBy(scopes, offered)).map((endpoint) => endpoint.id),
  })
  const counts = { count: formatNumber(open.length), total: formatNumber(endpoints.length) }
  const name = resourceLabels[resource]()

  return (
    <div className={styles.opened}>
      <Disclosure
        summary={
          <>
            <span className={styles.short}>{m.endpoints_found_of_group(counts)}</span>
            <span className={styles.long}>{m.endpoints_found(counts)}</span>
          </>
        }
        label={m.endpoints_opened_label({ resource: name, ...counts })}
        region={name}
      >
        {() => (
          <>
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
          </>
        )}
      </Disclosure>
    </div>
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

type OpenedListProps = { policies: readonly string[]; version: Version }

/** How many endpoints policies open; on request which ones. */
export function OpenedList({ policies, version }: OpenedListProps) {
  const { opened, counts } = openedOf(policies, version)
  const words = m.endpoints_found(counts)
  return (
    <Disclosure summary={words} region={words}>
      {() => (
        <ul>
          {opened.map((endpoint) => (
            <li key={endpoint.id}>
              <EndpointLine endpoint={endpoint} summary={endpointSummary(endpoint)} />
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  )
}

/** The endpoints that policies open, and how many there are that a permission controls. */
function openedOf(policies: readonly string[], version: Version) {
  const controlled = endpointsOf(version).filter((endpoint) => endpoint.policies.length > 0)
  const opened = openedBy(controlled, policies)
  const counts = { count: formatNumber(opened.length), total: formatNumber(controlled.length) }
  return { opened, counts }
}

type SummaryProps = { permissions: PermissionConfiguration; version: Version }

/** In one line, what jobs will be able to do once the form is saved. */
export function Summary({ permissions: { defaultPermissions, policies }, version }: SummaryProps) {
  if (defaultPermissions) return m.summary_default()
  if (policies.length === 0) return m.summary_nothing()
  const { counts } = openedOf(policies, version)
  return [policySummary(policies, mostNames), m.summary_open(counts)].join(' · ')
}
