import type { Page } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'

export type ProjectsPage = ReturnType<typeof createProjectsPage>

/** The page "Your projects", in English. */
export function createProjectsPage(page: Page) {
  const list = () => page.getByRole('list', { name: m.projects_title() })
  const search = () => page.getByRole('searchbox', { name: m.projects_search() })
  const openButton = () => page.getByRole('button', { name: m.projects_open(), exact: true })
  const pages = () => page.getByRole('navigation', { name: m.pager_label() })
  return {
    title: () => page.getByRole('heading', { level: 1, name: m.projects_title() }),
    list,
    project: (path: string) => list().getByRole('listitem').filter({ hasText: path }),
    search,
    openButton,
    pages,
    next: () => pages().getByRole('button', { name: m.pager_next() }).click(),
    previous: () => pages().getByRole('button', { name: m.pager_previous() }).click(),
    /** Opens a project by its id, path or URL. */
    async openByName(text: string): Promise<void> {
      await search().fill(text)
      await openButton().click()
    },
  }
}
