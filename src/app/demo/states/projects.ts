import { m } from '../../../i18n/paraglide/messages.js'
import { alert, button, type Flow, heading, list, say, searchbox, status, text } from './state.ts'

const company = { scenario: 'default' } as const
const search = searchbox(m.projects_search)
const nowhere = 'no/such-project'
const elsewhere = 'gitlab.elsewhere.example'

export const projects: Flow = {
  name: 'projects',
  title: m.demo_flow_projects,
  states: [
    {
      name: 'projects',
      purpose: {
        en: 'The projects that the user maintains',
        ja: '自分がメンテナーまたはオーナーであるプロジェクト',
      },
      dials: company,
      address: '/',
      shows: list(m.projects_title),
    },
    {
      name: 'projects-too-long',
      purpose: { en: 'A text that is longer than any path', ja: 'どのパスよりも長いテキスト' },
      after: 'projects',
      steps: [{ type: `acme/${'a'.repeat(300)}`, into: search }],
      shows: text(say(m.target_too_long, { limit: '255' })),
    },
    {
      name: 'projects-foreign',
      purpose: {
        en: 'The address of a project on another host',
        ja: '別のホストのプロジェクトのアドレス',
      },
      after: 'projects-too-long',
      steps: [{ type: `https://${elsewhere}/group/project`, into: search }],
      shows: text(say(m.target_foreign, { host: elsewhere })),
    },
    {
      name: 'projects-no-match',
      purpose: { en: 'A search without a match', ja: '一致するプロジェクトなし' },
      after: 'projects-foreign',
      steps: [{ type: nowhere, into: search }],
      shows: text(say(m.projects_none_found, { search: nowhere })),
    },
    {
      name: 'projects-missing',
      purpose: {
        en: 'A project that does not exist, or is hidden, was opened',
        ja: '存在しないか、見えないプロジェクトを開こうとした',
      },
      after: 'projects-no-match',
      steps: [{ press: button(m.projects_open) }],
      shows: alert(),
    },
    {
      name: 'projects-last-page',
      purpose: { en: 'The second of two pages of projects', ja: 'プロジェクト一覧の2ページ目' },
      dials: company,
      address: '/?page=2',
      shows: text(say(m.pager_status_of, { page: '2', pages: '2' })),
      below: true,
    },
    {
      name: 'projects-archived',
      purpose: {
        en: 'An archived project, found by a search',
        ja: '検索で見つかった、アーカイブ済みのプロジェクト',
      },
      dials: company,
      address: '/?search=legacy-shop',
      shows: text(m.badge_archived),
    },
    {
      name: 'projects-none',
      purpose: {
        en: 'A user who maintains no project',
        ja: 'メンテナーまたはオーナーであるプロジェクトがないユーザー',
      },
      dials: { scenario: 'contract', as: 'guest' },
      address: '/',
      shows: heading(m.projects_none_title),
    },
    {
      name: 'projects-failed',
      purpose: {
        en: 'The list of projects could not be loaded',
        ja: 'プロジェクト一覧を読み込めなかった',
      },
      dials: { scenario: 'contract', fault: 'GET /projects? 500' },
      address: '/',
      shows: alert(),
    },
    {
      name: 'projects-loading',
      purpose: { en: 'The list of projects is loading', ja: 'プロジェクト一覧を読み込み中' },
      dials: { scenario: 'contract', fault: 'GET /projects? timeout' },
      address: '/',
      shows: status(undefined, { at: 0 }),
    },
  ],
}
