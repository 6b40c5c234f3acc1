import { m } from '../../../i18n/paraglide/messages.js'
import {
  button,
  dialog,
  type Flow,
  heading,
  labelled,
  radio,
  radiogroup,
  type Step,
  say,
  text,
  textbox,
} from './state.ts'

const gitlab = 'https://gitlab.example.com'
const address = textbox(m.connect_address)
const token = labelled(m.connect_token)
const submit: Step = { press: button(m.connect_submit) }

/** Signs in at this address with this token. */
const signIn = (to: string, secret: string): readonly Step[] => [
  { type: to, into: address },
  { type: secret, into: token },
  submit,
]
const maintainer = 'glpat-maintainer'
const idleTitle = say(m.idle_title, { minutes: 2 })
const renewal = { within: dialog(m.renewal_title) }

export const session: Flow = {
  name: 'session',
  title: m.demo_flow_session,
  states: [
    {
      name: 'connection',
      purpose: {
        en: 'The connection, and what the console can do there',
        ja: '接続先と、このコンソールでできること',
      },
      dials: { scenario: 'contract' },
      address: '/connect',
      shows: text(m.connection_kind_extended),
    },
    {
      name: 'signed-out',
      purpose: { en: 'Connecting to a GitLab', ja: 'GitLabに接続' },
      after: 'connection',
      steps: [
        { press: button(say(m.account_menu, { username: 'maya' })) },
        { press: button(m.sign_out) },
      ],
      shows: heading(m.connect_title),
    },
    {
      name: 'connect-empty',
      purpose: { en: 'The form was sent empty', ja: '空のままフォームを送信した' },
      after: 'signed-out',
      steps: [{ type: '', into: address }, submit],
      shows: text(m.connect_token_empty),
    },
    {
      name: 'connect-no-address',
      purpose: {
        en: 'What was typed is no web address',
        ja: '入力した文字列がWebアドレスではない',
      },
      after: 'connect-empty',
      steps: signIn('http://', maintainer),
      shows: text(m.connect_address_invalid),
    },
    {
      name: 'connect-unencrypted',
      purpose: {
        en: 'Over HTTP, others may be able to read the token',
        ja: 'HTTPでは、トークンを第三者に読まれるおそれがある',
      },
      after: 'connect-no-address',
      steps: [{ type: 'http://gitlab.example.com', into: address }],
      shows: text(m.connect_unencrypted),
    },
    {
      name: 'connect-wrong-token',
      purpose: { en: 'A token that GitLab does not know', ja: 'GitLabが認識しないトークン' },
      after: 'connect-unencrypted',
      steps: signIn(gitlab, 'glpat-mistyped'),
      shows: text(m.connect_token_wrong),
    },
    {
      name: 'connect-expired-token',
      purpose: { en: 'A token that has expired', ja: '有効期限の切れたトークン' },
      after: 'connect-wrong-token',
      steps: signIn(gitlab, 'glpat-expired'),
      shows: text(m.connect_token_expired),
    },
    {
      name: 'connect-read-only',
      purpose: { en: 'A token that may only read', ja: '読み取り専用のトークン' },
      after: 'connect-expired-token',
      steps: signIn(gitlab, 'glpat-maintainer-read-api'),
      shows: button(m.connect_read_only_go_on),
      below: true,
    },
    {
      name: 'connect-no-network',
      purpose: { en: 'Nothing answers at the address', ja: 'アドレスに応答がない' },
      after: 'connect-read-only',
      steps: [{ turn: { fault: '* / abort' } }, ...signIn(gitlab, maintainer)],
      shows: text(m.connect_unreachable),
    },
    {
      name: 'connect-cors',
      purpose: {
        en: 'What answers at the address does not let the page read it',
        ja: 'アドレスは応答するが、ページからの読み取りを許可していない',
      },
      after: 'connect-no-network',
      // What a browser tells of both is the same: only the question without the token gets an answer.
      steps: [{ turn: { fault: 'GET /user abort' } }, submit],
      shows: text(m.connect_cors),
    },
    {
      name: 'connect-no-gitlab',
      purpose: {
        en: 'What answers at the address is no GitLab',
        ja: 'アドレスに応答するのはGitLabではない',
      },
      after: 'connect-cors',
      steps: [{ turn: { fault: 'GET /user html' } }, submit],
      shows: text(m.connect_not_gitlab),
    },
    {
      name: 'connect-out-of-order',
      purpose: { en: 'GitLab is out of order', ja: 'GitLabに障害が発生している' },
      after: 'connect-no-gitlab',
      steps: [{ turn: { fault: 'GET /user 503' } }, submit],
      shows: text(m.connect_unavailable),
    },
    {
      name: 'connect-blocked',
      purpose: {
        en: 'A user whom GitLab does not let in',
        ja: 'GitLabがアクセスを拒否したユーザー',
      },
      after: 'connect-out-of-order',
      steps: [{ turn: { fault: 'GET /user 403:Your%20account%20has%20been%20blocked.' } }, submit],
      shows: text('403 Forbidden - Your account has been blocked.'),
    },
    {
      name: 'session-idle',
      purpose: {
        en: 'Nobody touched the page for long: it asks before it signs out',
        ja: '長時間操作がないため、サインアウトする前に確認している',
      },
      dials: { scenario: 'contract' },
      steps: [{ away: 58, until: dialog(idleTitle) }],
      shows: dialog(idleTitle),
    },
    {
      name: 'session-expired',
      purpose: {
        en: 'The session expired while an entry was edited',
        ja: 'エントリの編集中にセッションが切れた',
      },
      dials: { scenario: 'contract' },
      address: '/projects/1/settings/ci_cd?dialog=edit&target=partners',
      steps: [
        {
          press: radio(m.scope_read_write, {
            within: radiogroup(m.resource_packages, { within: dialog() }),
          }),
        },
        { turn: { fault: 'PUT /groups_allowlist 401 1' } },
        { press: button(m.save_changes, { within: dialog() }) },
      ],
      shows: dialog(m.renewal_title),
    },
    {
      name: 'session-other-user',
      purpose: {
        en: 'Signing in again with the token of another user',
        ja: '別のユーザーのトークンで再サインインしようとした',
      },
      after: 'session-expired',
      steps: [
        { type: 'glpat-owner', into: labelled(m.connect_token, renewal) },
        { press: button(m.connect_submit, renewal) },
      ],
      shows: text(say(m.renewal_other_user, { user: 'maya' }), renewal),
    },
    {
      name: 'session-later',
      purpose: {
        en: 'Signing in again was put off: the edit stays',
        ja: '再サインインを後回しにした。編集内容はそのまま',
      },
      after: 'session-other-user',
      steps: [{ press: button(m.renewal_later, renewal) }],
      shows: text(m.session_ended),
    },
    {
      name: 'session-refused-at-start',
      purpose: {
        en: 'GitLab refused the token before the page was there',
        ja: 'ページが開く前に、GitLabがトークンを拒否した',
      },
      dials: { scenario: 'contract', fault: 'GET /projects/1 401' },
      shows: dialog(m.renewal_title),
    },
    {
      name: 'session-ended',
      purpose: {
        en: 'A session that has ended, with the way back in',
        ja: '終了したセッションと、再サインインへの導線',
      },
      after: 'session-refused-at-start',
      steps: [{ press: button(m.renewal_later, renewal) }],
      shows: text(m.session_ended),
    },
    {
      name: 'slow',
      purpose: { en: 'GitLab takes long to answer', ja: 'GitLabの応答に時間がかかっている' },
      dials: { scenario: 'contract', fault: 'GET /projects/1 timeout' },
      shows: text(m.slow),
    },
    {
      name: 'offline',
      purpose: { en: 'The browser is offline', ja: 'ブラウザーがオフライン' },
      dials: { scenario: 'contract' },
      steps: [{ see: button(say(m.edit_entry, { path: 'partners' })) }, { network: 'off' }],
      shows: text(m.offline),
    },
  ],
}
