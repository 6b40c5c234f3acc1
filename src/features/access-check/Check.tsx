import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { type KeptQuestion, keepQuestion, keptQuestion, mostKept } from '../../api/kept-question.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { type ReadRules, useRules } from '../../api/use-rules.ts'
import type { Target } from '../../domain/allowlist.ts'
import { assess } from '../../domain/inquiry.ts'
import {
  type Elsewhere,
  type Finding,
  type ProjectName,
  unsetVariables,
} from '../../domain/reading/findings.ts'
import { maskShort } from '../../domain/reading/secrets/mask-change.ts'
import type { Version } from '../../domain/version.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { PastedTextArea } from '../pasted-text/PastedTextArea.tsx'
import { mostRead, useReading } from '../pasted-text/use-reading.ts'
import { Path } from '../shared/Path.tsx'
import { type SharedText, sharedTextIn, toHash } from '../shared/shared-text.ts'
import { useDebounced } from '../shared/use-debounced.ts'
import { hrefOf } from './address.ts'
import styles from './Check.module.css'
import { projectName } from './check-words.ts'
import { OriginField } from './OriginField.tsx'
import { Results } from './Results.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import { namedOrigin, useNamedProjects, useOrigin } from './use-origin.ts'
import { type Values, VariableFields } from './VariableFields.tsx'

const route = getRouteApi('/signed-in/projects/$id/access')

/** The content of the fields. */
type Draft = {
  /** With its secrets masked: nothing else is ever kept. */
  readonly text: string
  /** Undefined while the field is untouched: then the log may name the origin. */
  readonly origin: string | undefined
  readonly picked: Target | null
  /** The values that the user gives for variables that the text does not set. */
  readonly values: Values
}

const nothing: Draft = { text: '', origin: undefined, picked: null, values: {} }

const noFindings: readonly Finding[] = []
const nowhere: readonly Elsewhere[] = []

/** The draft of each session while its user visits another page, also where it is too long to be kept. */
const drafts = new Map<string, Draft>()

/** The most characters of a text that go into an address. */
const mostShared = 1000

type CheckProps = { project: Project; version: Version }

