import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const base = 'https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com'
const insteadOf = (from: string) =>
  `git config --global url."https://gitlab-ci-token:\${CI_JOB_TOKEN}@gitlab.example.com/".insteadOf "${from}"`

describe('git', () => {
  test.each([
    ['clone', `git clone ${base}/acme/lib.git`, ['1: git-read > acme/lib']],
    ['clone without .git', `git clone ${base}/acme/lib`, ['1: git-read > acme/lib']],
    [
      'clone of a subgroup',
      `git clone ${base}/acme/platform/lib.git dir`,
      ['1: git-read > acme/platform/lib'],
    ],
    [
      'clone with options',
      `git clone --depth 1 -b main --single-branch "${base}/acme/lib.git" lib`,
      ['1: git-read > acme/lib'],
    ],
    [
      'clone in quotes',
      `git clone "https://gitlab-ci-token:\${CI_JOB_TOKEN}@\${CI_SERVER_HOST}/acme/lib.git"`,
      ['1: git-read > acme/lib'],
    ],
    ['clone of the own project', `git clone ${base}/$CI_PROJECT_PATH.git`, ['1: git-read > own']],
    ['clone of the own repository address', 'git clone $CI_REPOSITORY_URL', ['1: git-read > own']],
    ['clone of the own project by name', `git clone ${base}/acme/app.git`, ['1: git-read > own']],
    ['clone of a wiki', `git clone ${base}/acme/lib.wiki.git`, ['1: git-read > acme/lib']],
    ['clone of the own wiki', `git clone ${base}/$CI_PROJECT_PATH.wiki.git`, ['1: git-read > own']],
    ['push to a wiki', `git push ${base}/acme/lib.wiki.git HEAD:main`, ['1: not-recognised']],
    [
      'clone of a sibling',
      `git clone ${base}/$CI_PROJECT_NAMESPACE/lib.git`,
      ['1: git-read > acme/lib'],
    ],
    ['clone of a variable', `git clone ${base}/$LIB.git`, ['1: git-read > $LIB']],
    [
      'clone of a project in a variable group',
      `git clone ${base}/$GROUP/lib.git`,
      ['1: git-read > ${GROUP}/lib'],
    ],
    ['clone of a constant', `LIB=acme/lib\ngit clone ${base}/$LIB.git`, ['2: git-read > acme/lib']],
    [
      'clone under another name',
      `git clone https://oauth2:$CI_JOB_TOKEN@gitlab.example.com/acme/lib.git`,
      ['1: wrong-token user-name'],
    ],
    [
      'clone with the token alone',
      `git clone https://$CI_JOB_TOKEN@gitlab.example.com/acme/lib.git`,
      ['1: wrong-token user-name'],
    ],
    [
      'clone with another token',
      `git clone https://oauth2:$DEPLOY_TOKEN@gitlab.example.com/acme/lib.git`,
      ['1: other-token'],
    ],
    [
      'clone from another host',
      `git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.com/acme/lib.git`,
      [],
    ],
    ['clone over SSH', 'git clone git@gitlab.example.com:acme/lib.git', []],
    ['clone of a folder', 'git clone ../lib', []],
    [
      'clone without a token in a script',
      'ls; git clone https://gitlab.example.com/acme/lib.git; git clone https://gitlab.example.com/acme/lib.git',
      ['1: no-token', '1: no-token'],
    ],
    [
      'clone without a token, alone',
      'git clone https://gitlab.example.com/acme/lib.git',
      ['1: git-read > acme/lib'],
    ],
    [
      'clone of something hidden',
      `git clone https://gitlab-ci-token:$CI_JOB_TOKEN@$HOST/acme/lib.git`,
      ['1: not-recognised'],
    ],
    ['ls-remote', `git ls-remote --tags ${base}/acme/lib.git`, ['1: git-read > acme/lib']],
    ['fetch', `git fetch ${base}/acme/lib.git main`, ['1: git-read > acme/lib']],
    ['pull', `git pull ${base}/acme/lib.git main`, ['1: git-read > acme/lib']],
    ['-C', `git -C dir pull ${base}/acme/lib.git`, ['1: git-read > acme/lib']],
    [
      'push to another project',
      `git push ${base}/acme/lib.git HEAD:main`,
      ['1: git-push > acme/lib'],
    ],
    [
      'push to the own project',
      `git push "${base}/$CI_PROJECT_PATH.git" HEAD:main`,
      ['1: git-push > own'],
    ],
    [
      'push to a remote',
      `git remote set-url origin ${base}/acme/lib.git\ngit push origin HEAD:main`,
      ['2: git-push > acme/lib'],
    ],
    [
      'push to a remote that was added',
      `git remote add lib ${base}/acme/lib.git && git push -o ci.skip lib`,
      ['1: git-push > acme/lib'],
    ],
    ['push to a remote that nobody knows', 'git push origin main', []],
    [
      'insteadOf for HTTPS',
      `${insteadOf('https://gitlab.example.com/')}\ngit clone https://gitlab.example.com/acme/lib.git`,
      ['2: git-read > acme/lib'],
    ],
    [
      'insteadOf for SSH',
      `${insteadOf('git@gitlab.example.com:')}\ngit clone git@gitlab.example.com:acme/lib.git`,
      ['2: git-read > acme/lib'],
    ],
    [
      'insteadOf for ssh://',
      `${insteadOf('ssh://git@gitlab.example.com/')}\ngit clone ssh://git@gitlab.example.com/acme/lib.git`,
      ['2: git-read > acme/lib'],
    ],
    [
      '-c insteadOf',
      `git -c url."${base}/".insteadOf=https://gitlab.example.com/ clone https://gitlab.example.com/acme/lib.git`,
      ['1: git-read > acme/lib'],
    ],
    [
      '~/.netrc',
      `echo -e "machine gitlab.example.com\\nlogin gitlab-ci-token\\npassword $CI_JOB_TOKEN" > ~/.netrc\ngit clone https://gitlab.example.com/acme/lib.git`,
      ['2: git-read > acme/lib'],
    ],
    [
      '~/.netrc by a here-document',
      `cat <<EOF > ~/.netrc\nmachine $CI_SERVER_HOST login gitlab-ci-token password $CI_JOB_TOKEN\nEOF\ngit clone https://gitlab.example.com/acme/lib.git`,
      ['4: git-read > acme/lib'],
    ],
    ['submodule add', `git submodule add ${base}/acme/lib.git`, ['1: git-read > acme/lib']],
    [
      'submodule update',
      `${insteadOf('https://gitlab.example.com/')}\ngit submodule update --init --recursive`,
      ['2: not-recognised'],
    ],
    ['submodule update without a token', 'git submodule update --init', []],
    ['what needs no server', 'git add . && git commit -m "curl" && git status', []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test('.gitmodules', () => {
    const modules =
      '[submodule "lib"]\n\tpath = lib\n\turl = https://gitlab.example.com/acme/lib.git\n[submodule "x"]\n\turl = ../tools/x.git\n[submodule "y"]\n\turl = https://github.com/y/y.git\n[submodule "me"]\n\turl = ../app.git\n[submodule "ssh"]\n\turl = git@gitlab.example.com:acme/ssh.git'
    expect(calls(modules)).toEqual([
      '3: git-read > acme/lib',
      '5: git-read > acme/tools/x',
      '9: git-read > own',
    ])
  })
})

describe('docker login', () => {
  const answer = ['1: registry-login > own']
  test.each([
    [
      "GitLab's own variables",
      'docker login -u $CI_REGISTRY_USER -p $CI_REGISTRY_PASSWORD $CI_REGISTRY',
      answer,
    ],
    [
      'quotes',
      'docker login -u "$CI_REGISTRY_USER" -p "$CI_REGISTRY_PASSWORD" "$CI_REGISTRY"',
      answer,
    ],
    [
      'the job token',
      'docker login -u gitlab-ci-token -p $CI_JOB_TOKEN registry.example.com',
      answer,
    ],
    [
      'long options',
      'docker login --username gitlab-ci-token --password "$CI_JOB_TOKEN" "$CI_REGISTRY"',
      answer,
    ],
    [
      'standard input',
      'echo "$CI_JOB_TOKEN" | docker login --username gitlab-ci-token --password-stdin $CI_REGISTRY',
      answer,
    ],
    [
      'standard input by printf',
      'printf "%s" "$CI_REGISTRY_PASSWORD" | docker login -u "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"',
      answer,
    ],
    [
      'standard input by a here-string',
      'docker login -u $CI_REGISTRY_USER --password-stdin $CI_REGISTRY <<< "$CI_REGISTRY_PASSWORD"',
      answer,
    ],
    ['podman', 'podman login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY', answer],
    ['helm', 'helm registry login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY', answer],
    [
      'another user name',
      'docker login -u me -p $CI_JOB_TOKEN $CI_REGISTRY',
      ['1: wrong-token user-name'],
    ],
    [
      'a deploy token',
      'docker login -u $CI_DEPLOY_USER -p $CI_DEPLOY_PASSWORD $CI_REGISTRY',
      ['1: other-token'],
    ],
    ['another registry', 'docker login -u me -p $HUB_TOKEN docker.io', []],
    ['no login', 'docker build -t x . && docker push x', []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})
