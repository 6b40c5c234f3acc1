// First: it claims the name of the one trusted policy before any other code of ours runs.
import '../features/pasted-text/trusted-worker.ts'
import '../ui/tokens.css'
import '../ui/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { catchCallback } from '../api/oauth-callback.ts'
import { resumeSession } from '../api/session.ts'
import { startLocale } from '../i18n/locale.ts'
import { applyTheme, getTheme, isTheme } from '../ui/theme.ts'
import { focusHeadings } from './page-focus.ts'
import { queryClient } from './query-client.ts'
import { type AddressSearch, createAppRouter } from './router.tsx'

let address: AddressSearch | undefined

/** Language, theme and whether a picture is to be taken: they hold as long as an address names them. */
function followAddress(search: AddressSearch): void {
  if (!address || search.lang !== address.lang) startLocale(search.lang)
  if (!address || search.theme !== address.theme) {
    applyTheme(isTheme(search.theme) ? search.theme : getTheme())
  }
  document.documentElement.toggleAttribute('data-capture', search.capture === '1')
  address = search
}

async function start(): Promise<void> {
  // After the code, which must not wait for it, and before the first text is laid out.
  document.fonts.load('1rem "GitLab Sans"').catch(() => {})
  let beforePage: (search: AddressSearch) => Promise<void> | void = followAddress
  const demo = __DEMO__ ? await import('./demo/demo.ts') : undefined
  if (demo) {
    beforePage = async (search) => {
      followAddress(search)
      await demo.followDials(search)
    }
  } else {
    catchCallback()
    resumeSession()
  }
  const router = createAppRouter({ beforePage })
  demo?.letStatesTurn(router)
  focusHeadings(router)
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

await start()
