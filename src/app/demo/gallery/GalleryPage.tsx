import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { eachDial } from '../../../../mocks/dial-names.ts'
import pageStyles from '../../../features/shared/page.module.css'
import { useAddressText } from '../../../features/shared/use-address-text.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { useLocale } from '../../../i18n/locale.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import { Button } from '../../../ui/Button.tsx'
import { PageState } from '../../../ui/PageState.tsx'
import { SearchField } from '../../../ui/SearchField.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useTheme } from '../../../ui/theme.ts'
import { demoMock } from '../demo.ts'
import { markOf } from '../states/declaration.ts'
import { flows, stateNamed } from '../states/states.ts'
import { AloneDialog } from './AloneDialog.tsx'
import { Flows } from './Flows.tsx'
import { findStates, findWorlds, type Shown, shownChoices } from './find-states.ts'
import styles from './GalleryPage.module.css'
import { LookSwitches } from './LookSwitches.tsx'
import { type LookSearch, lookOf, type PreviewLook } from './look.ts'
import { ReviewSummary } from './ReviewSummary.tsx'
import { openReview } from './review.ts'
import { Worlds } from './Worlds.tsx'

const route = getRouteApi('/scenarios')

const states = flows.flatMap((flow) => flow.states)

/** A tab is a visit, however often the page is loaded in it. */
const visitKey = 'demo-gallery-visit'

const review = openReview({
  marks: Object.fromEntries(states.map((state) => [state.name, markOf(state)])),
  storage: localStorage,
  isNewVisit: sessionStorage.getItem(visitKey) === null,
  today: new Date().toISOString().slice(0, 10),
})
sessionStorage.setItem(visitKey, '')

const shownLabels: Record<Shown, () => string> = {
  all: m.demo_gallery_show_all,
  changed: m.demo_gallery_show_changed,
  unseen: m.demo_gallery_show_unseen,
  noted: m.demo_gallery_show_noted,
}

/** Every state of every screen, drawn by the demo itself, for a review. Part of the demo alone. */
export function GalleryPage() {
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const look = useLook(address)
  const addresses = useAddresses(look)
  const now = useSyncExternalStore(review.subscribe, review.get)
  const [startsInNote, setStartsInNote] = useState(false)
  const [query, follow] = useAddressText(
    address.q ?? '',
    (typed) => typed.trim(),
    (q) => change({ q: q || undefined }),
  )
  const shown = shownChoices.find((choice) => choice === address.show) ?? 'all'
  const found = findStates(flows, { query, shown, review: now })
  const worlds = shown === 'all' ? findWorlds(demoMock().scenarios, query) : []
  const foundStates = found.flatMap((flow) => flow.states)
  const alone = address.alone === undefined ? undefined : stateNamed(address.alone)

  function change(changes: Partial<typeof address>) {
    void navigate({
      search: (kept) => ({ ...kept, ...changes }),
      replace: true,
      resetScroll: false,
    })
  }
  // One function for all renders, or each would render all cards. Back closes what it opens.
  const open = useCallback(
    (name: string, at?: 'note') => {
      setStartsInNote(at === 'note')
      void navigate({ search: (kept) => ({ ...kept, alone: name }), resetScroll: false })
    },
    [navigate],
  )
  const beside = (steps: 1 | -1) => {
    const at = alone ? foundStates.indexOf(alone) : -1
    return at < 0 ? undefined : foundStates[at + steps]?.name
  }
  const addressOf = (name: string) => addresses.get(name) ?? ''

  return (
    <div className={pageStyles.page}>
      <title>{m.document_title({ title: m.demo_gallery_title() })}</title>
      <header className={pageStyles.header}>
        <h1>{m.demo_gallery_title()}</h1>
        <p className={pageStyles.about}>{m.demo_gallery_about()}</p>
        <ReviewSummary flows={flows} review={now} addressOf={addressOf} />
      </header>
      <search className={styles.bar}>
        <div className={styles.search}>
          <SearchField
            label={m.demo_gallery_search()}
            clearLabel={m.demo_gallery_search_clear()}
            placeholder={m.demo_gallery_search_placeholder()}
            value={query}
            onValueChange={follow}
          />
          <Select
            label={m.demo_gallery_show()}
            inline
            value={shown}
            options={shownChoices.map((value) => ({ value, label: shownLabels[value]() }))}
            onChange={({ target }) =>
              change({ show: target.value === 'all' ? undefined : target.value })
            }
          />
          <p role="status" className={styles.count}>
            {m.demo_gallery_count({
              count: formatNumber(foundStates.length),
              total: formatNumber(states.length),
            })}
          </p>
        </div>
        <LookSwitches look={look} onChange={(changes: LookSearch) => change(changes)} />
      </search>
      {foundStates.length + worlds.length === 0 && (
        <PageState
          icon="search"
          level={2}
          title={m.demo_gallery_none()}
          actions={
            <Button
              onClick={() => {
                follow('')
                change({ show: undefined })
              }}
            >
              {m.demo_gallery_all()}
            </Button>
          }
        />
      )}
      <Flows
        // A preview in another language or window begins anew.
        key={`${look.lang} ${look.width} ${look.text}`}
        flows={found}
        look={look}
        addresses={addresses}
        review={now}
        paused={alone !== undefined}
        onLook={review.look}
        onOpen={open}
      >
        <Worlds worlds={worlds} />
      </Flows>
      {alone && (
        <AloneDialog
          state={alone}
          address={addressOf(alone.name)}
          look={look}
          onLookChange={change}
          review={now.of(alone.name)}
          onLook={(looked) => review.look(alone.name, looked)}
          onNote={(note) => review.write(alone.name, note)}
          startsInNote={startsInNote}
          before={beside(-1)}
          after={beside(1)}
          onOpen={(name) => change({ alone: name })}
          onClose={() => change({ alone: undefined })}
        />
      )}
    </div>
  )
}

/** The look of the previews: as the address says, or else as the gallery itself looks. */
function useLook({
  preview_lang,
  preview_theme,
  preview_width,
  preview_text,
}: LookSearch): PreviewLook {
  const lang = useLocale()
  const chosen = useTheme()
  const isDark = chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches
  const theme = isDark || chosen === 'dark' ? 'dark' : 'light'
  return useMemo(
    () => lookOf({ preview_lang, preview_theme, preview_width, preview_text }, { lang, theme }),
    [preview_lang, preview_theme, preview_width, preview_text, lang, theme],
  )
}

/** The whole address of each state, in the look of the previews. */
function useAddresses({ lang, theme }: PreviewLook): ReadonlyMap<string, string> {
  const router = useRouter()
  return useMemo(() => {
    const addressOf = (state: string) => {
      // No dial of the gallery: a state is opened as it is declared.
      const search = { ...eachDial(undefined), capture: undefined, state, lang, theme }
      const { publicHref } = router.buildLocation({ to: '/', search })
      return new URL(router.history.createHref(publicHref), window.location.href).href
    }
    return new Map(states.map(({ name }) => [name, addressOf(name)]))
  }, [router, lang, theme])
}
