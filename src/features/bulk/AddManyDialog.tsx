import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Proposal } from '../../api/change-sets.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import { useCanWrite } from '../../api/use-can-write.ts'
import { countStored } from '../../domain/allowlist.ts'
import { planBulk, standstill } from '../../domain/bulk.ts'
import type { EntryChange } from '../../domain/change.ts'
import { mostNames, namesIn } from '../../domain/many-lines.ts'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'
import { offeredResources, type PermissionConfiguration } from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { formatNumber } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { proposalFor, propose } from '../change-set/proposal.ts'
import { type EntryForm, toForm, toPermissions } from '../entry-dialog/entry-form.ts'
import { PermissionsField } from '../entry-dialog/PermissionsField.tsx'
import { useCircumstances } from '../entry-dialog/use-circumstances.ts'
import { PastedTextArea } from '../pasted-text/PastedTextArea.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { LeaveGuard } from '../shared/LeaveGuard.tsx'
import type { ListToolProps } from '../shared/list-tool.ts'
import { QueryView } from '../shared/QueryView.tsx'
import styles from './AddManyDialog.module.css'
import { CheckedNames } from './CheckedNames.tsx'
import { checkedNames, countsOf } from './checked-names.ts'
import { standstillTexts } from './standstill-texts.ts'
import { isSettled, useLookUps } from './use-look-ups.ts'

/** Adds many groups and projects at once: from a pasted text, by way of the review. */
export const AddManyDialog = memoWords(function AddManyDialog(props: ListToolProps) {
  const metadata = useQuery(metadataQuery(useApi()))
  const stopped = standstill(props.project.archived, useCanWrite())
  if (metadata.data && !stopped) {
    return <AddManyForm {...props} version={metadata.data.version} />
  }
  return (
    <Dialog
      title={m.many_title()}
      closeLabel={m.close()}
      onClose={props.onClose}
      footer={<Button onClick={props.onClose}>{m.close()}</Button>}
    >
      {stopped ? (
        <Alert variant="warning">{standstillTexts[stopped]()}</Alert>
      ) : (
        <QueryView query={metadata} what={m.what_version()} lines={6}>
          {() => null}
        </QueryView>
      )}
    </Dialog>
  )
})

const nothing: readonly string[] = []
const nothingStored: PermissionConfiguration = { defaultPermissions: true, policies: [] }

/** What was typed for a proposal that waits for its review: there again after a step back. */
let handedOver: { readonly proposal: Proposal; readonly values: EntryForm } | undefined

