import { m } from '../../../i18n/paraglide/messages.js'
import {
  alert,
  button,
  type Flow,
  link,
  progressbar,
  radio,
  region,
  say,
  searchbox,
  text,
} from './state.ts'

const inLog = { within: region(m.log_title) }
const inMode = { within: region(m.mode_title) }
const nowhere = 'no/such-project'

export const log: Flow = {
  name: 'log',
  title: m.demo_flow_log,
  states: [
    {
      name: 'log',
      purpose: {
        en: 'The authentication log, and what lets each project in',
        ja: '認証ログと、各プロジェクトを許可しているエントリ',
      },
      dials: { scenario: 'contract' },
      shows: text(say(m.log_count, { count: '3' }), inLog),
      below: true,
    },
    {
      name: 'log-no-match',
      purpose: { en: 'A search in the log without a match', ja: '認証ログの検索で一致なし' },
      after: 'log',
      steps: [{ type: nowhere, into: searchbox(m.log_search, inLog) }],
      shows: text(say(m.log_none_found, { search: nowhere }), inLog),
      below: true,
    },
    {
      name: 'log-hidden',
      purpose: {
        en: 'The log names no project that the user cannot see',
        ja: '自分に見えないプロジェクトは、ログに名前が出ない',
      },
      dials: { scenario: 'hostile' },
      shows: text(m.log_hidden, inLog),
      below: true,
    },
    {
      name: 'log-partly',
      purpose: {
        en: 'Part of the log could be read, without permissions',
        ja: 'ログの一部だけを、権限なしで読み込めた',
      },
      dials: { scenario: 'hostile', api: 'gitlab' },
      shows: text(m.log_partly, inLog),
      below: true,
    },
    {
      name: 'log-empty-month',
      purpose: {
        en: 'Nobody used a job token here in the last 30 days',
        ja: '過去30日間、ここでジョブトークンを使ったプロジェクトはない',
      },
      dials: { scenario: 'log-empty' },
      shows: text(m.log_none, inLog),
      below: true,
    },
    {
      name: 'log-not-offered',
      purpose: {
        en: 'A GitLab that is older than the authentication log',
        ja: '認証ログがまだない、古いGitLab',
      },
      dials: { scenario: 'gitlab-17-5' },
      shows: text(m.log_not_offered, inLog),
      below: true,
    },
    {
      name: 'log-failed',
      purpose: { en: 'The log could not be loaded', ja: 'ログを読み込めなかった' },
      dials: { scenario: 'contract', fault: 'GET /authorizations 500' },
      shows: alert(undefined, inLog),
      below: true,
    },
    {
      name: 'log-arriving',
      purpose: {
        en: 'The first rows of a long log, while the rest is loading',
        ja: '長いログの最初の行。残りは読み込み中',
      },
      dials: {
        scenario: 'log-1000',
        fault: 'GET /authorizations?per_page=100&page=2 timeout',
      },
      // A few of the rows: all others look alike.
      address: '/projects/1/settings/ci_cd?log_q=team-07',
      shows: progressbar(undefined, inLog),
      below: true,
    },
    {
      name: 'log-thousand',
      purpose: {
        en: '1,000 projects in the log, narrowed by a search',
        ja: 'ログに1,000プロジェクト。検索で絞り込み済み',
      },
      dials: { scenario: 'log-1000' },
      address: '/projects/1/settings/ci_cd?log_q=service-010&log_sort=project',
      shows: text(say(m.log_found, { count: '10', total: '1,000' }), inLog),
      below: true,
    },
    {
      name: 'unlisted',
      purpose: {
        en: 'Who would be refused once only the allowlist decides',
        ja: '許可リストだけで判定すると、拒否されるプロジェクト',
      },
      dials: { scenario: 'open' },
      steps: [{ press: radio(m.mode_allowlist, inMode) }],
      shows: link(say(m.mode_unlisted_add, { path: 'partners/sdk' }), inMode),
    },
    {
      name: 'unlisted-unknown',
      purpose: {
        en: 'It is not known who would be refused: no log',
        ja: 'ログを読み込めず、拒否されるプロジェクトがわからない',
      },
      dials: { scenario: 'open', fault: 'GET /authorizations 500' },
      steps: [{ press: radio(m.mode_allowlist, inMode) }],
      shows: button(m.try_again, inMode),
    },
  ],
}
