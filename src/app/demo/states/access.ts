import { m } from '../../../i18n/paraglide/messages.js'
import {
  alert,
  article,
  button,
  combobox,
  dialog,
  type Flow,
  heading,
  link,
  type Place,
  region,
  type Step,
  say,
  text,
  textbox,
} from './state.ts'

const contract = { scenario: 'contract' } as const
const storefront = 'acme/storefront'

/** The check of a project, with its question behind #. */
const asked = (q: string, origin: string, project = 1): string =>
  `/projects/${project}/access#${new URLSearchParams({ q, origin })}`

const curl = (method: string, path: string, header = 'JOB-TOKEN') =>
  `curl --request ${method} --header "${header}: $CI_JOB_TOKEN" "$CI_API_V4_URL${path}"`
const releases = curl('GET', '/projects/1/releases')
const refusal = (words: string) => `{"message":"403 Forbidden - ${words}."}`

const paste = (words: string): Step => ({ type: words, into: textbox(m.check_text) })
const by = (project: string): readonly Step[] => [
  { type: project, into: combobox(m.check_origin) },
  { key: 'Tab' },
]
/** Inside the answer about a line. */
const at = (line: number): { readonly within: Place } => ({
  within: article(say(m.check_line, { line })),
})

const pipeline = `.get:
  script:
    - ${curl('GET', '/projects/1/jobs')}
build:
  extends: .get
test:
  extends: .get
  after_script:
    - ${curl('PUT', '/projects/1/packages/generic/app/1/app.zip')}
    - git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/lib.git
`

