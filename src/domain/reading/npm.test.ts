import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const registry = 'https://gitlab.example.com/api/v4/projects/42/packages/npm/'
const place = '//gitlab.example.com/api/v4/projects/42/packages/npm/'
const token = `${place}:_authToken=\${CI_JOB_TOKEN}`
const get = 'GET /projects/:id/packages/npm/*package_name > 42'
const put = 'PUT /projects/:id/packages/npm/:package_name > 42'
const set = `npm config set @acme:registry ${registry}\nnpm config set -- '${place}:_authToken' "\${CI_JOB_TOKEN}"`

describe('npm, yarn and pnpm', () => {
  test.each([
    ['install', `${set}\nnpm install`, [`3: ${get}`]],
    ['ci', `${set}\nnpm ci --prefer-offline`, [`3: ${get}`]],
    ['i of a package', `${set}\nnpm i -D @acme/ui@1`, [`3: ${get}`]],
    ['publish', `${set}\nnpm publish`, [`3: ${put}`]],
    ['publish with --registry', `${set}\nnpm publish --registry ${registry}`, [`3: ${put}`]],
    [
      'publish with --registry=',
      `${set}\nnpm publish --registry=${registry} --access public`,
      [`3: ${put}`],
    ],
    [
      'dist-tag add',
      `${set}\nnpm dist-tag add @acme/ui@1 next`,
      ['3: PUT /projects/:id/packages/npm/-/package/*package_name/dist-tags/:tag > 42'],
    ],
    [
      'dist-tag ls',
      `${set}\nnpm dist-tag ls @acme/ui`,
      ['3: GET /projects/:id/packages/npm/-/package/*package_name/dist-tags > 42'],
    ],
    [
      'dist-tag rm',
      `${set}\nnpm dist-tag rm @acme/ui next`,
      ['3: DELETE /projects/:id/packages/npm/-/package/*package_name/dist-tags/:tag > 42'],
    ],
    [
      'audit',
      `${set}\nnpm audit`,
      ['3: POST /projects/:id/packages/npm/-/npm/v1/security/advisories/bulk > 42'],
    ],
    ['view', `${set}\nnpm view @acme/ui version`, [`3: ${get}`]],
    ['yarn install', `${set}\nyarn install --frozen-lockfile`, [`3: ${get}`]],
    ['yarn alone', `${set}\nyarn`, [`3: ${get}`]],
    ['yarn publish', `${set}\nyarn publish --new-version 1.0.0`, [`3: ${put}`]],
    ['yarn npm publish', `${set}\nyarn npm publish`, [`3: ${put}`]],
    ['pnpm install', `${set}\npnpm i`, [`3: ${get}`]],
    ['pnpm publish', `${set}\npnpm publish --no-git-checks`, [`3: ${put}`]],
    ['npx npm', `${set}\nnpx npm publish`, [`3: ${put}`]],
    [
      'settings with =',
      `npm config set @acme:registry=${registry}\nnpm config set ${place}:_authToken=$CI_JOB_TOKEN\nnpm ci`,
      [`3: ${get}`],
    ],
    [
      'npm set',
      `npm set @acme:registry=${registry} && npm set ${place}:_authToken $CI_JOB_TOKEN && npm ci`,
      [`1: ${get}`],
    ],
    [
      'echo into .npmrc',
      `echo "@acme:registry=${registry}" > .npmrc\necho "${place}:_authToken=\${CI_JOB_TOKEN}" >> .npmrc\nnpm publish`,
      [`3: ${put}`],
    ],
    [
      'echo into ~/.npmrc in single quotes',
      `echo '${token}' >> ~/.npmrc\nnpm publish`,
      [`2: ${put}`],
    ],
    [
      'a here-document',
      `cat > .npmrc <<EOF\n@acme:registry=${registry}\n${token}\nEOF\nnpm ci`,
      [`5: ${get}`],
    ],
    [
      'printf',
      `printf '%s\\n' "@acme:registry=${registry}" "${token}" > .npmrc\nnpm ci`,
      [`2: ${get}`],
    ],
    [
      'variables in the address',
      `echo "@acme:registry=https://\${CI_SERVER_HOST}/api/v4/projects/\${CI_PROJECT_ID}/packages/npm/" > .npmrc\necho "//\${CI_SERVER_HOST}/api/v4/projects/\${CI_PROJECT_ID}/packages/npm/:_authToken=\${CI_JOB_TOKEN}" >> .npmrc\nnpm publish`,
      ['3: PUT /projects/:id/packages/npm/:package_name > own'],
    ],
    [
      'the token of the whole host',
      `echo "@acme:registry=${registry}" > .npmrc; echo "//gitlab.example.com/:_authToken=$CI_JOB_TOKEN" >> .npmrc; npm ci`,
      [`1: ${get}`],
    ],
    [
      'two registries',
      `${set}\nnpm config set @b:registry https://gitlab.example.com/api/v4/projects/43/packages/npm/\nnpm config set //gitlab.example.com/:_authToken $CI_JOB_TOKEN\nnpm ci`,
      [`5: ${get}`, `5: ${get.replace('42', '43')}`],
    ],
    [
      'publish, where it may be either of two',
      `${set}\nnpm config set @b:registry https://gitlab.example.com/api/v4/projects/43/packages/npm/\nnpm publish`,
      ['4: not-recognised'],
    ],
    [
      'a group',
      `echo "@acme:registry=https://gitlab.example.com/api/v4/groups/acme/-/packages/npm/" > .npmrc; echo "//gitlab.example.com/:_authToken=$CI_JOB_TOKEN" >> .npmrc; npm ci`,
      [
        '1: GET /groups/:id/-/packages/npm/*package_name > acme',
        '1: GET /projects/:id/packages/npm/*package_name/-/*file_name > owners',
      ],
    ],
    [
      'another token',
      `npm config set @acme:registry ${registry}; npm config set ${place}:_authToken $NPM_TOKEN; npm ci`,
      ['1: other-token'],
    ],
    ["npm's own registry", 'npm ci && npm publish', []],
    ['another registry', 'npm config set registry https://registry.example.org/\nnpm ci', []],
    ['scripts', `${set}\nnpm run build && npm test`, []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test.each([
    ['.npmrc', `# x\n@acme:registry=${registry}\n${token}`, [`2: ${get}`]],
    ['.npmrc with a token alone', token, [`1: ${get}`]],
    [
      '.npmrc with variables',
      '@acme:registry=${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/npm/\n//${CI_SERVER_HOST}/:_authToken=${CI_JOB_TOKEN}',
      ['1: GET /projects/:id/packages/npm/*package_name > own'],
    ],
    ['.npmrc of others', 'registry=https://registry.npmjs.org/\n', []],
    [
      '.yarnrc.yml',
      `npmScopes:\n  acme:\n    npmRegistryServer: "${registry}"\n    npmPublishRegistry: "${registry}"\n    npmAuthToken: "\${CI_JOB_TOKEN}"`,
      [`3: ${get}`, `4: ${put}`],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})
