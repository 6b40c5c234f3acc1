import { expect, test } from 'vitest'
import { gitlabAddress } from './gitlab-address.ts'

const web = 'https://gitlab.example.com/git'

test.each([
  [
    'https://gitlab.example.com/git/acme/storefront',
    'https://gitlab.example.com/git/acme/storefront',
  ],
  ['https://gitlab.example.com/git/a?b#c', 'https://gitlab.example.com/git/a?b#c'],
  [
    '/git/uploads/-/system/project/avatar/1/a.png',
    'https://gitlab.example.com/git/uploads/-/system/project/avatar/1/a.png',
  ],
  [null, undefined],
  ['', undefined],
  ['javascript:alert(1)', undefined],
  [' javascript:alert(1)', undefined],
  ['data:image/svg+xml,<svg/>', undefined],
  ['http://gitlab.example.com/git/acme', undefined],
  ['https://gitlab.example.com.evil.example/git/acme', undefined],
  ['https://gitlab.example.com/other', undefined],
  ['https://gitlab.example.com@evil.example/git/', undefined],
  ['//evil.example/git/acme', undefined],
  ['\\\\evil.example\\git', undefined],
  ['https://secure.gravatar.com/avatar/1', undefined],
  ['https://[', undefined],
])('%s', (text, expected) => {
  expect(gitlabAddress(text, web)).toBe(expected)
})