function AddManyForm({
  project,
  rows,
  complete,
  version,
  onOpen,
  onClose,
}: ListToolProps & { version: Version }) {
  const offered = useMemo(() => offeredResources(version), [version])
  const form = useForm<EntryForm>({
    defaultValues:
      handedOver && handedOver.proposal === proposalFor(project.id)
        ? handedOver.values
        : toForm('', nothingStored, offered, false),
  })
  const { dirtyFields } = form.formState
  const values = useWatch({ control: form.control, compute: (all: EntryForm) => all })
  const [changesListed, setChangesListed] = useState(false)
  const [isHandedOver, setHandedOver] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const permissions = toPermissions(values, nothingStored, nothing, offered)
  const names = useMemo(() => namesIn(values.text), [values.text])
  const known = useMemo(() => rows.map(({ target }) => target), [rows])
  const lookUps = useLookUps(known)
  const { found, progress } = lookUps
  const checked = useMemo(
    () => checkedNames(names, found, { rows, projectId: project.id, permissions }),
    [names, found, rows, project.id, permissions],
  )
  const counts = countsOf(checked)
  const open = names.filter(({ text }) => !isSettled(found.get(text)))
  const isChecked = names.length > 0 && names.every(({ text }) => found.has(text))
  const tooMany = names.length > mostNames
  const fineGrainedAllowed = useCircumstances(project, rows)?.fineGrainedAllowed ?? true

  const added = checked.flatMap(({ target, outcome }): EntryChange[] =>
    target && outcome.kind === 'add'
      ? [{ projectId: project.id, target, before: undefined, after: permissions }]
      : [],
  )
  const others = checked.flatMap(({ outcome }) =>
    outcome.kind === 'listed' && !outcome.same ? outcome.entry : [],
  )
  const changed = changesListed
    ? planBulk({ kind: 'copy', permissions }, others, {
        projectId: project.id,
        version,
        fineGrainedAllowed,
      }).changes
    : []
  const changes = [...added, ...changed]

  // Once the guard below lets go: effects of children run first.
  useEffect(() => {
    if (isHandedOver) onOpen('review')
  }, [isHandedOver, onOpen])

  function review() {
    const proposal: Proposal = { from: 'add-many', changes }
    propose(project.id, proposal)
    handedOver = { proposal, values: form.getValues() }
    setHandedOver(true)
  }

  const stored = countStored(rows, project.id)
  const limit = formatNumber(allowlistLimit)
  return (
    <Dialog
      title={m.many_title()}
      size="large"
      closeLabel={m.close()}
      onClose={onClose}
      initialFocus={field}
      notice={
        <>
          {progress && (
            <ProgressBar
              label={m.many_checking()}
              status={m.many_progress({
                done: formatNumber(progress.done),
                all: formatNumber(progress.all),
              })}
              value={progress.done}
              max={progress.all}
            />
          )}
          {lookUps.error && (
            <Alert variant="danger" live="assertive" title={m.many_paused()}>
              <ErrorText error={lookUps.error} />
            </Alert>
          )}
          <p role="status" className={styles.summary}>
            {isChecked && !progress && (
              <>
                {m.many_adds({ count: counts.add })}{' '}
                {counts.folded > 0 && m.many_folds({ count: counts.folded })}{' '}
                {counts.listed > 0 && m.many_lists({ count: counts.listed })}{' '}
                {counts.refused > 0 && m.many_refuses({ count: counts.refused })}
              </>
            )}
          </p>
        </>
      }
      footer={
        <>
          {progress ? (
            <Button onClick={lookUps.stop}>{m.many_stop()}</Button>
          ) : (
            <>
              {isChecked && open.length > 0 && (
                <Button onClick={() => void lookUps.start(open.map(({ text }) => text))}>
                  {m.many_check_again({ count: open.length })}
                </Button>
              )}
              <Button onClick={onClose}>{m.cancel()}</Button>
            </>
          )}
          {isChecked ? (
            <Button
              variant="confirm"
              disabled={tooMany || changes.length === 0}
              busy={progress !== undefined}
              onClick={review}
            >
              {changed.length > 0
                ? m.bulk_review({ count: changes.length })
                : m.many_review({ count: changes.length })}
            </Button>
          ) : (
            <Button
              variant="confirm"
              disabled={tooMany || names.length === 0}
              busy={progress !== undefined}
              onClick={() => void lookUps.start(open.map(({ text }) => text))}
            >
              {m.many_check({ count: open.length })}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.names}>
          <PastedTextArea
            ref={field}
            value={values.text}
            onValueChange={(text) => form.setValue('text', text, { shouldDirty: true })}
            label={m.many_label()}
            description={m.many_help()}
            error={
              tooMany &&
              m.many_too_many({ most: formatNumber(mostNames), count: formatNumber(names.length) })
            }
            rows={8}
            readOnly={progress !== undefined}
          />
          {!complete && <Alert variant="warning">{m.many_cut()}</Alert>}
          {counts.add > 0 && (
            <p className={styles.summary}>
              {m.many_limits({
                groups: m.count_groups({ count: stored.group + counts.groups, limit }),
                projects: m.count_projects({ count: stored.project + counts.projects, limit }),
              })}
            </p>
          )}
          {others.length > 0 && (
            <Checkbox
              label={m.many_change_listed({ count: others.length })}
              checked={changesListed}
              onChange={({ target }) => setChangesListed(target.checked)}
            />
          )}
        </div>
        <div>
          <PermissionsField
            form={form}
            project={project}
            target={undefined}
            stored={undefined}
            offered={offered}
            other={nothing}
            version={version}
          />
        </div>
        <CheckedNames checked={checked} />
      </div>
      <LeaveGuard
        when={!isHandedOver && JSON.stringify(dirtyFields).includes('true')}
        leaving="dialog"
      />
    </Dialog>
  )
}