/** The pasted text and its results. */
export function Check({ project, version }: CheckProps) {
  const { api, connection } = useSignedIn()
  const router = useRouter()
  const navigate = route.useNavigate()
  const written = useLocation({
    // While this page is being left, the location is already the next page's: ignore it.
    select: ({ pathname, search, searchStr, hash }) =>
      !pathname.endsWith('/access') ? '' : 'q' in search ? searchStr : hash,
  })
  const isOld = written.startsWith('?')
  const address = useMemo(() => sharedTextIn(written), [written])
  const [draft, setDraft] = useState(
    () => ofAddress(address) ?? drafts.get(api.id) ?? ofTab(keptQuestion(connection)) ?? nothing,
  )
  const [opened, setOpened] = useState(address.q)
  const [settled, setSettled] = useState(draft.origin !== undefined)
  const [named, setNamed] = useState<ProjectName>()
  const [isSharing, setSharing] = useState(false)

  // Another link was followed while this page was open.
  if (address.q !== opened) {
    setOpened(address.q)
    const asked = ofAddress(address)
    if (asked && asked.text !== draft.text) setDraft(asked)
  }
  // Links of earlier versions have it before `#`, and anybody can write a secret into one.
  useEffect(() => {
    if (!isOld && (address.q ?? null) === new URLSearchParams(written).get('q')) return
    void navigate({
      search: (kept) => ({ ...kept, q: undefined, origin: undefined }),
      hash: toHash(address),
      replace: true,
      hashScrollIntoView: false,
    })
  }, [isOld, written, address, navigate])

  // Also once somebody has signed in again on this page: what was kept goes with the token.
  useEffect(() => {
    if (!connection.token) return
    drafts.set(api.id, draft)
    keepQuestion(connection, draft)
  }, [api, connection, draft])

  function change(part: Partial<Draft>) {
    setDraft((before) => ({ ...before, ...part }))
    // The address holds another text now.
    if (address.q === undefined) return
    void navigate({ search: true, replace: true, resetScroll: false })
  }

  const known = useRules(project, version)
  const rules = known.state === 'read' ? known.rules : undefined
  const listed = useListed(project, known)
  const fitting = useNamedProjects(named, listed)
  const [fits, another] = fitting
  const hint = another ? undefined : fits
  const originText = draft.origin ?? hint?.fullPath ?? ''
  const picked = draft.origin === undefined ? (hint ?? null) : draft.picked
  const { origin, search } = useOrigin({
    text: originText,
    picked,
    // The console's own links name projects; by hand a group may be typed, which the field then says.
    kind: originText === address.origin ? 'project' : undefined,
    known: listed,
    settled,
  })
  const { id, fullPath } = origin

  const { reading, busy, failure } = useReading({
    text: draft.text,
    gitlabUrl: connection.webAddress,
    id,
    fullPath,
    variables: useDebounced(draft.values),
  })
  const nowNamed = namedOrigin(reading?.findings ?? noFindings)
  if (JSON.stringify(nowNamed) !== JSON.stringify(named)) setNamed(nowNamed)

  const assessments = useMemo(
    () =>
      assess(reading?.findings ?? noFindings, {
        checked: {
          id: project.id,
          fullPath: project.fullPath,
          ...(project.visibility && { visibility: project.visibility }),
        },
        origin: { ...(id !== undefined && { id }), ...(fullPath && { fullPath }) },
        rules,
        version,
      }),
    [reading, project, id, fullPath, rules, version],
  )

  const pasted = draft.text.trim()
  const shared: SharedText = { q: pasted, origin: fullPath }
  const tooLong = pasted.length > mostShared

  /** Puts the text into the address of this page, too, and answers with the link. */
  function share(): string {
    const hash = toHash(shared)
    void navigate({
      search: true,
      hash,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    })
    return hrefOf(router, '/projects/$id/access', project.fullPath, {}, hash)
  }

  return (
    <div className={styles.sides}>
      <div className={styles.question}>
        <Card title={m.check_question()}>
          <div className={styles.fields}>
            <PastedTextArea
              label={m.check_text()}
              description={m.check_text_help()}
              rows={8}
              value={draft.text}
              onValueChange={(text) => change({ text })}
            />
            {draft.text.length > mostKept && (
              <p className={styles.note}>{m.check_not_kept({ limit: formatNumber(mostKept) })}</p>
            )}
            <OriginField
              text={originText}
              picked={picked}
              search={search}
              settled={settled}
              onText={(text) => {
                setSettled(false)
                change({ origin: maskShort(text) })
              }}
              onPick={(target) => change({ picked: target })}
              onLeave={() => setSettled(true)}
            />
            {another && draft.origin === undefined && named && (
              <div className={styles.fitting}>
                <span>{m.check_origin_fits({ name: projectName(named) })}</span>
                {fitting.map((target) => (
                  <Button
                    key={target.id}
                    size="small"
                    onClick={() => change({ origin: target.fullPath, picked: target })}
                  >
                    <Path path={target.fullPath} />
                  </Button>
                ))}
              </div>
            )}
            <VariableFields
              names={unsetVariables(reading?.findings ?? noFindings)}
              values={draft.values}
              onChange={(values) => change({ values })}
            />
            {pasted && (
              <div className={styles.actions}>
                <Button
                  disabledReason={
                    tooLong
                      ? m.check_copy_link_long({ limit: formatNumber(mostShared) })
                      : undefined
                  }
                  onClick={() => setSharing(true)}
                >
                  {m.check_share()}
                </Button>
                <span className={styles.hidden}>{m.check_share_hidden()}</span>
              </div>
            )}
          </div>
        </Card>
      </div>
      {isSharing && <ShareDialog shared={shared} link={share} onClose={() => setSharing(false)} />}
      {pasted ? (
        <Results
          kind={reading?.kind}
          assessments={assessments}
          abroad={reading?.elsewhere ?? nowhere}
          busy={busy || (settled && search.resolution.state === 'searching')}
          failure={failure}
          cut={draft.text.length > mostRead ? mostRead : undefined}
          project={project}
          origin={origin}
          rules={known}
          version={version}
          values={draft.values}
        />
      ) : (
        <p className={styles.awaits}>{m.check_awaits()}</p>
      )}
    </div>
  )
}

/** The targets that need no look-up; undefined while the allowlist is being read. */
function useListed(project: Project, known: ReadRules): readonly Target[] | undefined {
  const entries = known.state === 'read' ? known.rules.entries : undefined
  const targets = useMemo(
    () => [project, ...(entries ?? []).map(({ target }) => target)],
    [project, entries],
  )
  return known.state === 'waiting' ? undefined : targets
}

const ofTab = (kept: KeptQuestion | undefined): Draft | undefined =>
  kept && { ...nothing, ...kept, origin: kept.origin }

const ofAddress = ({ q, origin }: SharedText): Draft | undefined =>
  q === undefined ? undefined : { ...nothing, text: q, origin }
