import { expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

test.each([
  ['conan upload -r gitlab "*" --password $CI_JOB_TOKEN', ['1: not-recognised']],
  [
    'composer config gitlab-token.gitlab.example.com gitlab-ci-token $CI_JOB_TOKEN',
    ['1: not-recognised'],
  ],
  ['dotnet nuget add source https://gitlab.example.com/x -p $CI_JOB_TOKEN', ['1: not-recognised']],
  ['npx semantic-release', ['1: not-recognised']],
  ['goreleaser release --clean', ['1: not-recognised']],
  ['http GET "$CI_API_V4_URL/job" "JOB-TOKEN: $CI_JOB_TOKEN"', ['1: not-recognised']],
  ['./deploy.sh "$CI_JOB_TOKEN"', ['1: not-recognised']],
  ['TOKEN=$CI_JOB_TOKEN ./deploy.sh', ['1: not-recognised']],
  ['echo "$CI_JOB_TOKEN" | wc -c', []],
  ['export TOKEN=$CI_JOB_TOKEN', ['1: not-recognised']],
  ['conan install .', []],
  ['make test', []],
])('a tool that we do not read: %s', (text, expected) => {
  expect(calls(text)).toEqual(expected)
})

test.each([
  ['GET /projects/42/jobs', ['1: GET /projects/:id/jobs > 42']],
  ['get projects/acme%2Flib/jobs HTTP/1.1', ['1: GET /projects/:id/jobs > acme/lib']],
  [
    'https://gitlab.example.com/api/v4/projects/42/jobs?a=1&b=2',
    ['1: GET /projects/:id/jobs > 42'],
  ],
  [
    'DELETE /api/v4/projects/:id/packages/:package_id\n\nGET /job',
    ['1: DELETE /projects/:id/packages/:package_id > unknown', '3: GET /job > own'],
  ],
  ['POST /projects/42/members', ['1: not-possible no-job-tokens']],
  ['https://gitlab.com/api/v4/projects/42/jobs', []],
])('a question: %s', (text, expected) => {
  expect(calls(text)).toEqual(expected)
})
