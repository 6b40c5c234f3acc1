import { useQuery } from '@tanstack/react-query'
import { createLink, Link } from '@tanstack/react-router'
import { memo, useContext, useId, useState } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import type { Project } from '../../api/gitlab-api.ts'
import { fineGrainedAllowedQuery } from '../../api/groups.ts'
import { useApi } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { deprecatedPolicies } from '../../domain/permission-catalogue.ts'
import { fineGrainedSwitch, type OfferedResource } from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { useLocale } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DialogOpen } from '../../ui/dialog-open.ts'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { LazyPart, lazyPart, useLater } from '../shared/lazy-part.tsx'
import { resourceDescriptions, resourceLabels, scopeLabels } from '../shared/policy-words.ts'
import type { EntryForm } from './entry-form.ts'
import { openedEndpoints } from './lazy-opened-endpoints.ts'
import styles from './PermissionsField.module.css'

type PermissionsFieldProps = {
  form: UseFormReturn<EntryForm>
  project: Project
  /** What the entry names, where that is known by now. */
  target: Target | undefined
  offered: readonly OfferedResource[]
  /** Policies that no toggle stands for. */
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
export const PermissionsField = memo(function PermissionsField({
  form,
  project,
  target,
  offered,
  other,
  version,
}: PermissionsFieldProps) {
  useLocale()
  const configuration = useWatch({ control: form.control, name: 'configuration' })
  const [suggesting, setSuggesting] = useState(false)
  const generallyAvailable = fineGrainedSwitch(version) === 'none'
  const api = useApi()
  const open = useContext(DialogOpen)
  const allowed = useQuery({
    ...fineGrainedAllowedQuery(api, project.namespace.id),
    // Nothing is asked of GitLab for a dialog that nobody has opened.
    enabled: open && !generallyAvailable && project.namespace.kind === 'group',
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

  return (
    <div className={styles.permissions}>
      <RadioGroup
        legend={m.permissions_legend()}
        registration={form.register('configuration')}
        options={[
          {
            value: 'default',
            label: m.permissions_default(),
            help: m.permissions_default_help(),
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
                {!switchedOff && m.permissions_fine_grained_help()} {switchText}
              </>
            ),
            disabled: switchedOff,
          },
        ]}
      />
      {configuration === 'fine-grained' && (
        <section className={styles.resources} aria-label={m.permissions_resources()}>
          <div>
            <h3 className={styles.heading}>{m.permissions_resources()}</h3>
            <p className={styles.hint}>
              <NewTabLink to="/endpoints" newTabLabel={m.opens_new_tab()}>
                {m.permissions_endpoints_link()}
              </NewTabLink>
            </p>
          </div>
          <div>
            <Button
              size="small"
              aria-expanded={suggesting}
              onClick={() => setSuggesting(!suggesting)}
            >
              {m.suggest_open()}
            </Button>
          </div>
          {suggesting && (
            <LazyPart part={suggestion}>
              {(Suggestion) => (
                <Suggestion form={form} offered={offered} project={project} origin={target} />
              )}
            </LazyPart>
          )}
          <ResourceRows form={form} offered={offered} version={version} />
          {other.length > 0 && (
            <OtherPolicies
              policies={other}
              onRemove={(policy) =>
                form.setValue('dropped', [...form.getValues('dropped'), policy], {
                  shouldDirty: true,
                })
              }
            />
          )}
        </section>
      )}
    </div>
  )
})

type ResourceRowsProps = Pick<PermissionsFieldProps, 'form' | 'offered' | 'version'>

/** A choice of scope for each resource, and what it opens. */
const ResourceRows = memo(function ResourceRows({ form, offered, version }: ResourceRowsProps) {
  useLocale()
  const id = useId()
  const opened = useLater(openedEndpoints)
  return (
    <ul className={styles.list}>
      {offered.map(({ name, scopes }) => {
        const about = `${id}${name}`
        const question = { resource: name, offered, version }
        return (
          <li key={name} className={styles.choice}>
            <div className={styles.words}>
              <div className={styles.name}>{resourceLabels[name]()}</div>
              <div id={about} className={styles.about}>
                {resourceDescriptions[name]()}
              </div>
            </div>
            <SegmentedControl
              label={resourceLabels[name]()}
              describedBy={about}
              registration={form.register(`scopes.${name}`)}
              options={scopes.map((scope) => ({ value: scope, label: scopeLabels[scope]() }))}
              hint={(scope) => opened?.previewOf(question, form.getValues('scopes'), scope)}
            />
            {opened ? (
              <opened.ResourceEndpoints form={form} {...question} />
            ) : (
              <div className={styles.endpointsPlace} />
            )}
          </li>
        )
      })}
    </ul>
  )
})

type OtherPoliciesProps = { policies: readonly string[]; onRemove: (policy: string) => void }

/** What an entry holds beyond the catalogue: sent back as it is unless removed here. */
function OtherPolicies({ policies, onRemove }: OtherPoliciesProps) {
  return (
    <div>
      <h3 className={styles.heading}>{m.policies_other()}</h3>
      <p className={styles.hint}>{m.policies_other_about()}</p>
      <ul className={styles.list}>
        {policies.map((policy) => (
          <li key={policy} className={styles.resource}>
            <span className={styles.words}>
              <code>{policy}</code>{' '}
              {deprecatedPolicies.includes(policy) && (
                <Badge variant="warning">{m.badge_deprecated()}</Badge>
              )}
            </span>
            <IconButton
              icon="remove"
              label={m.policies_other_remove({ policy })}
              onClick={() => onRemove(policy)}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
