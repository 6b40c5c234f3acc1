import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useMemo, useState } from 'react'
import type { Proposal } from '../../api/change-sets.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import { useCanWrite } from '../../api/use-can-write.ts'
import { type BulkPlan, planBulk, standstill } from '../../domain/bulk.ts'
import { offeredResources } from '../../domain/permissions.ts'
import { formatNumber } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { proposalFor, propose } from '../change-set/proposal.ts'
import { useCircumstances } from '../entry-dialog/use-circumstances.ts'
import { LeaveGuard } from '../shared/LeaveGuard.tsx'
import type { ListToolProps } from '../shared/list-tool.ts'
import { QueryView } from '../shared/QueryView.tsx'
import { ActionFields } from './ActionFields.tsx'
import styles from './BulkDialog.module.css'
import { BulkForecast } from './BulkForecast.tsx'
import { actionOf, type Choices, noChoices } from './choices.ts'
import { standstillTexts } from './standstill-texts.ts'

const route = getRouteApi('/signed-in/projects/$id/settings/ci_cd')

/** What was chosen for a proposal that waits for its review: there again after a step back. */
let handedOver: { readonly proposal: Proposal; readonly choices: Choices } | undefined

/** Applies one action to the selected entries, and hands the changes over to their review. */
export const BulkDialog = memoWords(function BulkDialog({
  project,
  rows,
  selected,
  onOpen,
  onClose,
}: ListToolProps) {
  const metadata = useQuery(metadataQuery(useApi()))
  const { action: first } = route.useSearch()
  const [choices, setChoices] = useState<Choices>(() =>
    !first && handedOver && handedOver.proposal === proposalFor(project.id)
      ? handedOver.choices
      : { ...noChoices, kind: first },
  )
  const [stage, setStage] = useState<'untouched' | 'touched' | 'handed-over'>('untouched')
  const stopped = standstill(project.archived, useCanWrite())
  const fineGrainedAllowed = useCircumstances(project, rows)?.fineGrainedAllowed ?? true
  const version = metadata.data?.version
  const offered = useMemo(() => (version ? offeredResources(version) : []), [version])
  const plan = useMemo(() => {
    const action = actionOf(choices, offered)
    return (
      action &&
      version &&
      planBulk(action, selected, { projectId: project.id, version, fineGrainedAllowed })
    )
  }, [choices, offered, selected, project.id, version, fineGrainedAllowed])
  // Once the guard below lets go: effects of children run first.
  useEffect(() => {
    if (stage === 'handed-over') onOpen('review')
  }, [stage, onOpen])

  const changes = plan?.changes ?? []
  function review(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const proposal: Proposal = { from: 'bulk', changes }
    propose(project.id, proposal)
    handedOver = { proposal, choices }
    setStage('handed-over')
  }

  const isUsable = selected.length > 0 && !stopped
  return (
    <Dialog
      title={m.bulk_title()}
      subject={m.bulk_selected({ count: selected.length })}
      size="large"
      closeLabel={m.close()}
      onClose={onClose}
      onSubmit={review}
      notice={
        isUsable && (
          <p role="status" className={styles.count}>
            {plan && <CountText plan={plan} />}
          </p>
        )
      }
      footer={
        <>
          <Button onClick={onClose}>{isUsable ? m.cancel() : m.close()}</Button>
          {isUsable && (
            <Button
              type="submit"
              variant="confirm"
              disabled={changes.length === 0}
              disabledReason={plan ? undefined : m.bulk_choose()}
            >
              {m.bulk_review({ count: changes.length })}
            </Button>
          )}
        </>
      }
    >
      {stopped ? (
        <Alert variant="warning">{standstillTexts[stopped]()}</Alert>
      ) : selected.length === 0 ? (
        <p className={styles.count}>{m.bulk_none_selected()}</p>
      ) : (
        <QueryView query={metadata} what={m.what_version()} lines={6}>
          {() => (
            <div className={styles.form}>
              <ActionFields
                rows={rows}
                projectId={project.id}
                offered={offered}
                choices={choices}
                onChange={(chosen) => {
                  setChoices(chosen)
                  setStage('touched')
                }}
              />
              {plan && <BulkForecast plan={plan} />}
            </div>
          )}
        </QueryView>
      )}
      <LeaveGuard when={stage === 'touched'} leaving="dialog" />
    </Dialog>
  )
})

function CountText({ plan: { changes, leftOut } }: { plan: BulkPlan }) {
  const left = leftOut.length
  const count = formatNumber(changes.length)
  const isRemoval = changes.length > 0 && changes.every(({ after }) => after === undefined)
  return (
    <>
      {isRemoval ? m.bulk_removes({ count }) : m.bulk_changes({ count })}{' '}
      {left > 0 && m.bulk_leaves_out({ count: formatNumber(left) })}
    </>
  )
}
