import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { type KeptQuestion, keepQuestion, keptQuestion } from '../../api/kept-question.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import type { Finding, ProjectName } from '../../domain/reading/findings.ts'
import { type ReadingState, useReading } from '../pasted-text/use-reading.ts'
import { type SharedText, sharedTextIn, toHash } from '../shared/shared-text.ts'
import { useDebounced } from '../shared/use-debounced.ts'
import type { UseTarget, useTarget } from '../target-picker/use-target.ts'
import { hrefOf, type Place } from './address.ts'
import { namedOrigin, useNamedProjects, useOrigin } from './use-origin.ts'
import type { Values } from './VariableFields.tsx'

/** The content of the fields. */
export type Draft = {
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

/** The draft of each session while its user visits another page, also where it is too long to be kept. */
const drafts = new Map<string, Draft>()

/** What is asked on a page of the access check, and how far it has been read. */
export type AskedQuestion = Omit<ReadingState, 'busy'> & {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  readonly findings: readonly Finding[]
  /** Whether the answer is another text's, or the origin project is being looked up. */
  readonly busy: boolean
  readonly origin: Origin
  /** The field of the origin project: its content, and the look-up of that. */
  readonly field: Pick<UseTarget, 'text' | 'picked' | 'settled'> & {
    readonly search: ReturnType<typeof useTarget>
    readonly settle: (settled: boolean) => void
  }
  /** The name of the origin project in a log, and the projects that it fits where there are several. */
  readonly named: ProjectName | undefined
  readonly fitting: readonly Target[]
  readonly shared: SharedText
  /** Puts the text into the address of this page, and answers with the link. */
  readonly share: () => string
}

/**
 * The text and the origin project that the access check is asked about, from the address, from this tab, or
 * from before another page was visited.
 * @param place the page's own address, for links to it
 * @param listed targets that need no look-up; undefined while they are being read
 */
export function useQuestion(place: Place, listed: readonly Target[] | undefined): AskedQuestion {
  const { api, connection } = useSignedIn()
  const router = useRouter()
  const { navigate } = router
  const written = useLocation({
    // While this page is being left, the location is already the next page's: ignore it.
    select: ({ pathname, search, searchStr, hash }) =>
      !pathname.endsWith('/access') ? '' : 'q' in search ? searchStr : hash,
  })
  const isOld = written.startsWith('?')
  const address = useMemo(() => sharedTextIn(written), [written])
  const [draft, setDraft] = useState(
    () =>
      ofAddress(address) ??
      withOrigin(address, drafts.get(api.id) ?? ofTab(keptQuestion(connection)) ?? nothing),
  )
  const [opened, setOpened] = useState(address.q)
  const [settled, setSettled] = useState(draft.origin !== undefined)
  const [named, setNamed] = useState<ProjectName>()

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
      to: '.',
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
    if (written === '') return
    void navigate({ to: '.', search: true, replace: true, resetScroll: false })
  }

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
  const findings = reading?.findings ?? noFindings
  const nowNamed = namedOrigin(findings)
  if (JSON.stringify(nowNamed) !== JSON.stringify(named)) setNamed(nowNamed)

  const shared: SharedText = { q: draft.text.trim(), origin: fullPath }

  function share(): string {
    const hash = toHash(shared)
    void navigate({
      to: '.',
      search: true,
      hash,
      replace: true,
      resetScroll: false,
      hashScrollIntoView: false,
    })
    return hrefOf(router, place, {}, hash)
  }

  return {
    draft,
    change,
    reading,
    findings,
    failure,
    busy: busy || (settled && search.resolution.state === 'searching'),
    origin,
    field: { text: originText, picked, settled, search, settle: setSettled },
    named: another && draft.origin === undefined ? named : undefined,
    fitting,
    shared,
    share,
  }
}

const ofTab = (kept: KeptQuestion | undefined): Draft | undefined =>
  kept && { ...nothing, ...kept, origin: kept.origin }

/** A link that names an origin project alone: the text stays, to be asked about that project's jobs. */
const withOrigin = ({ origin }: SharedText, draft: Draft): Draft =>
  origin === undefined ? draft : { ...draft, origin, picked: null }

const ofAddress = ({ q, origin }: SharedText): Draft | undefined =>
  q === undefined ? undefined : { ...nothing, text: q, origin }
