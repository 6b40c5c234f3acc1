import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  type ChangeSet,
  changeSetOf,
  compareSet,
  dropSet,
  isFailed,
  isSettingLeft,
  isToDo,
  type SetLine,
  type SettingLine,
  saveSet,
  stopSet,
  undoOf,
  useChangeSet,
} from '../../api/change-sets.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { useApi, useSignedIn } from '../../api/use-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import { formatMoment } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useCircumstances } from '../entry-dialog/use-circumstances.ts'
import { LeaveGuard } from '../shared/LeaveGuard.tsx'
import type { ListToolProps } from '../shared/list-tool.ts'
import { effectsOf, linesOf } from './lines.ts'
import { propose } from './proposal.ts'
import styles from './ReviewList.module.css'
import { ReviewList } from './ReviewList.tsx'
import { SetProgress } from './SetProgress.tsx'
import { usePlace } from './undo.ts'

/** Shows a set of changes before it is saved, while it is, and what has become of it. */
export const ReviewDialog = memoWords(function ReviewDialog({
  project,
  rows,
  complete,
  onClose,
}: ListToolProps) {
  const api = useApi()
  const set = useChangeSet(project.id)
  const isOpen = set?.state.at === 'saving' || set?.state.at === 'paused'

  useEffect(() => {
    if (complete) compareSet(api, project.id, rows)
  }, [api, project.id, rows, complete])
  // Whoever leaves has agreed to stop.
  useEffect(() => () => stopSet(api, project.id), [api, project.id])

  function close() {
    if (changeSetOf(api, project.id)?.state.at === 'done') dropSet(api, project.id)
    onClose()
  }

  return (
    <Dialog
      title={
        set?.from === 'undo'
          ? m.set_title_undo()
          : m.set_title({ count: (set?.lines.length ?? 0) + (set?.settings.length ?? 0) })
      }
      size="large"
      printed
      closeLabel={m.close()}
      onClose={close}
      notice={set && <SetProgress set={set} />}
      footer={<Buttons set={set} project={project} onClose={close} />}
    >
      {set ? (
        <>
          <PrintedHead key={set.state.at} project={project} />
          <Lines set={set} project={project} rows={rows} complete={complete} />
        </>
      ) : (
        <p>{m.set_empty()}</p>
      )}
      <LeaveGuard
        when={isOpen}
        leaving="dialog"
        question={{
          title: m.set_leave_title(),
          body: m.set_leave_body(),
          confirm: m.set_leave_confirm(),
          cancel: m.set_leave_cancel(),
        }}
      />
    </Dialog>
  )
})

/** On paper: whose list it is, who reviews or has saved it, and since when it has stood so. */
function PrintedHead({ project }: { project: Project }) {
  const { connection } = useSignedIn()
  const [time] = useState(Date.now)
  return (
    <p className={styles.printed}>
      {m.set_printed({
        project: project.fullPath,
        server: connection.webAddress,
        username: connection.user.username,
        time: formatMoment(time),
      })}
    </p>
  )
}

type LinesProps = {
  set: ChangeSet
  project: Project
  rows: readonly AllowlistEntry[]
  complete: boolean
}

function Lines({ set, project, rows, complete }: LinesProps) {
  const circumstances = useCircumstances(project, complete ? rows : undefined)
  const basis = useBasis(set.lines)
  const effects = useMemo(() => effectsOf(basis, circumstances), [basis, circumstances])
  const lines = linesOf(set.lines, effects, rows)
  return (
    <ReviewList
      lines={lines}
      settings={set.settings}
      state={set.state}
      project={project}
      rows={rows}
      idle={circumstances?.inForce === false}
    />
  )
}

/** Keeps the identity of the lines while only their progress differs: their effects are the same. */
function useBasis(lines: readonly SetLine[]): readonly SetLine[] {
  const [kept, setKept] = useState(lines)
  const isSame =
    kept.length === lines.length &&
    lines.every(
      ({ change, included }, at) => change === kept[at]?.change && included === kept[at].included,
    )
  if (!isSame) setKept(lines)
  return isSame ? kept : lines
}

type ButtonsProps = { set: ChangeSet | undefined; project: Project; onClose: () => void }

/** What can be done with a set in its present state. */
function Buttons({ set, project, onClose }: ButtonsProps) {
  const place = usePlace()
  const { api } = place
  const main = useRef<HTMLButtonElement>(null)
  const at = set?.state.at
  // The pressed button has gone with its state, and the focus with it; or a key was pressed at the title.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once in each state
  useLayoutEffect(() => {
    const title = document.querySelector<HTMLElement>('[data-dialog-title]')
    if (document.activeElement !== document.body && document.activeElement !== title) return
    // A review begins at its title: a key that is still held must not save it.
    const place = main.current ?? title
    place?.focus()
  }, [at])
  const closing = <Button onClick={onClose}>{m.close()}</Button>
  if (!set) return closing
  const isNew = ({ included, outcome }: SettingLine) => included && outcome === undefined
  const left = set.lines.filter(isToDo).length + set.settings.filter(isNew).length
  const failed =
    set.lines.filter(isFailed).length +
    set.settings.filter((line) => isSettingLeft(line) && !isNew(line)).length
  const undoable = undoOf(api, set)
  const save = () => void saveSet(place, project.id)
  const discard = () => {
    dropSet(api, project.id)
    onClose()
  }
  const undoing = undoable.length > 0 && (
    <Button onClick={() => propose(project.id, { from: 'undo', changes: undoable })}>
      {m.set_undo({ count: undoable.length })}
    </Button>
  )
  // Each state has buttons of its own: one that React used again for another purpose would keep the focus.
  switch (set.state.at) {
    case 'review':
      return (
        <Fragment key="review">
          <Button onClick={discard}>{m.set_discard()}</Button>
          <Button
            variant="confirm"
            onClick={save}
            disabledReason={
              project.archived ? m.archived_reason() : left === 0 ? m.set_nothing() : undefined
            }
          >
            {m.set_save({ count: left })}
          </Button>
        </Fragment>
      )
    case 'saving':
      return (
        <Button ref={main} busy={set.state.stopping} onClick={() => stopSet(api, project.id)}>
          {m.set_stop()}
        </Button>
      )
    case 'paused':
      return (
        <Fragment key="paused">
          <Button onClick={() => stopSet(api, project.id)}>{m.set_stop()}</Button>
          <Button ref={main} variant="confirm" onClick={save}>
            {m.set_continue_now()}
          </Button>
        </Fragment>
      )
    case 'stopped':
    case 'interrupted':
      return (
        <Fragment key="stopped">
          <Button onClick={discard}>{m.set_discard_rest()}</Button>
          {undoing}
          {left > 0 && (
            <Button ref={main} variant="confirm" onClick={save}>
              {m.set_save_rest({ count: left })}
            </Button>
          )}
        </Fragment>
      )
    case 'done':
      return (
        <Fragment key="done">
          {undoing}
          {left > 0 && <Button onClick={save}>{m.set_save_rest({ count: left })}</Button>}
          {failed > 0 && (
            <Button
              ref={main}
              onClick={() =>
                void saveSet(place, project.id, (line) => isFailed(line) || isToDo(line))
              }
            >
              {m.set_retry({ count: failed })}
            </Button>
          )}
          <Button ref={failed > 0 ? undefined : main} variant="confirm" onClick={onClose}>
            {m.close()}
          </Button>
        </Fragment>
      )
  }
}