export const access: Flow = {
  name: 'access',
  title: m.demo_flow_access,
  states: [
    {
      name: 'access',
      purpose: { en: 'The access check as it opens', ja: '開いた直後のアクセスチェック' },
      dials: contract,
      address: '/projects/1/access',
      shows: text(m.check_awaits),
    },
    {
      name: 'access-origin-needed',
      purpose: {
        en: 'Unknown until the project of the job is entered',
        ja: 'ジョブのプロジェクトを入力するまで、判定できない',
      },
      after: 'access',
      steps: [paste(releases)],
      shows: text(say(m.check_origin_needed, { project: storefront })),
    },
    {
      name: 'access-denied',
      purpose: {
        en: 'Refused: the entry that applies grants too little',
        ja: '拒否: 適用されるエントリの権限が足りない',
      },
      after: 'access-origin-needed',
      steps: by('partners/sdk'),
      shows: text(m.check_denied, at(1)),
    },
    {
      name: 'access-allowed',
      purpose: { en: 'Allowed by an entry', ja: 'エントリにより許可' },
      after: 'access-denied',
      steps: [paste(curl('GET', '/projects/1/jobs'))],
      shows: text(m.check_allowed, at(1)),
    },
    {
      name: 'access-wrong-header',
      purpose: {
        en: 'Refused: the token is sent under a wrong name',
        ja: '拒否: トークンを送るヘッダーが違う',
      },
      after: 'access-allowed',
      steps: [paste(curl('GET', '/projects/1/jobs', 'PRIVATE-TOKEN'))],
      shows: text(m.check_wrong_header, at(1)),
    },
    {
      name: 'access-no-job-tokens',
      purpose: {
        en: 'Refused: the endpoint does not accept job tokens',
        ja: '拒否: エンドポイントがジョブトークンに対応していない',
      },
      after: 'access-wrong-header',
      steps: [paste(curl('GET', '/projects/1/variables'))],
      shows: text(m.check_rule_no_job_tokens, at(1)),
    },
    {
      name: 'access-other-host',
      purpose: { en: 'A call that goes to another host', ja: '別のホストへの呼び出し' },
      after: 'access-no-job-tokens',
      steps: [paste('git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.com/acme/lib.git')],
      shows: text(say(m.check_abroad, { host: 'gitlab.com' })),
    },
    {
      name: 'access-nothing',
      purpose: { en: 'Nothing recognized in the text', ja: 'テキストから何も認識できない' },
      after: 'access-other-host',
      steps: [paste('lorem ipsum')],
      shows: heading(m.check_nothing),
    },
    {
      name: 'access-not-listed',
      purpose: {
        en: 'Refused: no entry covers the project of the job',
        ja: '拒否: ジョブのプロジェクトを対象とするエントリがない',
      },
      dials: contract,
      address: asked(releases, 'acme/mobile/app'),
      shows: text(
        say(m.check_rule_not_listed, { origin: 'acme/mobile/app', project: storefront }),
        at(1),
      ),
    },
    {
      name: 'access-public',
      purpose: {
        en: 'Not listed, but it may be allowed: a public feature',
        ja: '許可リストにないが、公開機能なので許可される可能性がある',
      },
      dials: { scenario: 'contract', as: 'admin' },
      address: asked(curl('GET', '/projects/3/releases'), 'acme/mobile/app', 3),
      shows: text(m.check_perhaps, at(1)),
    },
    {
      name: 'access-overtaken',
      purpose: {
        en: 'Refused by GitLab then, allowed by the list now',
        ja: '当時はGitLabが拒否したが、今の許可リストでは許可',
      },
      dials: contract,
      address: asked(
        refusal('Authentication by CI/CD job token not allowed from sdk to storefront'),
        'partners/sdk',
      ),
      shows: text(m.check_overtaken, at(1)),
    },
    {
      name: 'access-probe',
      purpose: {
        en: 'A refusal without a reason, and how to test the token',
        ja: '理由のない拒否と、トークンを確かめるコマンド',
      },
      after: 'access-overtaken',
      steps: [paste(`$ ${releases}\ncurl: (22) The requested URL returned error: 403`)],
      shows: text(m.check_probe_means, at(2)),
    },
    {
      name: 'access-elsewhere',
      purpose: {
        en: 'A call to another project, whose allowlist decides',
        ja: '別のプロジェクトへの呼び出し。判定はその許可リスト次第',
      },
      after: 'access-probe',
      steps: [paste(curl('GET', '/projects/7/packages'))],
      shows: link(say(m.check_elsewhere, { project: 'project 7' })),
    },
    {
      name: 'access-variables',
      purpose: { en: 'A variable without a value', ja: '値のない変数' },
      after: 'access-elsewhere',
      steps: [paste(curl('GET', '/projects/$LIB/jobs'))],
      shows: textbox('LIB'),
      below: true,
    },
    {
      name: 'access-variable-filled',
      purpose: { en: 'The value of a variable was filled in', ja: '変数の値を入力した' },
      after: 'access-variables',
      steps: [{ type: storefront, into: textbox('LIB') }],
      shows: text(say(m.check_given, { name: 'LIB', value: storefront }), at(1)),
    },
    {
      name: 'access-jobs',
      purpose: {
        en: 'A .gitlab-ci.yml, job by job, with the least to grant',
        ja: '.gitlab-ci.ymlのジョブごとの判定と、最小限の権限',
      },
      dials: contract,
      address: asked(pipeline, 'partners/sdk'),
      shows: heading(say(m.check_job, { name: 'test' })),
      below: true,
    },
    {
      name: 'access-share',
      purpose: {
        en: 'A question is shown as its link will hold it',
        ja: '共有する前に、リンクに含まれる内容を確認',
      },
      after: 'access-jobs',
      steps: [{ press: button(m.check_share) }],
      shows: dialog(m.check_share_title),
    },
    {
      name: 'access-least',
      purpose: {
        en: 'The least to grant, for each project that the jobs access',
        ja: 'ジョブがアクセスするプロジェクトごとの、最小限の権限',
      },
      dials: contract,
      address: asked(pipeline, 'partners/sdk'),
      shows: button(m.check_needs_comment),
      below: true,
    },
    {
      name: 'access-without-role',
      purpose: {
        en: 'A Developer cannot read the allowlist, but can ask for access',
        ja: 'デベロッパーは許可リストを読めないが、依頼文をコピーできる',
      },
      dials: { scenario: 'contract', as: 'developer' },
      address: asked(releases, 'acme/mobile/app'),
      shows: button(m.check_request),
    },
    {
      name: 'access-refused',
      purpose: {
        en: 'Refused by GitLab, as the log says',
        ja: 'ログにあるとおり、GitLabが拒否',
      },
      after: 'access-without-role',
      steps: [
        paste(
          refusal(
            'Insufficient permissions to access this resource in project storefront. The following token permission is required: admin_packages',
          ),
        ),
      ],
      shows: text(m.check_refused, at(1)),
    },
    {
      name: 'access-rules-failed',
      purpose: {
        en: 'The rules of the project could not be loaded',
        ja: 'プロジェクトのルールを読み込めなかった',
      },
      dials: { scenario: 'contract', fault: 'GET /job_token_scope 503' },
      address: asked(releases, 'partners/sdk'),
      shows: alert(),
    },
    {
      name: 'access-any',
      purpose: {
        en: 'The access check before a project is chosen',
        ja: 'プロジェクトを選択する前のアクセスチェック',
      },
      dials: contract,
      address: '/access',
      shows: textbox(m.check_text),
    },
    {
      name: 'access-several',
      purpose: {
        en: 'A text that names several projects, each with its answer',
        ja: '複数のプロジェクトを含むテキスト。プロジェクトごとに判定',
      },
      after: 'access-any',
      steps: [
        paste(
          [
            releases,
            curl('GET', '/projects/7/packages'),
            curl('GET', '/projects/999/jobs'),
            curl('GET', '/groups/acme/-/packages'),
          ].join('\n'),
        ),
      ],
      shows: region(m.access_rest),
      below: true,
    },
  ],
}
