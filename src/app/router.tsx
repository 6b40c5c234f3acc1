/** The addresses of the console, and what each asks of GitLab before its page is there. */
import {
  createBrowserHistory,
  createHashHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import * as z from 'zod/mini'
import { dialNames, eachDial } from '../../mocks/dial-names.ts'
import { getSession } from '../api/session.ts'
import { listSorts } from '../domain/list-sorts.ts'
import { logSorts } from '../features/panel/log-sorts.ts'
import { PanelPage } from '../features/panel/PanelPage.tsx'
import { prefetchPanel } from '../features/panel/prefetch-panel.ts'
import { prefetchProjects } from '../features/projects/prefetch-projects.ts'
import { listToolNames } from '../features/shared/list-tool.ts'
import { RouteError } from '../features/shared/RouteError.tsx'
import { useLocale } from '../i18n/locale.ts'
import { Frame } from './Frame.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { queryClient } from './query-client.ts'

const text = z.optional(z.string())

/** Kept while navigating; the real console knows no dials. */
const keptSearch = ({ lang, theme, capture, ...others }: AddressSearch): AddressSearch => ({
  lang,
  theme,
  capture,
  ...(__DEMO__ && Object.fromEntries(dialNames.map((name) => [name, others[name]]))),
})

const rootSearch = z.object({
  lang: text,
  theme: text,
  /** `1` draws all rows of a list, also those out of sight: for a picture of the whole page. */
  capture: text,
  ...(__DEMO__ ? { ...eachDial(text), state: text } : ({} as never)),
})

/** The search parameters that every address may carry. */
export type AddressSearch = Readonly<z.output<typeof rootSearch>>

type RouterContext = {
  /** Called before each page with the address's search: language, theme and, in the demo, the dials. */
  readonly beforePage: (search: AddressSearch) => Promise<void> | void
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  validateSearch: rootSearch,
  search: {
    middlewares: [
      ({ search, next }) => {
        const wanted = next(search)
        // The link's own parameters come first, and override the kept ones.
        return { ...wanted, ...keptSearch(search), ...wanted }
      },
    ],
  },
  beforeLoad: ({ context, search }) => context.beforePage(search),
  component: Frame,
})

const connectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect',
  validateSearch: z.object({ return: text }),
  component: lazyRouteComponent(() => import('../features/connect/ConnectPage.tsx'), 'ConnectPage'),
})

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: ({ location }) => {
    if (getSession().state === 'signed-out') {
      const { pathname, searchStr, hash } = location
      // The fragment stays a fragment, because browsers send it to no server.
      throw redirect({ to: '/connect', search: { return: pathname + searchStr }, hash })
    }
  },
})

const projectsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: z.object({ search: text, page: text }),
  loader: ({ location }) => prefetchProjects(queryClient, location.search),
  shouldReload: ({ cause }) => cause === 'enter',
  component: lazyRouteComponent(
    () => import('../features/projects/ProjectsPage.tsx'),
    'ProjectsPage',
  ),
})

const panelRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/projects/$id/settings/ci_cd',
  validateSearch: z.object({
    dialog: z.optional(z.catch(z.optional(z.enum(['add', 'edit', 'remove', 'rights'])), undefined)),
    target: text,
    /** The target's kind. Without it the console asks GitLab for both kinds. */
    kind: z.optional(z.catch(z.optional(z.enum(['project', 'group'])), undefined)),
    policies: text,
    /** The tool of the list that is open. */
    tool: z.optional(z.catch(z.optional(z.enum(listToolNames)), undefined)),
    /** What `tool=bulk` does at first. */
    action: z.optional(z.catch(z.optional(z.enum(['remove'])), undefined)),
    /** The full path of the entry whose row is shown: leaves the address once it is in sight. */
    focus: text,
    /** `draft=1` makes `configuration` and `policies` exact: they can also narrow what is stored. */
    draft: text,
    configuration: z.optional(z.catch(z.optional(z.enum(['default', 'fine-grained'])), undefined)),
    // Filters of the list: `parseFilter` in domain/entry-filter.ts ignores what it does not know.
    list_q: text,
    list_kind: text,
    list_permissions: text,
    list_grants: text,
    list_by: text,
    list_only: text,
    list_sort: z.optional(z.catch(z.optional(z.enum(listSorts)), undefined)),
    log_q: text,
    log_sort: z.optional(z.catch(z.optional(z.enum(logSorts)), undefined)),
  }),
  // Do not await: the page shows each request's state. Do not repeat it when a dialog opens.
  loader: ({ params }) => void prefetchPanel(queryClient, params.id),
  shouldReload: ({ cause }) => cause === 'enter',
  component: PanelPage,
})

const accessRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/projects/$id/access',
  // A question of links from before it stood behind #.
  validateSearch: z.object({ q: text, origin: text }),
  component: lazyRouteComponent(
    () => import('../features/access-check/AccessCheckPage.tsx'),
    'AccessCheckPage',
  ),
})

const anyAccessRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access',
  component: lazyRouteComponent(
    () => import('../features/access-check/AccessPage.tsx'),
    'AccessPage',
  ),
})

const groupRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/groups/$id/settings/ci_cd',
  component: lazyRouteComponent(() => import('../features/groups/GroupPage.tsx'), 'GroupPage'),
})

/** Public facts: nobody has to sign in for them. */
const endpointsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/endpoints',
  validateSearch: z.object({
    q: text,
    resource: text,
    scope: text,
    method: text,
    version: text,
    endpoint: text,
  }),
  component: lazyRouteComponent(
    () => import('../features/endpoints/EndpointsPage.tsx'),
    'EndpointsPage',
  ),
})

/** Part of the demo. In the real console an address like any other that it does not know. */
const scenariosRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/scenarios',
  validateSearch: z.object(
    __DEMO__
      ? {
          q: text,
          /** Which states are shown: see `shownChoices` in demo/gallery/find-states.ts. */
          show: text,
          /** The state that is open alone. */
          alone: text,
          preview_lang: text,
          preview_theme: text,
          preview_width: text,
          preview_text: text,
        }
      : ({} as never),
  ),
  component: __DEMO__
    ? lazyRouteComponent(() => import('./demo/gallery/GalleryPage.tsx'), 'GalleryPage')
    : NotFoundPage,
})

const routeTree = rootRoute.addChildren([
  connectRoute,
  endpointsRoute,
  scenariosRoute,
  signedInRoute.addChildren([projectsRoute, panelRoute, accessRoute, anyAccessRoute, groupRoute]),
])

/** The router memoizes its pages; `useLocale` re-renders them when the language changes. */
function inLanguage<Props extends object>(
  Page: ComponentType<Props> & { preload?: () => Promise<void> | undefined },
) {
  function InLanguage(props: Props) {
    useLocale()
    return <Page {...props} />
  }
  return Object.assign(InLanguage, Page.preload && { preload: Page.preload })
}

const notFoundComponent = inLanguage(NotFoundPage)
const errorComponent = inLanguage(RouteError)

export function createAppRouter(context: RouterContext) {
  const router = createRouter({
    routeTree,
    context,
    basepath: __HASH_ADDRESSES__ ? '/' : import.meta.env.BASE_URL,
    history: __HASH_ADDRESSES__ ? createHashHistory() : createBrowserHistory(),
    // Plain text both ways: the default reads JSON, and would make a number of `?target=12`.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter(
        ([, value]) => value !== undefined && value !== '',
      )
      const query = new URLSearchParams(
        given.map(([key, value]) => [key, String(value)]),
      ).toString()
      return query && `?${query}`
    },
    scrollRestoration: true,
    defaultErrorComponent: errorComponent,
    defaultNotFoundComponent: notFoundComponent,
  })
  for (const route of Object.values(router.routesById)) {
    const { component } = route.options
    if (component) route.update({ component: inLanguage(component) })
  }
  return router
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
