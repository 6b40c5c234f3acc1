import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const login =
  'glab auth login --job-token $CI_JOB_TOKEN --hostname $CI_SERVER_HOST --api-protocol $CI_SERVER_PROTOCOL\n'
const jobs = 'GET /projects/:id/jobs > 42'

describe('glab', () => {
  test.each([
    ['api', `${login}glab api projects/42/jobs`, `2: ${jobs}`],
    ['api with a slash', `${login}glab api /projects/42/jobs --paginate`, `2: ${jobs}`],
    [
      'api of an encoded path',
      `${login}glab api projects/acme%2Flib/releases`,
      '2: GET /projects/:id/releases > acme/lib',
    ],
    ['api with a query', `${login}glab api "projects/42/jobs?scope=failed" | jq .`, `2: ${jobs}`],
    [
      'api of the own project',
      `${login}glab api projects/:id/jobs`,
      '2: GET /projects/:id/jobs > own',
    ],
    [
      'api of the own full path',
      `${login}glab api projects/:fullpath/jobs`,
      '2: GET /projects/:id/jobs > own',
    ],
    [
      'api -X',
      `${login}glab api -X DELETE projects/42/packages/5`,
      '2: DELETE /projects/:id/packages/:package_id > 42',
    ],
    [
      'api --method',
      `${login}glab api --method PUT projects/42/releases/v1 -f name=x`,
      '2: PUT /projects/:id/releases/:tag_name > 42',
    ],
    [
      'api with fields',
      `${login}glab api projects/42/releases -f tag_name=v1 -F name=x`,
      '2: POST /projects/:id/releases > 42',
    ],
    [
      'api with a body',
      `${login}glab api projects/42/releases --input body.json`,
      '2: POST /projects/:id/releases > 42',
    ],
    ['api with a header', 'glab api -H "JOB-TOKEN: $CI_JOB_TOKEN" projects/42/jobs', `1: ${jobs}`],
    [
      'api signed in by itself',
      'export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab api projects/42/jobs',
      `2: ${jobs}`,
    ],
    ['api alone', 'glab api projects/42/jobs', `1: ${jobs}`],
    ['api of GraphQL', `${login}glab api graphql -f query='{x}'`, '2: not-possible graphql'],
    [
      'api of what takes no job token',
      `${login}glab api projects/42/members`,
      '2: not-possible no-job-tokens',
    ],
    [
      'GITLAB_TOKEN with a job token',
      'GITLAB_TOKEN=$CI_JOB_TOKEN glab api projects/42/jobs',
      '1: wrong-token private-token',
    ],
    [
      'GITLAB_TOKEN exported with a job token',
      'export GITLAB_TOKEN=$CI_JOB_TOKEN\nglab api projects/42/jobs',
      '2: wrong-token private-token',
    ],
    [
      'GITLAB_TOKEN with another',
      'GITLAB_TOKEN=$MY_TOKEN glab api projects/42/jobs',
      '1: other-token',
    ],
    [
      'auth login with the job token as another',
      'glab auth login --token $CI_JOB_TOKEN\nglab api projects/42/jobs',
      '2: wrong-token private-token',
    ],
    [
      'release create',
      `${login}glab release create v1 --name v1 --notes x`,
      '2: POST /projects/:id/releases > own',
    ],
    [
      'release create elsewhere',
      `${login}glab release create v1 -R acme/lib`,
      '2: POST /projects/:id/releases > acme/lib',
    ],
    [
      'release list',
      `${login}glab release list --repo acme/lib`,
      '2: GET /projects/:id/releases > acme/lib',
    ],
    [
      'release view',
      `${login}glab release view v1 -R acme/lib`,
      '2: GET /projects/:id/releases/:tag_name > acme/lib',
    ],
    [
      'release delete',
      `${login}glab release delete v1 -y -R acme/lib`,
      '2: DELETE /projects/:id/releases/:tag_name > acme/lib',
    ],
    [
      'release upload',
      `${login}glab release upload v1 a.zip -R acme/lib`,
      '2: POST /projects/:id/releases/:tag_name/assets/links > acme/lib',
    ],
    ['something else', `${login}glab mr list -R acme/lib`, '2: not-recognised'],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual([expected])
  })

  test('on another host counts for nothing', () => {
    expect(
      calls('glab api --hostname gitlab.com -H "JOB-TOKEN: $CI_JOB_TOKEN" projects/42/jobs'),
    ).toEqual([])
  })
})

describe('release-cli', () => {
  test.each([
    [
      'create',
      'release-cli create --name "Release $CI_COMMIT_TAG" --tag-name $CI_COMMIT_TAG',
      'POST /projects/:id/releases > own',
    ],
    [
      'create with assets',
      'release-cli create --tag-name v1 --assets-link \'{"name":"a","url":"https://x"}\'',
      'POST /projects/:id/releases > own',
    ],
    [
      'create elsewhere',
      'release-cli --project-id 42 create --tag-name v1',
      'POST /projects/:id/releases > 42',
    ],
    [
      'create elsewhere by a variable',
      'CI_PROJECT_ID=42 release-cli create --tag-name v1',
      'POST /projects/:id/releases > 42',
    ],
    [
      'get',
      'release-cli --project-id 42 get --tag-name v1',
      'GET /projects/:id/releases/:tag_name > 42',
    ],
    [
      'update',
      'release-cli --project-id=42 update --tag-name=v1',
      'PUT /projects/:id/releases/:tag_name > 42',
    ],
    ['with another token', 'release-cli --private-token $T create --tag-name v1', 'other-token'],
    [
      'with the job token as another',
      'release-cli --private-token $CI_JOB_TOKEN create --tag-name v1',
      'wrong-token private-token',
    ],
  ])('%s', (_what, text, call) => {
    expect(calls(text)).toEqual([`1: ${call}`])
  })

  test('on another host counts for nothing', () => {
    expect(
      calls('release-cli --server-url https://gitlab.com --project-id 42 create --tag-name v1'),
    ).toEqual([])
  })
})
