import { describe, expect, test } from 'vitest'
import { calls, context, suggest } from '../../../test-support/found.ts'
import { read } from './read.ts'

const state = '${CI_API_V4_URL}/projects/42/terraform/state/prod'
const variables = `export TF_HTTP_ADDRESS=${state}\nexport TF_HTTP_LOCK_ADDRESS=${state}/lock TF_HTTP_LOCK_METHOD=POST\nexport TF_HTTP_UNLOCK_ADDRESS=${state}/lock TF_HTTP_UNLOCK_METHOD=DELETE\nexport TF_HTTP_USERNAME=gitlab-ci-token\nexport TF_HTTP_PASSWORD=$CI_JOB_TOKEN\n`
const get = '6: GET /projects/:id/terraform/state/:name > 42'
const post = '6: POST /projects/:id/terraform/state/:name > 42'
const lock = '6: POST /projects/:id/terraform/state/:name/lock > 42'
const unlock = '6: DELETE /projects/:id/terraform/state/:name/lock > 42'

describe('terraform and tofu', () => {
  test.each([
    ['init', 'terraform init', [get]],
    ['plan', 'terraform plan -out plan', [get, lock, unlock]],
    ['plan without a lock', 'terraform plan -lock=false', [get]],
    ['apply', 'terraform apply -auto-approve plan', [get, post, lock, unlock]],
    ['destroy', 'tofu destroy', [get, post, lock, unlock]],
    ['import', 'tofu import a b', [get, post, lock, unlock]],
    ['output', 'terraform output -json', [get]],
    ['state list', 'terraform state list', [get]],
    ['state rm', 'terraform state rm a', [get, post, lock, unlock]],
    ['-chdir', 'terraform -chdir=infra init', [get]],
    ['fmt', 'terraform fmt -check', []],
    ['validate', 'terraform validate', []],
  ])('%s', (_what, command, expected) => {
    expect(calls(variables + command)).toEqual(expected)
  })

  test.each([
    [
      'options',
      `terraform init -backend-config="address=${state}" -backend-config="username=gitlab-ci-token" -backend-config="password=$CI_JOB_TOKEN"`,
      ['1: GET /projects/:id/terraform/state/:name > 42'],
    ],
    [
      'options of two words',
      `tofu init -backend-config address=${state} -backend-config username=gitlab-ci-token -backend-config password=$CI_JOB_TOKEN`,
      ['1: GET /projects/:id/terraform/state/:name > 42'],
    ],
    [
      'options that a later command uses',
      `terraform init -backend-config=address=${state} -backend-config=lock_address=${state}/lock -backend-config=unlock_address=${state}/lock -backend-config=username=gitlab-ci-token -backend-config=password=$CI_JOB_TOKEN -backend-config=lock_method=POST -backend-config=unlock_method=DELETE\nterraform plan`,
      [
        '1: GET /projects/:id/terraform/state/:name > 42',
        '2: GET /projects/:id/terraform/state/:name > 42',
        '2: POST /projects/:id/terraform/state/:name/lock > 42',
        '2: DELETE /projects/:id/terraform/state/:name/lock > 42',
      ],
    ],
    [
      'a wrong user',
      `terraform init -backend-config=address=${state} -backend-config=username=me -backend-config=password=$CI_JOB_TOKEN`,
      ['1: wrong-token user-name'],
    ],
    [
      'another token',
      `terraform init -backend-config=address=${state} -backend-config=username=me -backend-config=password=$STATE_BOT`,
      ['1: other-token'],
    ],
    [
      'some token',
      `terraform init -backend-config=address=${state} -backend-config=username=me -backend-config=password=$T`,
      ['1: unknown-token'],
    ],
    [
      "GitLab's wrapper",
      'export TF_ADDRESS=${CI_API_V4_URL}/projects/42/terraform/state/x\ngitlab-terraform init',
      ['2: GET /projects/:id/terraform/state/:name > 42'],
    ],
    [
      "GitLab's wrapper in its own project",
      'gitlab-tofu init',
      ['1: GET /projects/:id/terraform/state/:name > own'],
    ],
    ['no backend', 'terraform init && terraform apply', []],
    [
      'another backend',
      'terraform init -backend-config=address=https://example.com/state -backend-config=password=$X',
      [],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test('a plan reads and locks', () => {
    const { findings } = read(`${variables}terraform plan`, context)
    expect(suggest(findings)).toMatchObject([{ policies: ['ADMIN_TERRAFORM_STATE'] }])
    expect(suggest(read(`${variables}terraform init`, context).findings)).toMatchObject([
      { policies: ['READ_TERRAFORM_STATE'] },
    ])
  })

  test.each([
    [
      'a backend',
      'terraform {\n  backend "http" {\n    address = "https://gitlab.example.com/api/v4/projects/42/terraform/state/x"\n    lock_method = "POST"\n  }\n}',
      ['3: GET /projects/:id/terraform/state/:name > 42'],
    ],
    ['an empty backend', 'terraform {\n  backend "http" {}\n}', []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})
