import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type SubmitEvent, useRef, useState } from 'react'
import type { Page, ProjectSummary } from '../../api/gitlab-api.ts'
import { projectsQuery } from '../../api/projects.ts'
import { recentProjects } from '../../api/recent-projects.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { isTooLong, parseReference, type Reference } from '../../domain/reference.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { SearchField } from '../../ui/SearchField.tsx'
import { errorTexts } from '../shared/error-text.ts'
import { Path } from '../shared/Path.tsx'
import { tooLongText } from '../shared/too-long-text.ts'
import { useDebounced } from '../shared/use-debounced.ts'
import type { ProjectPage } from './ProjectCrumb.tsx'
import styles from './ProjectPicker.module.css'

/** How long an answer will do, in milliseconds. */
const staleTime = 30_000

type Choice = Pick<ProjectSummary, 'id' | 'fullPath'>

type ProjectPickerProps = {
  /** Where a project leads. */
  page: ProjectPage
  /** The project that one is at, which is not offered. */
  current?: number | undefined
  autoFocus?: boolean | undefined
  onPick?: (() => void) | undefined
}

/**
 * Finds a project: among those opened last, those that the user maintains, and any other by whatever
 * names it. Links, so that a project can be opened in another tab; the arrow keys go through them.
 */
export function ProjectPicker({ page, current, autoFocus, onPick }: ProjectPickerProps) {
  const { api, connection } = useSignedIn()
  const client = useQueryClient()
  const navigate = useNavigate()
  const place = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const reference = parseReference(text, connection.webAddress)
  const typed = termOf(text, reference)
  const term = useDebounced(typed)
  const projects = useQuery({ ...projectsQuery(api, { search: term, page: 1 }), staleTime })
  const isSearching = projects.isPending || projects.isPlaceholderData || term !== typed
  // As they were when it opened: what is opened from here must not move them.
  const [recent] = useState(() => recentProjects(connection))

  const recents = recent.filter(
    ({ id, fullPath }) => id !== current && fullPath.toLowerCase().includes(typed.toLowerCase()),
  )
  const besides = (answer: Page<ProjectSummary> | undefined): readonly Choice[] =>
    (answer?.items ?? []).filter(
      ({ id }) => id !== current && recents.every((project) => project.id !== id),
    )
  const found = isSearching ? [] : besides(projects.data)
  const named = namedBy(reference)

  function open(id: string) {
    onPick?.()
    void navigate({ to: page, params: { id } })
  }

  /** Enter: what the text names by itself, or else the only project that was found. */
  async function enter(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (named) return open(named)
    if (!typed) return
    const answer = await client
      .fetchQuery({ ...projectsQuery(api, { search: typed, page: 1 }), staleTime })
      .catch(() => undefined)
    const [only, ...others] = [...recents, ...besides(answer)]
    if (only && others.length === 0) open(only.fullPath)
  }

  /** From the field to the links and between them. */
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step || event.nativeEvent.isComposing) return
    const stops = [...(place.current?.querySelectorAll<HTMLElement>('input, a') ?? [])]
    const at = stops.findIndex((stop) => stop.matches(':focus'))
    stops.at((at + step) % stops.length)?.focus()
    event.preventDefault()
  }

  function status(): string | undefined {
    if (reference && 'foreign' in reference) return m.target_foreign({ host: reference.foreign })
    if (!reference && isTooLong(text)) return tooLongText()
    if (isSearching) return m.target_searching()
    if (projects.error) return errorTexts(projects.error).text
    if (projects.data?.nextPage !== undefined)
      return m.target_results_first({ count: found.length })
    if (text.trim() === '') return undefined
    return found.length > 0 ? m.target_results({ count: found.length }) : m.target_no_results()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the field and the links
    <div ref={place} className={styles.picker} onKeyDown={onKeyDown}>
      <search>
        <form onSubmit={enter}>
          <SearchField
            label={m.projects_search()}
            clearLabel={m.projects_search_clear()}
            placeholder={m.projects_search_placeholder()}
            autoFocus={autoFocus}
            value={text}
            onValueChange={setText}
          />
        </form>
      </search>
      <div className={styles.lists}>
        <Choices title={m.picker_recent()} choices={recents} page={page} onPick={onPick} />
        <Choices title={m.projects_title()} choices={found} page={page} onPick={onPick} />
        {named && !found.some(({ fullPath }) => fullPath === named) && (
          <Link to={page} params={{ id: named }} className={styles.choice} onClick={onPick}>
            {m.picker_open({ project: named })}
          </Link>
        )}
      </div>
      <p role="status" className={styles.status}>
        {status()}
      </p>
    </div>
  )
}

type ChoicesProps = {
  title: string
  choices: readonly Choice[]
  page: ProjectPage
  onPick: (() => void) | undefined
}

function Choices({ title, choices, page, onPick }: ChoicesProps) {
  if (choices.length === 0) return null
  return (
    <section>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.list} aria-label={title}>
        {choices.map(({ id, fullPath }) => (
          <li key={id}>
            <Link to={page} params={{ id: fullPath }} className={styles.choice} onClick={onPick}>
              <Path path={fullPath} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What GitLab is searched for: of an address the path in it, of what names nothing here the text. */
function termOf(text: string, reference: ReturnType<typeof parseReference>): string {
  if (reference && 'foreign' in reference) return ''
  if (reference && 'path' in reference) return reference.path
  return isTooLong(text) ? '' : text.trim()
}

/** What leads to a page by itself: an id, or a path, which has a group before the project. */
function namedBy(reference: Reference | { foreign: string } | undefined): string | undefined {
  if (!reference || 'foreign' in reference) return undefined
  if ('id' in reference) return String(reference.id)
  return reference.path.includes('/') ? reference.path : undefined
}
