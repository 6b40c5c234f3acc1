import { m } from '../../../i18n/paraglide/messages.js'
import { button, combobox, type Flow, region, say, searchbox, text } from './state.ts'

const search = searchbox(m.endpoints_search)
const elsewhere = 'gitlab.elsewhere.example'
const oldest = { scenario: 'gitlab-18-0' } as const

export const endpoints: Flow = {
  name: 'endpoints',
  title: m.demo_flow_endpoints,
  states: [
    {
      name: 'endpoints',
      purpose: {
        en: 'What a job token can call, and which permission each call needs',
        ja: 'ジョブトークンで呼び出せるエンドポイントと、必要な権限',
      },
      dials: { scenario: 'contract' },
      address: '/endpoints?resource=JOBS',
      shows: region(m.resource_jobs),
    },
    {
      name: 'endpoints-marked',
      purpose: {
        en: 'A link to one endpoint, which this GitLab does not have yet',
        ja: 'このGitLabにはまだないエンドポイントへのリンク',
      },
      dials: oldest,
      // Few others: checking all of them takes axe seconds.
      address: '/endpoints?method=DELETE&endpoint=delete-projects-id-badges-badge_id',
      shows: text(say(m.endpoints_not_yet, { version: '18.0' })),
    },
    {
      name: 'endpoints-resource',
      purpose: {
        en: 'The endpoints of a resource, and where each reads the token',
        ja: 'リソースのエンドポイントと、それぞれのトークンの読み取り先',
      },
      after: 'endpoints-marked',
      steps: [
        { choose: '', from: combobox(m.endpoints_method) },
        { choose: 'REPOSITORIES', from: combobox(m.endpoints_resource) },
      ],
      shows: region(m.resource_repositories),
    },
    {
      name: 'endpoints-uncontrolled',
      purpose: {
        en: 'The endpoints that no permission controls',
        ja: '権限では制御されないエンドポイント',
      },
      after: 'endpoints-resource',
      steps: [{ choose: 'none', from: combobox(m.endpoints_resource) }],
      shows: region(m.endpoint_needs_nothing),
    },
    {
      name: 'endpoints-address',
      purpose: {
        en: 'A pasted address with a method that no endpoint has',
        ja: '貼り付けたアドレス。そのメソッドのエンドポイントはない',
      },
      after: 'endpoints-uncontrolled',
      steps: [
        { choose: '', from: combobox(m.endpoints_resource) },
        { type: `PATCH https://${elsewhere}/api/v4/projects/1/badges/5`, into: search },
      ],
      shows: text(say(m.endpoints_foreign, { host: elsewhere })),
    },
    {
      name: 'endpoints-none',
      purpose: { en: 'No endpoints match', ja: '一致するエンドポイントなし' },
      after: 'endpoints-address',
      steps: [{ type: 'nothing is called so', into: search }],
      shows: button(m.endpoints_clear_filters),
    },
    {
      name: 'endpoints-unknown',
      purpose: {
        en: 'A link to an endpoint that does not exist',
        ja: '存在しないエンドポイントへのリンク',
      },
      dials: oldest,
      address: '/endpoints?method=DELETE&endpoint=delete-the-moon',
      shows: text(say(m.endpoints_unknown, { id: 'delete-the-moon' })),
    },
  ],
}
