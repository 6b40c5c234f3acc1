import { type SubmitEvent, useEffect, useMemo, useRef, useState } from 'react'
import { endWaits } from '../../api/rate-limit.ts'
import { lookUpTarget } from '../../api/targets.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { useCanWrite } from '../../api/use-can-write.ts'
import {
  changesOf,
  compare,
  type Found,
  isOfServer,
  isSame,
  type Present,
  toLookUp,
} from '../../domain/as-code/compare.ts'
import type { FileEntry, FileProblem, ListFile } from '../../domain/as-code/list-file.ts'
import { readList } from '../../domain/as-code/read-list.ts'
import { formatList, formatMoment, formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { propose } from '../change-set/proposal.ts'
import type { ListToolProps } from '../shared/list-tool.ts'
import { Path } from '../shared/Path.tsx'
import { useCopy } from '../shared/use-copy.ts'
import styles from './as-code.module.css'
import { ComparisonView } from './ComparisonView.tsx'
import {
  chosenAtFirst,
  comparisonText,
  type Line,
  type Section,
  sectionsOf,
  settingKey,
} from './comparison-words.ts'
import { FileFields } from './FileFields.tsx'
import { FileNotes } from './FileNotes.tsx'
import { useListSettings } from './list-settings.ts'
import { lookUpEntries } from './look-up.ts'
import { problemWords } from './problem-words.ts'

type Step =
  | { readonly at: 'file'; readonly problems: readonly FileProblem[] }
  | { readonly at: 'looking-up'; readonly done: number; readonly total: number }
  | {
      readonly at: 'comparison'
      readonly file: ListFile
      readonly found: ReadonlyMap<FileEntry, Found>
      /** Milliseconds since 1970. */
      readonly time: number
    }

/** Compares a file with the list, and hands what is chosen of the differences to the review. */
export function ImportDialog({ project, rows, complete, onOpen, onClose }: ListToolProps) {
  const { api, connection } = useSignedIn()
  const { webAddress, user } = connection
  const canWrite = useCanWrite()
  const { settings, isReading } = useListSettings(project)
  const [text, setText] = useState('')
  const [step, setStep] = useState<Step>({ at: 'file', problems: [] })
  /** What the user has chosen otherwise than the console, by the lines' keys. */
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map())
  const running = useRef<AbortController>(null)
  useEffect(() => () => running.current?.abort(), [])
  const { copy, refused } = useCopy()

  const { inboundEnabled, pushAllowed, crossProjectPushAllowed } = settings
  const present = useMemo(
    (): Present => ({
      server: webAddress,
      project,
      rows,
      settings: { inboundEnabled, pushAllowed, crossProjectPushAllowed },
    }),
    [webAddress, project, rows, inboundEnabled, pushAllowed, crossProjectPushAllowed],
  )
  const comparison = useMemo(
    () => (step.at === 'comparison' ? compare(step.file, present, step.found) : undefined),
    [step, present],
  )
  const sections = comparison ? sectionsOf(comparison) : []

  async function lookUp(file: ListFile, known: ReadonlyMap<FileEntry, Found>) {
    const entries = toLookUp(file, present).filter(
      (entry) => (known.get(entry) ?? 'failed') === 'failed',
    )
    // A person asked for these: they must not sit out a rate limit's wait.
    endWaits()
    const controller = new AbortController()
    running.current = controller
    setStep({ at: 'looking-up', done: 0, total: entries.length })
    const found = await lookUpEntries(entries, {
      useIds: isOfServer(file, webAddress),
      webAddress,
      lookUp: (reference) => lookUpTarget(api, reference, controller.signal),
      onProgress: (done) => setStep({ at: 'looking-up', done, total: entries.length }),
      signal: controller.signal,
    })
    if (controller.signal.aborted) return
    setStep({ at: 'comparison', file, found: new Map([...known, ...found]), time: Date.now() })
  }

  function compareFile(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (step.at !== 'file') return
    const read = readList(text, project)
    if ('errors' in read) {
      setStep({ at: 'file', problems: read.errors })
      return
    }
    setChoices(new Map())
    void lookUp(read.ok, new Map())
  }

  const isChosen = ({ name }: Section, { key }: Line): boolean =>
    key !== undefined && (choices.get(key) ?? chosenAtFirst.has(name))
  const chosenIn = (name: Section['name']): Line[] =>
    sections
      .filter((section) => section.name === name)
      .flatMap((section) =>
        section.lines.filter((line) => !line.disabledReason && isChosen(section, line)),
      )
  const removed = chosenIn('added')
  const chosenSettings = chosenIn('settings')
  const changed = [...chosenIn('missing'), ...chosenIn('different'), ...removed]
  const isAny = changed.length + chosenSettings.length > 0

  function whyNot(): string | undefined {
    if (project.archived) return m.archived_reason()
    if (!canWrite) return m.read_only_token_reason()
    return isAny ? undefined : m.code_nothing_chosen()
  }

  function review() {
    if (!comparison) return
    const keys = new Set([...changed, ...chosenSettings].map(({ key }) => key))
    const wanted = comparison.settings.filter(({ name }) => keys.has(settingKey(name)))
    propose(project.id, {
      from: 'import',
      changes: changesOf(comparison, project.id, (key) => keys.has(key)),
      settings: Object.fromEntries(wanted.map(({ name, after }) => [name, after])),
    })
    onOpen('review')
  }

  const back = () => {
    running.current?.abort()
    setStep({ at: 'file', problems: [] })
  }
  const compared =
    step.at === 'comparison'
      ? m.code_compared({
          project: project.fullPath,
          server: webAddress,
          user: `@${user.username}`,
          time: formatMoment(step.time),
        })
      : ''
  const hasFailed = comparison?.unknown.some(({ why }) => why === 'failed') ?? false

  return (
    <Dialog
      title={m.code_import_title()}
      subject={<Path path={project.fullPath} />}
      size="large"
      printed={comparison !== undefined}
      closeLabel={m.close()}
      onClose={onClose}
      onSubmit={compareFile}
      notice={
        <>
          {step.at === 'file' && step.problems.length > 0 && (
            <Alert variant="danger" live="assertive" title={m.code_refused_title()}>
              {m.code_refused_whole()}
              <ul className={styles.problems}>
                {step.problems.map((problem) => (
                  <li key={problemWords(problem)}>{problemWords(problem)}</li>
                ))}
              </ul>
            </Alert>
          )}
          {refused !== undefined && (
            <Alert variant="warning" live="polite" title={m.check_copy_failed()}>
              <code>{refused}</code>
            </Alert>
          )}
          {removed.length > 0 && (
            <Alert variant="warning" live="polite">
              {m.code_removes({ paths: formatList(removed.map(({ name }) => name)) })}
            </Alert>
          )}
          {comparison && isAny && (
            <p role="status">
              {m.code_summary({
                add: formatNumber(chosenIn('missing').length),
                change: formatNumber(chosenIn('different').length),
                remove: formatNumber(removed.length),
                settings: formatNumber(chosenSettings.length),
              })}
            </p>
          )}
        </>
      }
      footer={
        comparison ? (
          <>
            <Button onClick={back}>{m.code_another_file()}</Button>
            <Button onClick={() => window.print()}>{m.code_print()}</Button>
            <Button
              onClick={() =>
                void copy(
                  comparisonText(
                    [compared, ...(isSame(comparison) ? [sameWords(comparison.same)] : [])],
                    sections,
                  ),
                  m.check_copied,
                )
              }
            >
              {m.code_copy_comparison()}
            </Button>
            <Button variant="confirm" disabledReason={whyNot()} onClick={review}>
              {m.code_review()}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{m.cancel()}</Button>
            <Button type="submit" variant="confirm" busy={step.at === 'looking-up' || isReading}>
              {m.code_compare()}
            </Button>
          </>
        )
      }
    >
      {step.at === 'file' && (
        <div className={styles.stack}>
          <p>{m.code_import_about()}</p>
          <FileFields text={text} onText={setText} />
        </div>
      )}
      {step.at === 'looking-up' && (
        <div className={styles.stack}>
          <ProgressBar
            label={m.code_looking_up()}
            status={m.code_looking_up_of({
              done: formatNumber(step.done),
              total: formatNumber(step.total),
            })}
            value={step.done}
            max={step.total}
          />
          <div>
            <Button onClick={back}>{m.code_stop()}</Button>
          </div>
        </div>
      )}
      {step.at === 'comparison' && comparison && (
        <div className={styles.stack}>
          <p className={styles.about}>{compared}</p>
          <FileNotes
            file={step.file}
            project={project}
            webAddress={webAddress}
            complete={complete}
          />
          {isSame(comparison) ? (
            <Alert variant="success" live="polite">
              {sameWords(comparison.same)}
            </Alert>
          ) : (
            comparison.same > 0 && (
              <p>{m.code_same_rest({ count: formatNumber(comparison.same) })}</p>
            )
          )}
          <ComparisonView
            sections={sections}
            isChosen={isChosen}
            onChoose={(lines, chosen) =>
              setChoices(
                new Map([
                  ...choices,
                  ...lines.flatMap(({ key }) => (key ? [[key, chosen] as const] : [])),
                ]),
              )
            }
          />
          {hasFailed && (
            <div>
              <Button onClick={() => void lookUp(step.file, step.found)}>{m.try_again()}</Button>
            </div>
          )}
        </div>
      )}
    </Dialog>
  )
}

const sameWords = (count: number): string => m.code_same({ count: formatNumber(count) })
