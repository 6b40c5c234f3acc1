import { useQuery } from '@tanstack/react-query'
import { createLink, Link } from '@tanstack/react-router'
import { type MouseEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import type { Project } from '../../api/gitlab-api.ts'
import { fineGrainedAllowedQuery } from '../../api/groups.ts'
import { useApi } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { deprecatedPolicies } from '../../domain/permission-catalogue.ts'
import {
  fineGrainedSwitch,
  type OfferedResource,
  type PermissionConfiguration,
  policyFor,
  type Scope,
  toSelection,
} from '../../domain/permissions.ts'
import { type PresetName, presetsFor } from '../../domain/presets.ts'
import type { Version } from '../../domain/version.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { type ChoiceColumn, ColumnChoice, ColumnHeads } from '../../ui/ColumnChoice.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { LazyPart, lazyPart, usePart } from '../shared/lazy-part.tsx'
import {
  permissionSummary,
  policySummary,
  resourceLabels,
  scopeLabels,
} from '../shared/policy-words.ts'
import { resourceDescriptions } from '../shared/resource-descriptions.ts'
import type { EntryForm } from './entry-form.ts'
import { openedEndpoints } from './lazy-opened-endpoints.ts'
import styles from './PermissionsField.module.css'
import { presetLabels } from './preset-labels.ts'

type PermissionsFieldProps = {
  form: UseFormReturn<EntryForm>
  project: Project
  /** The entry's target; undefined while it is not known. */
  target: Target | undefined
  /** The stored permissions of the entry; undefined for a new entry. */
  stored: PermissionConfiguration | undefined
  offered: readonly OfferedResource[]
  /** Policies that no resource stands for, those to go among them. */
  other: readonly string[]
  version: Version
}

/** To another page of the console that does not take the form away. */
const NewTabLink = createLink(ExternalLink)

const suggestion = lazyPart(() => import('./Suggestion.tsx').then((x) => x.Suggestion))

/**
 * "Permission configuration": default, or one scope per resource. Drawn anew only for other
 * properties, not with every choice in it.
 */
export const PermissionsField = memoWords(function PermissionsField({
  form,
  project,
  target,
  stored,
  offered,
  other,
  version,
}: PermissionsFieldProps) {
  const configuration = useWatch({ control: form.control, name: 'configuration' })
  const generallyAvailable = fineGrainedSwitch(version) === 'none'
  const api = useApi()
  const allowed = useQuery({
    ...fineGrainedAllowedQuery(api, project.namespace.id),
    enabled: !generallyAvailable && project.namespace.kind === 'group',
  })
  const switchedOff = allowed.data === false
  const group = project.namespace.fullPath
  // Owners alone are told how the switch stands; others can be told that it exists.
  const aboutSwitch =
    allowed.data === false
      ? m.permissions_switched_off({ group })
      : allowed.data === null && m.permissions_switch_unknown({ group })
  const switchText = aboutSwitch && (
    <>
      {aboutSwitch}{' '}
      <Link to="/groups/$id/settings/ci_cd" params={{ id: group }}>
        {m.permissions_switched_off_link()}
      </Link>
    </>
  )

  const differs = stored && stored.defaultPermissions !== (configuration === 'default')

  return (
    <>
      <RadioGroup
        legend={m.permissions_legend()}
        beside
        registration={form.register('configuration')}
        options={[
          {
            value: 'default',
            label: m.permissions_default(),
            help: (
              <>
                {m.permissions_default_help()}{' '}
                {differs && stored.defaultPermissions && (
                  <span className={styles.stored}>{m.permissions_stored()}</span>
                )}
              </>
            ),
          },
          {
            value: 'fine-grained',
            label: (
              <>
                {m.permissions_fine_grained()}{' '}
                {!generallyAvailable && <Badge variant="muted">{m.badge_beta()}</Badge>}
              </>
            ),
            help: (
              <>
                {!switchedOff && m.permissions_fine_grained_help()} {switchText}{' '}
                {differs && !stored.defaultPermissions && (
                  <span className={styles.stored}>
                    {m.scope_was({ scope: permissionSummary(stored) })}
                  </span>
                )}
              </>
            ),
            disabled: switchedOff,
          },
        ]}
      />
      {configuration === 'fine-grained' && (
        <Resources
          form={form}
          project={project}
          target={target}
          stored={stored}
          offered={offered}
          other={other}
          version={version}
        />
      )}
    </>
  )
})

/** One choice of scope for each resource, and quicker ways to make many of them. */
function Resources({
  form,
  project,
  target,
  stored,
  offered,
  other,
  version,
}: PermissionsFieldProps) {
  const [suggesting, setSuggesting] = useState(false)
  const suggestionPlace = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Asked for from the head, which stays in sight when the list is scrolled.
    if (suggesting) suggestionPlace.current?.scrollIntoView({ block: 'nearest' })
  }, [suggesting])
  const columns = scopeColumns()

  return (
    <section className={styles.resources} aria-label={m.permissions_resources()}>
      <div className={styles.head}>
        <div className={styles.tools}>
          <h3 className={styles.heading}>{m.permissions_resources()}</h3>
          <MenuButton<PresetName>
            size="small"
            items={() =>
              presetsFor(offered).map(({ name, scopes }) => ({
                key: name,
                label: presetLabels[name](),
                about: policySummary(
                  offered.flatMap(
                    (each) => policyFor(each.name, scopes[each.name] ?? 'none') ?? [],
                  ),
                  mostNames,
                ),
              }))
            }
            onSelect={(wanted) => {
              const preset = presetsFor(offered).find(({ name }) => name === wanted)
              for (const { name } of offered) {
                const scope = preset?.scopes[name] ?? 'none'
                form.setValue(`scopes.${name}`, scope, { shouldDirty: true })
              }
            }}
          >
            {m.presets_open()}
          </MenuButton>
          <Button
            size="small"
            aria-expanded={suggesting}
            onClick={() => setSuggesting(!suggesting)}
          >
            {m.suggest_open()}
          </Button>
        </div>
        <ColumnHeads columns={columns} />
        <div className={styles.endpointsHead}>
          <NewTabLink to="/endpoints" newTabLabel={m.opens_new_tab()}>
            {m.permissions_endpoints_link()}
          </NewTabLink>
        </div>
      </div>
      {suggesting && (
        <div ref={suggestionPlace} className={styles.suggestion}>
          <LazyPart part={suggestion}>
            {(Suggestion) => (
              <Suggestion form={form} offered={offered} project={project} origin={target} />
            )}
          </LazyPart>
        </div>
      )}
      <ResourceRows form={form} stored={stored} offered={offered} version={version} />
      {other.length > 0 && <OtherPolicies form={form} policies={other} />}
    </section>
  )
}

/** More names than these are a number. */
const mostNames = 4

const scopeColumns = (): ChoiceColumn<Scope>[] =>
  (['none', 'read', 'read-write'] as const).map((value) => ({
    value,
    label: scopeLabels[value](),
    hollow: value === 'none',
  }))

type ResourceRowsProps = Pick<PermissionsFieldProps, 'form' | 'stored' | 'offered' | 'version'>

/**
 * A choice of scope for each resource, and what it opens. Whether a row differs from what is stored is
 * told by its radios, in CSS: to choose draws no row anew.
 */
const ResourceRows = memoWords(function ResourceRows({
  form,
  stored,
  offered,
  version,
}: ResourceRowsProps) {
  const id = useId()
  const opened = usePart(openedEndpoints).loaded
  const columns = scopeColumns()
  const before = useMemo(
    () =>
      stored && !stored.defaultPermissions ? toSelection(stored.policies, offered).scopes : {},
    [stored, offered],
  )

  return (
    <ul className={styles.list}>
      {offered.map(({ name, scopes }) => {
        const about = `${id}${name}`
        const question = { resource: name, offered, version }
        const resource = resourceLabels[name]()
        const was = before[name]
        return (
          <li key={name} className={styles.row}>
            <div className={styles.words}>
              <div className={styles.name}>{resource}</div>
              <div id={about} className={styles.about}>
                {resourceDescriptions[name]()}{' '}
                {opened?.isReadAlone(question) && (
                  <span className={styles.readAlone}>{opened.readAloneText()}</span>
                )}{' '}
                {was && (
                  <span className={`${styles.stored} ${styles.was}`}>
                    {m.scope_was({ scope: scopeLabels[was]() })}
                  </span>
                )}
              </div>
            </div>
            <ColumnChoice
              label={resource}
              describedBy={about}
              columns={columns}
              offered={scopes}
              stored={was}
              registration={form.register(`scopes.${name}`)}
              hint={(scope) => opened?.previewOf(question, form.getValues('scopes'), scope)}
            />
            {was && (
              <span className={styles.back}>
                <IconButton
                  icon="redo"
                  variant="quiet"
                  label={m.scope_back({ resource, scope: scopeLabels[was]() })}
                  onClick={(event) => {
                    form.setValue(`scopes.${name}`, was, { shouldDirty: true })
                    focusChosen(event)
                  }}
                />
              </span>
            )}
            {opened && <opened.ResourceEndpoints form={form} {...question} />}
          </li>
        )
      })}
    </ul>
  )
})

/** The way back is gone once it is gone, and would take the focus along. */
function focusChosen({ currentTarget }: MouseEvent<HTMLElement>) {
  currentTarget.closest('li')?.querySelector<HTMLElement>('input:checked')?.focus()
}

type OtherPoliciesProps = { form: UseFormReturn<EntryForm>; policies: readonly string[] }

/** The policies of an entry that the catalogue lacks: sent back unchanged unless removed here. */
function OtherPolicies({ form, policies }: OtherPoliciesProps) {
  const dropped = useWatch({ control: form.control, name: 'dropped' })
  const drop = (wanted: string[]) => form.setValue('dropped', wanted, { shouldDirty: true })

  return (
    <div className={styles.other}>
      <h3 className={styles.heading}>{m.policies_other()}</h3>
      <p className={styles.hint}>{m.policies_other_about()}</p>
      <ul className={styles.list}>
        {policies.map((policy) => {
          const goes = dropped.includes(policy)
          return (
            <li key={policy} className={styles.resource} data-goes={goes || undefined}>
              <span className={styles.words}>
                <code>{policy}</code>{' '}
                {deprecatedPolicies.includes(policy) && (
                  <Badge variant="warning">{m.badge_deprecated()}</Badge>
                )}
              </span>
              {goes ? (
                <IconButton
                  icon="redo"
                  label={m.policies_other_keep({ policy })}
                  onClick={() => drop(dropped.filter((each) => each !== policy))}
                />
              ) : (
                <IconButton
                  icon="remove"
                  label={m.policies_other_remove({ policy })}
                  onClick={() => drop([...dropped, policy])}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
