/**
 * Every kind of mistake that a reader of scripts, logs and configuration makes, tried from many sides:
 * each kind has a rule, and texts that are easily read against it.
 */
import { describe, expect, test } from 'vitest'
import { context, refusals } from '../../../test-support/found.ts'

type Row = readonly [
  what: string,
  text: string,
  expected: readonly string[],
  where?: { readonly gitlabUrl: string },
]

const kinds: { readonly [rule: string]: readonly Row[] } = {
  'a program gets the values that its variables have when it starts': [
    [
      'prefix only for one',
      `export TF_HTTP_USERNAME=gitlab-ci-token TF_HTTP_PASSWORD=$CI_JOB_TOKEN\nTF_HTTP_ADDRESS=$CI_API_V4_URL/projects/51/terraform/state/x tofu show\ntofu show`,
      ['2: GET /projects/:id/terraform/state/:name > 51', '3: not-recognised'],
    ],
    [
      'unset address',
      `export TF_HTTP_USERNAME=gitlab-ci-token TF_HTTP_PASSWORD=$CI_JOB_TOKEN\nexport TF_HTTP_ADDRESS=$CI_API_V4_URL/projects/51/terraform/state/x\nunset TF_HTTP_ADDRESS\ntofu show`,
      ['4: not-recognised'],
    ],
    [
      'prefix does not reach words',
      `LIB=1\nLIB=2 curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'copied before',
      `LIB=1\nA=$LIB\nLIB=2\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$A/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'not exported',
      `LIB=1\nsh -c 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['2: GET /projects/:id/releases > $LIB'],
    ],
    [
      'exported for child',
      `export LIB=1\nsh -c 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'prefix for child',
      `LIB=1\nLIB=6 sh -c 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['2: GET /projects/:id/releases > 6'],
    ],
    [
      'background',
      `LIB=1\nLIB=2 &\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 1'],
    ],
    [
      'braces in a pipe',
      `LIB=1\n{ LIB=2; } | cat\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 1'],
    ],
    [
      'arithmetic assigns',
      `LIB=1\n((LIB=5))\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'arithmetic in a word',
      `LIB=1\necho $((LIB+=1))\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'arithmetic in a word, no space',
      `LIB=1\nX=$((LIB++))\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'arithmetic compares only',
      `LIB=1\n(( LIB == 5 )) && echo five\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 1'],
    ],
    [
      'let',
      `LIB=1\nlet LIB=5\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'let increments',
      `LIB=1\nlet "LIB += 1"\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'printf -v',
      `LIB=1\nprintf -v LIB '%s' 5\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'read with options',
      `LIB=1\nread -r -p "which? " LIB\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'IFS= read',
      `LIB=1\nIFS= read -r LIB < id.txt\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'appended',
      `LIB=1\nLIB+=2\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 12'],
    ],
    [
      'C-like for',
      `LIB=1\nfor ((LIB=2; LIB<4; LIB++)); do\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"\ndone`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'after C-like for',
      `LIB=1\nfor ((LIB=2; LIB<4; LIB++)); do :; done\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'after for',
      `LIB=1\nfor LIB in 2 3; do :; done\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 3'],
    ],
    [
      'assign default keeps',
      `LIB=1\n: "\${LIB:=5}"\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 1'],
    ],
    [
      'assign default of unknown',
      `: "\${LIB:=5}"\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['2: GET /projects/:id/releases > $LIB'],
    ],
    [
      'assign default of empty',
      `LIB=\n: "\${LIB:=5}"\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 5'],
    ],
    [
      'a reference by name',
      `LIB=1\ndeclare -n ref=LIB\nref=5\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > $LIB'],
    ],
    [
      'a file that is sourced',
      `LIB=1\n. ./ci/env.sh\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'source of output',
      `LIB=1\nsource <(./vars)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'eval of output',
      `LIB=1\neval "$(./vars)"\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'ssh-agent',
      `LIB=1\neval "$(ssh-agent -s)"\n. .venv/bin/activate\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'export from file',
      `LIB=1\nexport $(cat .env)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'export from grep xargs',
      `LIB=1\nexport $(grep -v '^#' .env | xargs)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'trap later',
      `LIB=1\ntrap 'LIB=2' EXIT\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 1'],
    ],
    [
      'until',
      `LIB=1\nuntil false; do LIB=2; done\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'command not assignment',
      `LIB=1\ncmd='LIB=9'\n$cmd\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'env',
      `LIB=1\nenv LIB=2 make\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 1'],
    ],
    [
      'exit in subshell',
      `(exit 1)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'exec redirect goes on',
      `exec 2>&1\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'if in then of list',
      `LIB=1\nif LIB=2; then :; fi\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 2'],
    ],
    [
      'negation',
      `LIB=1\n! LIB=2\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 2'],
    ],
    [
      'unset variable address of uv',
      `export UV_PUBLISH_URL=$CI_API_V4_URL/projects/5/packages/pypi UV_PUBLISH_USERNAME=gitlab-ci-token UV_PUBLISH_PASSWORD=$CI_JOB_TOKEN\nuv publish\nUV_PUBLISH_URL=$CI_API_V4_URL/projects/6/packages/pypi\nuv publish`,
      ['2: POST /projects/:id/packages/pypi > 5', '4: POST /projects/:id/packages/pypi > 6'],
    ],
  ],
  'each job counts with all of its parts': [
    [
      'empty before_script',
      `default:\n  before_script: [LIB=210]\nbuild:\n  before_script: []\n  variables: { LIB: "3" }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['7: GET /projects/:id/releases > 3'],
    ],
    [
      'several extends',
      `.a: { variables: { LIB: "1" } }\n.b: { variables: { LIB: "2" } }\nc:\n  extends: [.a, .b]\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['6: GET /projects/:id/releases > 2'],
    ],
    [
      'own variables win',
      `.a:\n  variables: { LIB: "1", X: y }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'\nc:\n  extends: .a\n  variables: { X: z }`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'reference',
      `.a:\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'\nc:\n  variables: { LIB: "9" }\n  script:\n    - !reference [.a, script]`,
      ['3: GET /projects/:id/releases > 9'],
    ],
    [
      'after_script alone',
      `c:\n  variables: { LIB: "9" }\n  script:\n    - LIB=8\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'\n  after_script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/jobs"'`,
      ['5: GET /projects/:id/releases > 8', '7: GET /projects/:id/jobs > 9'],
    ],
    [
      'rules',
      `c:\n  variables: { LIB: "9" }\n  rules:\n    - if: $X\n      variables: { LIB: "8" }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['7: GET /projects/:id/releases > $LIB'],
    ],
    [
      'matrix',
      `c:\n  parallel:\n    matrix:\n      - LIB: ["1", "2"]\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['6: GET /projects/:id/releases > $LIB'],
    ],
    [
      'same name twice',
      `c:\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"'\nc:\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/2/releases"'`,
      ['6: GET /projects/:id/releases > 2'],
    ],
    [
      'merge key replaces',
      `.a: &a\n  variables: { LIB: "1" }\nc:\n  <<: *a\n  variables: { X: "2" }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['7: GET /projects/:id/releases > $LIB'],
    ],
    [
      'job over global',
      `variables: { LIB: "1" }\nc:\n  variables: { LIB: "2" }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'\nd:\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/jobs"'`,
      ['5: GET /projects/:id/releases > 2', '8: GET /projects/:id/jobs > 1'],
    ],
    [
      'null variable middle',
      `.a:\n  variables: { LIB: "1" }\n.b:\n  extends: .a\n  variables: { LIB: "" }\nc:\n  extends: .b\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['9: not-possible no-job-tokens'],
    ],
    [
      'job var of global',
      `variables: { BASE: "12" }\nc:\n  variables: { LIB: "\${BASE}3" }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['5: GET /projects/:id/releases > 123'],
    ],
    [
      'no inherit',
      `variables: { LIB: "12" }\nc:\n  inherit: { variables: false }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['5: GET /projects/:id/releases > $LIB'],
    ],
    [
      'template unused with vars',
      `.a:\n  variables: { LIB: "1" }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'before_script exit',
      `c:\n  before_script:\n    - exit 0\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"'`,
      [],
    ],
    [
      'cd of before_script and env',
      `c:\n  before_script:\n    - export LIB=4\n  script:\n    - '(LIB=5)'\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['6: GET /projects/:id/releases > 4'],
    ],
    [
      'default of pipeline when input',
      `spec:\n  inputs:\n    lib: { default: "5" }\n---\nc:\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$[[ inputs.lib ]]/releases"'`,
      ['7: GET /projects/:id/releases > $lib'],
    ],
    [
      'expand false',
      `c:\n  variables:\n    OTHER: "4"\n    LIB: { value: "$OTHER", expand: false }\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"'`,
      ['6: GET /projects/:id/releases > $LIB'],
    ],
  ],
  'a function takes effect where it is called': [
    [
      'redefined',
      `f() { LIB=1; }\nf\nf() { LIB=2; }\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['5: GET /projects/:id/releases > 2'],
    ],
    [
      'in a subshell',
      `LIB=1\nf() { LIB=2; }\n(f)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'in output',
      `LIB=1\nf() { LIB=2; echo 3; }\nX=$(f)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$X/jobs"`,
      ['4: GET /projects/:id/releases > 1', '5: GET /projects/:id/jobs > 3'],
    ],
    [
      'called before it is there',
      `LIB=1\nf\nf() { LIB=2; }\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'with a body of its own shell',
      `LIB=1\nf() ( LIB=2 )\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'local seen inside',
      `inner() { curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"; }\nouter() { local LIB=5; inner; }\nLIB=6\nouter`,
      ['1: GET /projects/:id/releases > 5'],
    ],
    [
      'named like the program',
      `curl() { command curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$@"; }\ncurl "$CI_API_V4_URL/projects/5/jobs"`,
      ['1: GET /projects/:id/jobs > 5'],
    ],
    [
      'sets by argument',
      `f() { LIB=$1; }\nf 5\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['3: GET /projects/:id/releases > 5'],
    ],
    [
      'keeps args',
      `f() { set -- 9; }\nset -- 8\nf 7\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$1/releases"`,
      ['4: GET /projects/:id/releases > 8'],
    ],
    [
      'in condition',
      `LIB=1\nf() { LIB=2; }\nif f; then :; fi\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 2'],
    ],
    [
      'maybe called',
      `LIB=1\nf() { LIB=2; }\n[ "$X" ] && f\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > $LIB'],
    ],
    [
      'exported',
      `f() { curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$1/releases"; }\nexport -f f\nbash -c 'f 5'`,
      ['1: GET /projects/:id/releases > 5'],
    ],
    [
      'unset',
      `f() { curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"; }\nunset -f f\nf`,
      [],
    ],
    [
      'local without value',
      `LIB=1\nf() { local LIB; LIB=2; }\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'defined in a function',
      `outer() { inner() { LIB=2; }; }\nLIB=1\nouter\ninner\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['5: GET /projects/:id/releases > 2'],
    ],
    [
      'defined maybe',
      `LIB=1\nif [ "$X" ]; then f() { LIB=2; }; else f() { LIB=3; }; fi\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > $LIB'],
    ],
    [
      'defined maybe, one branch',
      `LIB=1\nif [ "$X" ]; then f() { LIB=2; }; fi\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > $LIB'],
    ],
    [
      'declare in function is local',
      `LIB=1\nf() { declare LIB=2; }\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 1'],
    ],
    [
      'declare -g',
      `LIB=1\nf() { declare -g LIB=2; }\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 2'],
    ],
    [
      'export in function is global',
      `LIB=1\nf() { export LIB=2; }\nf\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"`,
      ['4: GET /projects/:id/releases > 2'],
    ],
    [
      'loops',
      `LIB=1\nf() { LIB=2; }\nfor i in a b; do\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"\nf\ndone`,
      ['4: GET /projects/:id/releases > 1', '4: GET /projects/:id/releases > 2'],
    ],
  ],
  'words are put in place': [
    [
      'fetch name is no JavaScript',
      `fetch() { curl --fail -H "JOB-TOKEN: $CI_JOB_TOKEN" -o out "$1"; }\nfetch "$CI_API_V4_URL/projects/802/jobs"`,
      ['1: GET /projects/:id/jobs > 802'],
    ],
    [
      'changed item',
      `P=(1 2)\nP[0]=3\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/\${P[0]}/releases"`,
      ['3: GET /projects/:id/releases > unknown'],
    ],
    [
      'item',
      `P=(1 2)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/\${P[1]}/releases"`,
      ['2: GET /projects/:id/releases > 2'],
    ],
    [
      'added arguments',
      `set -- "$CI_API_V4_URL/projects/1/jobs"\nset -- "$@" -H "JOB-TOKEN: $CI_JOB_TOKEN"\ncurl "$@"`,
      ['3: GET /projects/:id/jobs > 1'],
    ],
    [
      'split',
      `O="-s -H JOB-TOKEN:$CI_JOB_TOKEN"\ncurl $O "$CI_API_V4_URL/projects/1/jobs"`,
      ['2: GET /projects/:id/jobs > 1'],
    ],
    [
      'header split by mistake',
      `HDR="JOB-TOKEN: $CI_JOB_TOKEN"\ncurl -H $HDR "$CI_API_V4_URL/projects/1/jobs"`,
      ['2: unknown-token'],
    ],
    [
      'braces',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/"{1,2}"/jobs"',
      ['1: GET /projects/:id/jobs > unknown'],
    ],
    [
      'braces of curl',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/{1,2}/jobs"',
      ['1: GET /projects/:id/jobs > unknown'],
    ],
    [
      'both branches job token, other projects',
      `if [ "$X" ]; then A=(-H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"); else A=(-H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/2/jobs"); fi\ncurl "\${A[@]}"`,
      ['2: GET /projects/:id/jobs > 1', '2: GET /projects/:id/jobs > 2'],
    ],
    [
      'rest of arguments',
      `f() { local p=$1; shift; curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$p/jobs" "$@"; }\nf 5 -X DELETE`,
      ['1: not-possible no-job-tokens'],
    ],
    [
      'slice',
      `f() { curl "\${@:2}" "$CI_API_V4_URL/projects/$1/jobs"; }\nf 5 -H "JOB-TOKEN: $CI_JOB_TOKEN"`,
      ['1: GET /projects/:id/jobs > 5'],
    ],
    [
      'xargs',
      'echo 5 | xargs -I{} curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/{}/jobs"',
      ['1: GET /projects/:id/jobs > unknown'],
    ],
    [
      'for over known',
      'for p in 1 2; do curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$p/releases"; done',
      ['1: GET /projects/:id/releases > 1', '1: GET /projects/:id/releases > 2'],
    ],
    [
      'condition empty else',
      `[ -n "$CI_JOB_TOKEN" ] && A=(-H "JOB-TOKEN: $CI_JOB_TOKEN")\ncurl "\${A[@]}" "$CI_API_V4_URL/projects/4/jobs"`,
      ['2: GET /projects/:id/jobs > 4'],
    ],
    [
      'assoc',
      `declare -A P=([a]=1 [b]=2)\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/\${P[a]}/releases"`,
      ['2: GET /projects/:id/releases > unknown'],
    ],
    [
      'ansi',
      `curl -H $'JOB-TOKEN: '"$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/4/jobs"`,
      ['1: GET /projects/:id/jobs > 4'],
    ],
    [
      'one word of all',
      `f() { curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$*"; }\nf "$CI_API_V4_URL/projects/4/jobs"`,
      ['1: GET /projects/:id/jobs > 4'],
    ],
    [
      'too few',
      `f() { curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$2/releases"; }\nf 5`,
      ['1: not-possible no-job-tokens'],
    ],
  ],
  'nothing is said of a token that the text does not show': [
    [
      'stars',
      `curl -u gitlab-ci-token:**** "$CI_API_V4_URL/projects/1/terraform/state/x"\nls`,
      ['1: GET /projects/:id/terraform/state/:name > 1'],
    ],
    [
      'netrc that nobody shows',
      `curl -n "$CI_API_V4_URL/projects/1/terraform/state/x"\nls`,
      ['1: unknown-token'],
    ],
    [
      'netrc file',
      `curl --netrc-file n.txt "$CI_API_V4_URL/projects/1/terraform/state/x"\nls`,
      ['1: unknown-token'],
    ],
    [
      'config that nobody shows',
      `curl -K curl.cfg "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'header of a file',
      `curl -H @headers.txt "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'header of a file that is written',
      `echo "JOB-TOKEN: $CI_JOB_TOKEN" > h.txt\ncurl -H @h.txt "$CI_API_V4_URL/projects/1/releases"`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'credential store',
      `git config --global credential.helper store\necho "https://gitlab-ci-token:\${CI_JOB_TOKEN}@gitlab.example.com" > ~/.git-credentials\ngit clone https://gitlab.example.com/tools/ledger.git`,
      ['3: git-read > tools/ledger'],
    ],
    [
      'credential helper',
      `git config --global credential.helper '!f() { echo username=gitlab-ci-token; echo "password=$CI_JOB_TOKEN"; }; f'\ngit clone https://gitlab.example.com/tools/ledger.git`,
      ['2: git-read > tools/ledger'],
    ],
    [
      'askpass',
      `export GIT_ASKPASS=./ask.sh\ngit clone https://gitlab-ci-token@gitlab.example.com/tools/ledger.git`,
      ['2: git-read > tools/ledger'],
    ],
    [
      'user only',
      'git clone https://gitlab-ci-token@gitlab.example.com/tools/ledger.git',
      ['1: git-read > tools/ledger'],
    ],
    [
      'options that nobody knows',
      `curl $OPTS "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'list that nobody knows',
      `curl "\${OPTS[@]}" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'user and password unknown',
      `curl -u "$USERNAME:$PASSWORD" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'credentials unknown',
      `curl --user "$CREDENTIALS" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'personal token',
      `curl -H "PRIVATE-TOKEN: $GITLAB_PAT" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: other-token'],
    ],
    [
      'bearer of output',
      `curl -H "Authorization: Bearer $(get-token)" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'job token of output',
      `T=$(printenv CI_JOB_TOKEN)\ncurl -H "JOB-TOKEN: $T" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: not-recognised', '2: GET /projects/:id/releases > 1'],
    ],
    [
      'masked in header',
      `curl -H "JOB-TOKEN: [MASKED]" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'token query unknown',
      `curl "$CI_API_V4_URL/projects/1/releases?private_token=$X"\nls`,
      ['1: other-token'],
    ],
    [
      'python headers unknown',
      `import requests\nrequests.get("https://gitlab.example.com/api/v4/projects/1/releases", headers=auth())`,
      ['2: unknown-token'],
    ],
    [
      'python no headers but session',
      `import requests\ns = make_session()\ns.get("https://gitlab.example.com/api/v4/projects/1/releases")`,
      ['3: unknown-token'],
    ],
    [
      'python no token',
      `import requests\nrequests.get("https://gitlab.example.com/api/v4/projects/1/releases")`,
      ['2: no-token'],
    ],
    [
      'docker login masked',
      `docker login -u gitlab-ci-token -p [MASKED] $CI_REGISTRY\ndocker pull $CI_REGISTRY/tools/base:1`,
      ['1: registry-login > own', '2: image-pull > tools/base'],
    ],
    [
      'wget with wgetrc',
      `wget "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'deploy key over other header',
      `curl -H "DEPLOY-TOKEN: $X" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: other-token'],
    ],
  ],
  'a job token counts where the endpoint reads it': [
    [
      'netrc is Basic',
      `echo "machine gitlab.example.com login gitlab-ci-token password $CI_JOB_TOKEN" > ~/.netrc\ncurl -n "$CI_API_V4_URL/projects/1/releases"`,
      ['2: basic, reads request'],
    ],
    [
      'in the address',
      'curl "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/api/v4/projects/1/jobs"',
      ['1: basic, reads request'],
    ],
    [
      'wget user',
      'wget --user=gitlab-ci-token --password="$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs/artifacts/main/download?job=b"',
      ['1: basic, reads request'],
    ],
    [
      'param for lock',
      'curl -X POST "$CI_API_V4_URL/projects/1/terraform/state/x/lock?job_token=$CI_JOB_TOKEN"',
      ['1: parameter, reads basic'],
    ],
    [
      'group pypi',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/groups/9/-/packages/pypi/simple/a"',
      ['1: header, reads basic'],
    ],
    [
      'npm Basic',
      'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/packages/npm/a"',
      ['1: basic, reads request'],
    ],
    [
      'npm bearer',
      'curl -H "Authorization: Bearer $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/packages/npm/a"',
      ['1: GET /projects/:id/packages/npm/*package_name > 1'],
    ],
    [
      'download generic',
      'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/packages/generic/a/1/a.zip"',
      [
        '1: GET /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name > 1',
      ],
    ],
    [
      'python auth',
      `import os, requests\nrequests.get(os.environ["CI_API_V4_URL"] + "/projects/1/releases", auth=("gitlab-ci-token", os.environ["CI_JOB_TOKEN"]))`,
      ['2: basic, reads request'],
    ],
    [
      'composer read',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/group/9/-/packages/composer/packages.json"',
      ['1: header, reads basic'],
    ],
    [
      'composer publish Basic',
      'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" -d tag=v1 "$CI_API_V4_URL/projects/1/packages/composer"',
      ['1: basic, reads request'],
    ],
    [
      'secure files',
      'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/secure_files"',
      ['1: basic, reads request'],
    ],
    [
      'helm unknown',
      'curl -u "gitlab-ci-token:$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/packages/helm/stable/index.yaml"',
      ['1: uncatalogued > 1'],
    ],
    [
      'underscore',
      `curl -H "JOB_TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'bearer spelled token',
      `curl -H "Authorization: token $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: unknown-token'],
    ],
    [
      'job-token as form',
      'curl -X POST -F "job_token=$CI_JOB_TOKEN" -F tag_name=v1 "$CI_API_V4_URL/projects/1/releases"',
      ['1: POST /projects/:id/releases > 1'],
    ],
    [
      'token param',
      'curl "$CI_API_V4_URL/projects/1/releases?token=$CI_JOB_TOKEN"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'json body',
      `curl --json "{\\"job_token\\":\\"$CI_JOB_TOKEN\\"}" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: POST /projects/:id/releases > 1'],
    ],
    [
      'base64 Basic',
      `curl -H "Authorization: Basic $(echo -n gitlab-ci-token:$CI_JOB_TOKEN | base64)" "$CI_API_V4_URL/projects/1/releases"\nls`,
      ['1: basic, reads request'],
    ],
    [
      'pip token user',
      'pip install --index-url https://__token__:$CI_JOB_TOKEN@gitlab.example.com/api/v4/projects/1/packages/pypi/simple a',
      ['1: wrong-token user-name'],
    ],
  ],
  'what goes over the wire': [
    [
      'glued quotes',
      `curl -H 'JOB-TOKEN: '"$CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"`,
      ['1: GET /projects/:id/jobs > 1'],
    ],
    [
      'quotes in YAML',
      `c:\n  script:\n    - "curl -H 'JOB-TOKEN: $CI_JOB_TOKEN' $CI_API_V4_URL/projects/1/jobs"`,
      ['3: wrong-token not-filled-in'],
    ],
    [
      'config with quoted end',
      `curl -K - <<'EOF'\nurl = "https://gitlab.example.com/api/v4/projects/1/jobs"\nheader = "JOB-TOKEN: $CI_JOB_TOKEN"\nEOF`,
      ['1: wrong-token not-filled-in'],
    ],
    [
      'shell with quoted end',
      `bash <<'EOF'\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\nEOF`,
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'python literal',
      `import requests\nrequests.get("https://gitlab.example.com/api/v4/projects/1/releases", headers={"JOB-TOKEN": "$CI_JOB_TOKEN"})`,
      ['2: wrong-token not-filled-in'],
    ],
    [
      'JS literal',
      'await fetch("https://gitlab.example.com/api/v4/projects/1/releases", { headers: { "JOB-TOKEN": "$CI_JOB_TOKEN" } })',
      ['1: wrong-token not-filled-in'],
    ],
    [
      'JS quotes with braces',
      'await fetch("https://gitlab.example.com/api/v4/projects/1/releases", { headers: { "JOB-TOKEN": "${process.env.CI_JOB_TOKEN}" } })',
      ['1: wrong-token not-filled-in'],
    ],
    [
      'JS single quotes in address',
      `const t = process.env.CI_JOB_TOKEN\nawait fetch('\${process.env.CI_API_V4_URL}/projects/1/releases', { headers: { "JOB-TOKEN": t } })`,
      ['2: not-recognised'],
    ],
    [
      'PowerShell single',
      `Invoke-RestMethod -Uri "$env:CI_API_V4_URL/projects/1/releases" -Headers @{ "JOB-TOKEN" = '$env:CI_JOB_TOKEN' }`,
      ['1: wrong-token not-filled-in'],
    ],
    [
      'PowerShell variable of the runner',
      'Invoke-RestMethod -Uri "$CI_API_V4_URL/projects/1/releases" -Headers @{ "JOB-TOKEN" = $CI_JOB_TOKEN }',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'python f without f',
      `import os, requests\nrequests.get("https://gitlab.example.com/api/v4/projects/1/releases", headers={"JOB-TOKEN": "{os.environ['CI_JOB_TOKEN']}"})`,
      ['2: wrong-token not-filled-in'],
    ],
    [
      'personal token in param',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases?private_token=$X"',
      ['1: other-token'],
    ],
    [
      'bearer and job',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" -H "Authorization: Bearer $GITLAB_PAT" "$CI_API_V4_URL/projects/1/releases"',
      ['1: other-token'],
    ],
    [
      'deploy token for packages',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" -H "DEPLOY-TOKEN: $D" "$CI_API_V4_URL/projects/1/packages/generic/a/1/a.zip"',
      ['1: other-token'],
    ],
    [
      'escaped in double inside single',
      `sh -c 'curl -H "JOB-TOKEN: \\$CI_JOB_TOKEN" $CI_API_V4_URL/projects/1/jobs'`,
      ['1: wrong-token not-filled-in'],
    ],
    [
      'single in heredoc to sh',
      `sh <<EOF\ncurl -H 'JOB-TOKEN: $CI_JOB_TOKEN' $CI_API_V4_URL/projects/1/jobs\nEOF`,
      ['1: GET /projects/:id/jobs > 1'],
    ],
    [
      'eval once more',
      `eval 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"'`,
      ['1: GET /projects/:id/jobs > 1'],
    ],
    [
      'name only',
      'curl -H "JOB-TOKEN: CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"',
      ['1: wrong-token not-filled-in'],
    ],
    [
      'single quoted assignment used in eval',
      `C='curl -H "JOB-TOKEN: $CI_JOB_TOKEN" $CI_API_V4_URL/projects/1/jobs'\neval "$C"`,
      ['2: GET /projects/:id/jobs > 1'],
    ],
    [
      'single quoted assignment run plainly',
      `C='curl -H JOB-TOKEN:$CI_JOB_TOKEN https://gitlab.example.com/api/v4/projects/1/jobs'\n$C`,
      ['2: wrong-token not-filled-in'],
    ],
    [
      'empty private token',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" -H "PRIVATE-TOKEN:" "$CI_API_V4_URL/projects/1/jobs"',
      ['1: GET /projects/:id/jobs > 1'],
    ],
  ],
  'keywords of CI configuration': [
    [
      'needs with ref of variable',
      `t:\n  needs:\n    - project: $CI_PROJECT_NAMESPACE/lexer\n      job: build\n      ref: main\n      artifacts: true\n  script: ls`,
      ['3: GET /jobs/:id/artifacts > acme/lexer'],
    ],
    [
      'needs own project',
      `t:\n  needs:\n    - project: acme/app\n      job: build\n      ref: main\n  script: ls`,
      ['3: GET /jobs/:id/artifacts > own'],
    ],
    [
      'needs own by variable',
      `t:\n  needs:\n    - project: $CI_PROJECT_PATH\n      job: build\n      ref: main\n  script: ls`,
      ['3: GET /jobs/:id/artifacts > own'],
    ],
    ['needs of pipeline', `t:\n  needs:\n    - pipeline: $UP\n      job: build\n  script: ls`, []],
    [
      'needs in default',
      `.t:\n  needs:\n    - project: tools/lexer\n      job: build\n      ref: main\nu:\n  extends: .t\n  script: ls`,
      ['3: GET /jobs/:id/artifacts > tools/lexer'],
    ],
    [
      'needs replaced',
      `.t:\n  needs:\n    - project: tools/lexer\n      job: build\n      ref: main\nu:\n  extends: .t\n  needs: []\n  script: ls`,
      ['3: GET /jobs/:id/artifacts > tools/lexer'],
    ],
    [
      'image at digest',
      `t:\n  image: registry.gitlab.example.com/tools/base@sha256:abc\n  script: ls`,
      ['2: image-pull > tools/base'],
    ],
    ['image own', `t:\n  image: $CI_REGISTRY/acme/app/ci:1\n  script: ls`, []],
    ['image own upper', `t:\n  image: $CI_REGISTRY/$CI_PROJECT_PATH/ci:1\n  script: ls`, []],
    [
      'image dependency proxy',
      `t:\n  image: $CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX/alpine:3\n  script: ls`,
      [],
    ],
    [
      'image of variable',
      `variables: { IMG: "$CI_REGISTRY/tools/base:1" }\nt:\n  image: $IMG\n  script: ls`,
      ['3: image-pull > tools/base'],
    ],
    [
      'image of job not default',
      `image: $CI_REGISTRY/tools/base\nt:\n  image: node:20\n  script: ls`,
      ['1: image-pull > tools/base'],
    ],
    [
      'services list',
      `t:\n  services: ["$CI_REGISTRY/tools/db:1", "postgres:16"]\n  script: ls`,
      ['2: image-pull > tools/db'],
    ],
    [
      'hook of default',
      `default:\n  hooks:\n    pre_get_sources_script:\n      - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"'\nt:\n  script: ls`,
      ['4: GET /projects/:id/releases > 5'],
    ],
    [
      'docker run',
      `docker login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY\ndocker run --rm -v "$PWD:/w" $CI_REGISTRY/tools/base:1 make`,
      ['1: registry-login > own', '2: image-pull > tools/base'],
    ],
    [
      'docker build push',
      `docker login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY\ndocker buildx build --push -t $CI_REGISTRY/tools/base:1 .`,
      ['1: registry-login > own', '2: image-push > tools/base (image-of-another-project)'],
    ],
    ['trigger with needs', `d:\n  trigger:\n    project: tools/deploy\n    strategy: depend`, []],
    [
      'include remote and script',
      `include:\n  - project: tools/ci\n    file: /x.yml\nt:\n  script:\n    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"'`,
      ['6: GET /projects/:id/releases > 5'],
    ],
    [
      'docker tag then push own',
      `docker login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY\ndocker push "$CI_REGISTRY/acme/app/x:1"`,
      ['1: registry-login > own'],
    ],
    ['script named needs', `t:\n  script:\n    - 'echo "needs: project: tools/x"'`, []],
    [
      'docker pull without login',
      `docker pull $CI_REGISTRY/tools/base:1\nls`,
      ['1: image-pull > tools/base'],
    ],
  ],
  'a setting and its use in two places': [
    [
      'twine check no',
      `export UV_PUBLISH_URL=$CI_API_V4_URL/projects/2/packages/pypi UV_PUBLISH_USERNAME=gitlab-ci-token UV_PUBLISH_PASSWORD=$CI_JOB_TOKEN\nuv publish --check-url $CI_API_V4_URL/projects/3/packages/pypi/simple`,
      [
        '2: GET /projects/:id/packages/pypi/simple/*package_name > 3',
        '2: POST /projects/:id/packages/pypi > 2',
      ],
    ],
    [
      'index table and command',
      `[[tool.uv.index]]\nname = "gl"\nurl = "https://gitlab.example.com/api/v4/projects/4/packages/pypi/simple"\npublish-url = "https://gitlab.example.com/api/v4/projects/5/packages/pypi"\n\nexport UV_PUBLISH_USERNAME=gitlab-ci-token UV_PUBLISH_PASSWORD=$CI_JOB_TOKEN\nuv publish --index gl`,
      [
        '7: GET /projects/:id/packages/pypi/simple/*package_name > 4',
        '7: POST /projects/:id/packages/pypi > 5',
      ],
    ],
    [
      'index table written',
      `cat >> pyproject.toml <<'EOF'\n[[tool.uv.index]]\nname = "gl"\nurl = "https://gitlab.example.com/api/v4/projects/4/packages/pypi/simple"\npublish-url = "https://gitlab.example.com/api/v4/projects/5/packages/pypi"\nEOF\nUV_PUBLISH_USERNAME=gitlab-ci-token UV_PUBLISH_PASSWORD=$CI_JOB_TOKEN uv publish --index gl`,
      [
        '7: GET /projects/:id/packages/pypi/simple/*package_name > 4',
        '7: POST /projects/:id/packages/pypi > 5',
      ],
    ],
    [
      'backend file and command pasted',
      `# net.hcl\naddress = "https://gitlab.example.com/api/v4/projects/6/terraform/state/net"\nusername = "gitlab-ci-token"\n\nterraform init -backend-config=net.hcl -backend-config="password=$CI_JOB_TOKEN"`,
      ['5: GET /projects/:id/terraform/state/:name > 6'],
    ],
    [
      'Gradle value',
      `def libId = 42\nrepositories {\n  maven {\n    url "https://gitlab.example.com/api/v4/projects/\${libId}/packages/maven"\n    credentials(HttpHeaderCredentials) {\n      name = "Job-Token"\n      value = System.getenv("CI_JOB_TOKEN")\n    }\n    authentication { header(HttpHeaderAuthentication) }\n  }\n}`,
      ['4: GET /projects/:id/packages/maven/*path/:file_name > 42'],
    ],
    [
      'Gradle Kotlin value',
      `val libId = "42"\nrepositories {\n  maven {\n    url = uri("https://gitlab.example.com/api/v4/projects/$libId/packages/maven")\n    credentials(HttpHeaderCredentials::class) {\n      name = "Job-Token"\n      value = System.getenv("CI_JOB_TOKEN")\n    }\n    authentication { create("header", HttpHeaderAuthentication::class) }\n  }\n}`,
      ['4: GET /projects/:id/packages/maven/*path/:file_name > 42'],
    ],
    [
      'Maven property',
      `<project>\n<properties><lib.id>43</lib.id></properties>\n<repositories><repository><id>gl</id><url>https://gitlab.example.com/api/v4/projects/\${lib.id}/packages/maven</url></repository></repositories>\n</project>`,
      ['3: GET /projects/:id/packages/maven/*path/:file_name > 43'],
    ],
    [
      'Terraform local',
      `locals { id = 44 }\ndata "terraform_remote_state" "n" {\n  backend = "http"\n  config = {\n    address = "https://gitlab.example.com/api/v4/projects/\${local.id}/terraform/state/x"\n  }\n}`,
      ['5: GET /projects/:id/terraform/state/:name > 44'],
    ],
    [
      'two states own project',
      `terraform {\n  backend "http" {\n    address = "https://gitlab.example.com/api/v4/projects/45/terraform/state/x"\n  }\n}\ndata "terraform_remote_state" "n" {\n  backend = "http"\n  config = {\n    address = "https://gitlab.example.com/api/v4/projects/46/terraform/state/y"\n    password = var.pat\n    username = "me"\n  }\n}`,
      ['3: GET /projects/:id/terraform/state/:name > 45', '9: other-token'],
    ],
    [
      'pip extra',
      `pip config set global.extra-index-url "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/api/v4/projects/47/packages/pypi/simple"\npip install x`,
      ['2: GET /projects/:id/packages/pypi/simple/*package_name > 47'],
    ],
  ],
  'npm of a group leads to the owners of packages': [
    [
      'yarn',
      `yarn config set @a:registry $CI_API_V4_URL/groups/3/-/packages/npm/\nnpm config set //gitlab.example.com/:_authToken $CI_JOB_TOKEN\nyarn install`,
      [
        '3: GET /groups/:id/-/packages/npm/*package_name > 3',
        '3: GET /projects/:id/packages/npm/*package_name/-/*file_name > owners',
      ],
    ],
    [
      'publish to instance',
      `npm config set @a:registry $CI_API_V4_URL/packages/npm/\nnpm config set //gitlab.example.com/:_authToken $CI_JOB_TOKEN\nnpm publish`,
      ['3: not-recognised'],
    ],
    [
      'pnpm group npmrc',
      `cat > .npmrc <<EOF\n@a:registry=$CI_API_V4_URL/groups/3/-/packages/npm/\n//gitlab.example.com/api/v4/groups/3/-/packages/npm/:_authToken=$CI_JOB_TOKEN\n//gitlab.example.com/api/v4/projects/:_authToken=$CI_JOB_TOKEN\nEOF\npnpm i`,
      [
        '6: GET /groups/:id/-/packages/npm/*package_name > 3',
        '6: GET /projects/:id/packages/npm/*package_name/-/*file_name > owners',
      ],
    ],
    [
      'no token for tarballs',
      `npm config set @a:registry $CI_API_V4_URL/groups/3/-/packages/npm/\nnpm config set //gitlab.example.com/api/v4/groups/3/-/packages/npm/:_authToken $CI_JOB_TOKEN\nnpm pack @a/b`,
      [
        '3: GET /groups/:id/-/packages/npm/*package_name > 3',
        '3: GET /projects/:id/packages/npm/*package_name/-/*file_name > owners',
      ],
    ],
    [
      'other registry',
      `npm config set registry https://registry.npmjs.org/\nnpm config set //registry.npmjs.org/:_authToken $NPM_TOKEN\nnpm ci`,
      [],
    ],
    [
      'publish project',
      `npm config set @a:registry $CI_API_V4_URL/projects/4/packages/npm/\nnpm config set //gitlab.example.com/:_authToken $CI_JOB_TOKEN\nnpm publish`,
      ['3: PUT /projects/:id/packages/npm/:package_name > 4'],
    ],
    [
      'config file in text',
      `@a:registry=https://gitlab.example.com/api/v4/groups/3/-/packages/npm/\n//gitlab.example.com/api/v4/groups/3/-/packages/npm/:_authToken=\${CI_JOB_TOKEN}`,
      [
        '1: GET /groups/:id/-/packages/npm/*package_name > 3',
        '1: GET /projects/:id/packages/npm/*package_name/-/*file_name > owners',
      ],
    ],
  ],
  'GitLab names the project that refuses': [
    [
      'git address contradicts',
      `remote: Authentication by CI/CD job token not allowed from app to ledger.\nfatal: unable to access 'https://gitlab.example.com/tools/parser.git/': The requested URL returned error: 403`,
      ['1: not-listed app ledger'],
    ],
    [
      'git address fits',
      `remote: Authentication by CI/CD job token not allowed from app to parser.\nfatal: unable to access 'https://gitlab.example.com/tools/parser.git/': The requested URL returned error: 403`,
      ['1: not-listed app parser | git-read > tools/parser'],
    ],
    [
      'name in capitals',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/tools%2FLedger/releases" # collapsed multi-line command\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project ledger. The following token permission is required: read_releases."}`,
      ['2: policies ledger READ_RELEASES | GET /projects/:id/releases > tools/Ledger'],
    ],
    [
      'own project is another',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/releases"\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project #902. The following token permission is required: read_jobs."}`,
      ['2: policies #902 READ_JOBS'],
    ],
    [
      'own project is it',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$CI_PROJECT_ID/releases"\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project #7. The following token permission is required: read_releases."}`,
      ['2: policies #7 READ_RELEASES | GET /projects/:id/releases > own'],
    ],
    [
      'only the end of the name',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/tools%2Fmy-ledger/releases" # collapsed multi-line command\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project ledger. The following token permission is required: read_releases."}`,
      ['2: policies ledger READ_RELEASES'],
    ],
    [
      'policy of another thing',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/tools%2Fledger/releases" # collapsed multi-line command\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project ledger. The following token permission is required: admin_packages."}`,
      ['2: policies ledger ADMIN_PACKAGES'],
    ],
    [
      'script echoed',
      `$ ./publish.sh\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project ledger. The following token permission is required: admin_packages."}`,
      ['2: policies ledger ADMIN_PACKAGES'],
    ],
    [
      'earlier call elsewhere',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/101/releases"\n[]\n$ ./publish.sh\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project #102. The following token permission is required: read_jobs."}`,
      ['4: policies #102 READ_JOBS'],
    ],
    [
      'set -x',
      `+ curl -H 'JOB-TOKEN: [MASKED]' https://gitlab.example.com/api/v4/projects/101/releases\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project #102. The following token permission is required: read_jobs."}`,
      ['2: policies #102 READ_JOBS'],
    ],
    [
      'not-listed other id',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/101/releases"\n{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from app to project #102."}`,
      ['2: not-listed app #102'],
    ],
    [
      'glab',
      `$ glab release create v1 -R tools/ledger\nPOST https://gitlab.example.com/api/v4/projects/tools%2Fledger/releases: 403 {message: 403 Forbidden - Insufficient permissions to access this resource in project ledger. The following token permission is required: admin_releases.}`,
      ['2: policies ledger ADMIN_RELEASES | POST /projects/:id/releases > tools/ledger'],
    ],
  ],
  'each command has its own failure': [
    [
      'set -x',
      `+ curl -f https://gitlab.example.com/api/v4/projects/1/releases\ncurl: (22) The requested URL returned error: 404\n+ curl -f https://gitlab.example.com/api/v4/projects/2/jobs\ncurl: (22) The requested URL returned error: 403`,
      [
        '2: not-found | GET /projects/:id/releases > 1',
        '4: forbidden | GET /projects/:id/jobs > 2',
      ],
    ],
    [
      'a good one between',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error: 404\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/2/releases"\n[]\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/3/jobs"\ncurl: (22) The requested URL returned error: 404`,
      [
        '2: not-found | GET /projects/:id/releases > 1',
        '6: not-found | GET /projects/:id/jobs > 3',
      ],
    ],
    [
      'two sentences',
      `{"message":"403 Forbidden - Insufficient permissions to access this resource in project a. The following token permission is required: read_jobs."}\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project b. The following token permission is required: read_jobs."}`,
      ['1: policies a READ_JOBS', '2: policies b READ_JOBS'],
    ],
    [
      'two sentences of one project',
      `{"message":"403 Forbidden - Insufficient permissions to access this resource in project a. The following token permission is required: read_jobs."}\n{"message":"403 Forbidden - Insufficient permissions to access this resource in project a. The following token permission is required: read_releases."}`,
      ['1: policies a READ_JOBS', '2: policies a READ_RELEASES'],
    ],
    [
      'another command fails elsewhere',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error: 404\n$ npm test\n  expected status 404 Not Found`,
      ['2: not-found | GET /projects/:id/releases > 1'],
    ],
    [
      'git and curl',
      `$ git clone https://gitlab-ci-token:[MASKED]@gitlab.example.com/tools/a.git\nremote: The project you were looking for could not be found or you don't have permission to view it.\nfatal: repository 'https://gitlab.example.com/tools/a.git/' not found\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/2/jobs"\ncurl: (22) The requested URL returned error: 404`,
      ['2: git-not-found | git-read > tools/a', '5: not-found | GET /projects/:id/jobs > 2'],
    ],
    [
      'retries of one',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error: 403\ncurl: (22) The requested URL returned error: 403\ncurl: (22) The requested URL returned error: 403`,
      ['2: forbidden | GET /projects/:id/releases > 1'],
    ],
    [
      'two clones in one script',
      `Cloning into 'a'...\nremote: Authentication by CI/CD job token not allowed from app to a.\nfatal: unable to access 'https://gitlab.example.com/tools/a.git/': The requested URL returned error: 403\nCloning into 'b'...\nremote: Authentication by CI/CD job token not allowed from app to b.\nfatal: unable to access 'https://gitlab.example.com/tools/b.git/': The requested URL returned error: 403`,
      ['2: not-listed app a | git-read > tools/a', '5: not-listed app b | git-read > tools/b'],
    ],
  ],
  'a reason is quoted': [
    [
      'protected branch',
      `remote: GitLab: You are not allowed to push code to protected branches on this project.\nTo https://gitlab.example.com/tools/ledger.git\n ! [remote rejected] main -> main (pre-receive hook declined)`,
      ['1: reason GitLab: You are not allowed to push code to protected branches on this project.'],
    ],
    [
      'scope of a person',
      '{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api"}',
      ['1: reason insufficient_scope'],
    ],
    [
      'no reason',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n{"message":"403 Forbidden"}`,
      ['2: forbidden | GET /projects/:id/releases > 1'],
    ],
    [
      'membership broken',
      `remote: Insufficient permissions to pull from the repository of\nremote: project ledger.\nfatal: unable to access 'https://gitlab.example.com/tools/ledger.git/': The requested URL returned error: 403`,
      ['1: membership ledger | git-read > tools/ledger'],
    ],
    [
      'by REST with quotes',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n{"message":"403 Forbidden - The project \\"x\\" is locked"}`,
      ['2: reason The project "x" is locked | GET /projects/:id/releases > 1'],
    ],
    [
      'plain reason ends the log',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n{"message":"403 Forbidden - Project is read-only"}`,
      ['2: reason Project is read-only | GET /projects/:id/releases > 1'],
    ],
    [
      'python',
      'gitlab.exceptions.GitlabCreateError: 403: 403 Forbidden - Release already exists',
      ['1: reason Release already exists'],
    ],
    [
      'pretty JSON',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n{\n  "message": "403 Forbidden - Your IP address is not allowed"\n}`,
      ['3: reason Your IP address is not allowed | GET /projects/:id/releases > 1'],
    ],
    [
      'access level',
      `remote: You are not allowed to access that project.\nfatal: unable to access 'https://gitlab.example.com/tools/ledger.git/': The requested URL returned error: 403`,
      ['1: reason You are not allowed to access that project. | git-read > tools/ledger'],
    ],
  ],
  'what others answer is not put into the mouth of GitLab': [
    [
      'GitHub',
      '{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}',
      [],
    ],
    [
      'Kubernetes',
      'Error from server (Forbidden): pods is forbidden: User "system:x" cannot list resource "pods"',
      [],
    ],
    [
      'npmjs',
      `npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://registry.npmjs.org/@acme%2fui - Not found`,
      [],
    ],
    [
      'Vault',
      `Error making API request.\nURL: PUT https://vault.example.com/v1/auth/jwt/login\nCode: 403. Errors:\n* permission denied`,
      [],
    ],
    [
      'other GitLab by Git',
      `remote: Authentication by CI/CD job token not allowed from app to x.\nfatal: unable to access 'https://gitlab.other.org/tools/x.git/': The requested URL returned error: 403`,
      [],
    ],
    [
      'other GitLab by REST',
      `$ curl -H "PRIVATE-TOKEN: $PAT" https://gitlab.other.org/api/v4/projects/1/releases\n{"message":"404 Project Not Found"}`,
      [],
    ],
    [
      'other GitLab no route',
      `$ curl https://gitlab.other.org/api/v4/project/1\n{"error":"404 Not Found"}`,
      [],
    ],
    [
      'test of a GitLab-like JSON',
      `PASS tests/api.test.ts\n  ✓ answers {"message":"401 Unauthorized"} without a session (3 ms)`,
      [],
    ],
    [
      'Artifactory',
      'Could not transfer artifact a:b:jar:1 from/to central (https://repo.example.com/maven): status code: 401, reason phrase: Unauthorized (401)',
      [],
    ],
    [
      'Helm',
      'Error: looks like "https://charts.example.org" is not a valid chart repository or cannot be reached: failed to fetch https://charts.example.org/index.yaml : 404 Not Found',
      [],
    ],
    ['pip', 'ERROR: HTTP error 401 while getting https://pypi.example.org/simple/a/', []],
    [
      'storage for cache',
      `WARNING: Retrying... error=received: 403 Forbidden\nUploading cache.zip to https://storage.googleapis.com/b/c\nERROR: 403 Forbidden`,
      [],
    ],
    [
      'runner with home host',
      'ERROR: Downloading artifacts from coordinator... not found  host=gitlab.example.com id=77 responseStatus=404 Not Found status=404 token=glcbt-64',
      ['1: not-found'],
    ],
    [
      'local server under test',
      `$ curl -f http://localhost:3000/api/v4/projects/1\ncurl: (22) The requested URL returned error: 404`,
      [],
    ],
    [
      'log of nginx',
      '10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /api/v4/health HTTP/1.1" 404 153 "-" "kube-probe/1.2"',
      [],
    ],
    [
      'Sonar',
      `ERROR: Error during SonarScanner execution\nERROR: Not authorized. HTTP 401 Unauthorized`,
      [],
    ],
    [
      'docker registry',
      `denied: requested access to the resource is denied\nError response from daemon: pull access denied for acme/base, repository does not exist or may require 'docker login': denied: 403 Forbidden`,
      [],
    ],
  ],
  'refusals that name a project by its ID': [
    [
      'glab wrapped',
      `$ glab api projects/931/releases\n  GET https://gitlab.example.com/api/v4/projects/931/releases: 403 {message: 403 Forbidden - Authentication\n  by CI/CD job token not allowed from app to project #931.}.`,
      ['2: not-listed app #931 | GET /projects/:id/releases > 931'],
    ],
    [
      'two of them',
      `{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from app to project #1."}\n{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from app to project #2."}`,
      ['1: not-listed app #1', '2: not-listed app #2'],
    ],
    [
      'with times',
      `2026-01-15T09:00:00.000000Z 01E remote: Authentication by CI/CD job token not allowed from app to project\n2026-01-15T09:00:00.000000Z 01E remote: #12.`,
      ['1: not-listed app #12'],
    ],
    [
      'escaped',
      'msg="{\\"message\\":\\"403 Forbidden - Authentication by CI/CD job token not allowed from app to project #5.\\"}"',
      ['1: not-listed app #5'],
    ],
    [
      'full path of origin',
      'Authentication by CI/CD job token not allowed from acme/app to project #5.',
      ['1: not-listed acme/app #5'],
    ],
    [
      'permission in newer form',
      '{"message":"403 Forbidden - Insufficient permissions to access this resource in project #5. The following token permission is required: read_jobs."}',
      ['1: policies #5 READ_JOBS'],
    ],
    [
      'membership in newer form',
      `remote: Insufficient permissions to pull from the repository of project #5.\nfatal: unable to access 'https://gitlab.example.com/tools/ledger.git/': The requested URL returned error: 403`,
      ['1: membership #5 | git-read > tools/ledger'],
    ],
    [
      'python',
      'gitlab.exceptions.GitlabGetError: 403: 403 Forbidden - Authentication by CI/CD job token not allowed from app to project #5.',
      ['1: not-listed app #5'],
    ],
  ],
  'of a project that has moved nothing is offered': [
    [
      'python',
      'gitlab.exceptions.GitlabHttpError: 405: Non GET methods are not allowed for moved projects',
      ['1: moved'],
    ],
    ['broken', `{"message":"Non GET methods are not\n allowed for moved projects"}`, ['1: moved']],
    [
      'glab',
      `$ glab release create v1 -R old/ledger\nPOST https://gitlab.example.com/api/v4/projects/old%2Fledger/releases: 405 {message: Non GET methods are not allowed for moved projects}`,
      ['2: moved | POST /projects/:id/releases > old/ledger'],
    ],
    [
      'and another fails',
      `$ curl -X POST -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/old%2Fx/releases"\n{"message":"Non GET methods are not allowed for moved projects"}\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/jobs"\ncurl: (22) The requested URL returned error: 404`,
      [
        '2: moved | POST /projects/:id/releases > old/x',
        '4: not-found | GET /projects/:id/jobs > 5',
      ],
    ],
  ],
  'each kind of 404': [
    [
      'branch',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/repository/branches/x"\n{"message":"404 Branch Not Found"}`,
      ['2: missing 404 Branch Not Found | not-possible no-job-tokens'],
    ],
    [
      'pretty no route',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/project/1"\n{\n  "error": "404 Not Found"\n}`,
      ['3: no-route | not-possible no-job-tokens'],
    ],
    [
      'python no route',
      `gitlab.exceptions.GitlabGetError: 404: {'error': '404 Not Found'}`,
      ['1: no-route'],
    ],
    [
      'group',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/groups/9/-/packages/npm/a"\n{"message":"404 Group Not Found"}`,
      ['2: not-found | GET /groups/:id/-/packages/npm/*package_name > 9'],
    ],
    [
      'lower-case f',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n{"message":"404 Not found"}`,
      ['2: not-found | GET /projects/:id/releases > 1'],
    ],
    [
      'file',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/repository/files/a/raw"\n{"message":"404 File Not Found"}`,
      ['2: not-found | GET /projects/:id/repository/files/:file_path/raw > 1'],
    ],
    [
      'environment',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/environments/3"\n{"message":"404 Environment Not Found"}`,
      ['2: missing 404 Environment Not Found | GET /projects/:id/environments/:environment_id > 1'],
    ],
    [
      'user word',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n{"message":"404 Project Not Found"}`,
      ['2: not-found | GET /projects/:id/releases > 1'],
    ],
    [
      'glab no route',
      `$ glab api project/1\nGET https://gitlab.example.com/api/v4/project/1: 404 {error: 404 Not Found}`,
      ['2: no-route | not-possible no-job-tokens'],
    ],
    [
      'escaped no route',
      `$ ./x\nlevel=error body="{\\"error\\":\\"404 Not Found\\"}"`,
      ['2: no-route'],
    ],
    [
      'merge request',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/merge_requests/3"\n{"message":"404 Merge Request Not Found"}`,
      [
        '2: missing 404 Merge Request Not Found | GET /projects/:id/merge_requests/:merge_request_iid > 1',
      ],
    ],
  ],
  'look-ups that take no job token': [
    [
      'user by curl',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/user"\n{"message":"401 Unauthorized"}`,
      ['2: unauthorized | not-possible no-job-tokens'],
    ],
    [
      'project by curl',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5"\n{"message":"404 Project Not Found"}`,
      ['2: not-found | not-possible no-job-tokens'],
    ],
    [
      'job by number',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/jobs/77"\n{"message":"401 Unauthorized"}`,
      ['2: unauthorized | not-possible no-job-tokens'],
    ],
    [
      'own project too',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$CI_PROJECT_ID"\n{"message":"404 Project Not Found"}`,
      ['2: not-found | not-possible no-job-tokens'],
    ],
    [
      'project by path',
      `Traceback (most recent call last):\n  File "n.py", line 6, in <module>\n    p = gl.projects.get("tools/ledger")\ngitlab.exceptions.GitlabGetError: 404: 404 Project Not Found`,
      ['4: not-found | not-possible no-job-tokens (lazy)'],
    ],
    [
      'by keyword',
      `Traceback (most recent call last):\n  File "n.py", line 6, in <module>\n    p = gl.projects.get(id=5)\ngitlab.exceptions.GitlabGetError: 404: 404 Project Not Found`,
      ['4: not-found | not-possible no-job-tokens (lazy)'],
    ],
    [
      'lazy false',
      `Traceback (most recent call last):\n  File "n.py", line 6, in <module>\n    p = gl.projects.get(5, lazy=False)\ngitlab.exceptions.GitlabGetError: 404: 404 Project Not Found`,
      ['4: not-found | not-possible no-job-tokens (lazy)'],
    ],
    [
      'another traceback before',
      `    gl.auth()\ngitlab.exceptions.GitlabAuthenticationError: 401: 401 Unauthorized\nTraceback (most recent call last):\n  File "n.py", line 6, in <module>\n    r = project.releases.list()\ngitlab.exceptions.GitlabListError: 403: 403 Forbidden`,
      ['2: unauthorized | not-possible no-job-tokens (no-auth)', '6: forbidden'],
    ],
    [
      'job is one',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/job"\n{"message":"401 Unauthorized"}`,
      ['2: unauthorized | GET /job > own'],
    ],
    [
      'the probe',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/job"\n{"id":77,"status":"running"}\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error: 403`,
      ['4: forbidden | GET /projects/:id/releases > 1'],
    ],
  ],
  'a log is a log': [
    [
      'times',
      `2026-01-15T09:00:00.000000Z 00O $ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n2026-01-15T09:00:01.000000Z 00E curl: (22) The requested URL returned error: 404`,
      ['2: not-found | GET /projects/:id/releases > 1'],
    ],
    [
      'prints a config first',
      `$ cat .gitlab-ci.yml\nbuild:\n  script:\n    - make\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error: 404`,
      ['6: not-found | GET /projects/:id/releases > 1'],
    ],
    [
      'key at the margin',
      `stages: 3\nimage: node\n$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error: 403\nERROR: Job failed: exit code 22`,
      ['4: forbidden | GET /projects/:id/releases > 1'],
    ],
    [
      'cut with ending',
      `$ curl --fail -H "JOB-TOKEN: $CI_JOB_TOKEN" --output x.zip \\\nsome output\ncurl: (22) The requested URL returned error: 401`,
      ['3: unauthorized'],
    ],
    [
      'only echoed and good',
      `$ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n[]`,
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'quoted in prose',
      `We get this:\n\n    $ curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\n    curl: (22) The requested URL returned error: 404\n`,
      ['4: not-found | GET /projects/:id/releases > 1'],
    ],
    [
      'script with a comment of a refusal',
      `# {"message":"403 Forbidden - Authentication by CI/CD job token not allowed from app to x."}\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'script that looks for a refusal',
      `if grep -q "403 Forbidden" out; then exit 1; fi\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"`,
      ['2: GET /projects/:id/releases > 1'],
    ],
    [
      'script echo of a status',
      'curl -f -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases" || echo "error: 404 Not Found"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'cmd wrapped at 80',
      `$ curl -f -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"\ncurl: (22) The requested URL returned error:\n404`,
      ['3: not-found | GET /projects/:id/releases > 1'],
    ],
  ],
  'a token that is handed on is not nothing': [
    ['alone', 'export NPM_TOKEN=$CI_JOB_TOKEN', ['1: not-recognised']],
    [
      'into a file and used',
      `echo "$CI_JOB_TOKEN" > token.txt\n./publish token.txt`,
      ['2: not-recognised'],
    ],
    [
      'into a file by sed',
      `sed -i "s/TOKEN/$CI_JOB_TOKEN/" conf.yml\n./run`,
      ['2: not-recognised'],
    ],
    ['stdin', 'echo "$CI_JOB_TOKEN" | ./deploy --stdin', ['1: not-recognised']],
    ['here string', './publish --token-stdin <<< "$CI_JOB_TOKEN"', ['1: not-recognised']],
    ['build-arg', 'docker build --build-arg TOKEN=$CI_JOB_TOKEN .', ['1: not-recognised']],
    ['docker run -e', 'docker run -e TOKEN=$CI_JOB_TOKEN alpine ./x', ['1: not-recognised']],
    ['docker run -e name', 'docker run -e CI_JOB_TOKEN alpine ./x', ['1: not-recognised']],
    [
      'yaml variable',
      `c:\n  variables: { TOKEN: "$CI_JOB_TOKEN" }\n  script: ./deploy`,
      ['3: not-recognised'],
    ],
    [
      'ssh',
      `ssh host "curl -H 'JOB-TOKEN: $CI_JOB_TOKEN' https://gitlab.example.com/api/v4/projects/1/jobs"`,
      ['1: not-recognised'],
    ],
    [
      'kubectl',
      'kubectl create secret generic t --from-literal=t=$CI_JOB_TOKEN',
      ['1: not-recognised'],
    ],
    [
      'goproxy',
      `export GOPROXY="https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/api/v4/projects/5/packages/go,direct"\ngo mod download`,
      ['2: not-recognised'],
    ],
    [
      'tf token',
      `export TF_TOKEN_gitlab_example_com=$CI_JOB_TOKEN\nterraform init`,
      ['2: not-recognised'],
    ],
    [
      'httpie',
      'http GET $CI_API_V4_URL/projects/1/releases "JOB-TOKEN:$CI_JOB_TOKEN"',
      ['1: not-recognised'],
    ],
    ['printenv to file', 'printenv CI_JOB_TOKEN > t', ['1: not-recognised']],
    [
      'bundle',
      `bundle config gitlab.example.com "gitlab-ci-token:$CI_JOB_TOKEN"\nbundle install`,
      ['1: not-recognised'],
    ],
    [
      'auth header of buildkit',
      `export GIT_AUTH_HEADER="Basic $(echo -n gitlab-ci-token:$CI_JOB_TOKEN | base64 -w0)"\ndocker build https://gitlab.example.com/tools/images.git`,
      ['2: not-recognised'],
    ],
    ['compared only', 'if [ -z "$CI_JOB_TOKEN" ]; then echo no; fi', []],
    ['echo only', 'echo "token is $CI_JOB_TOKEN"', []],
    [
      'composer config',
      `composer config gitlab-token.gitlab.example.com gitlab-ci-token $CI_JOB_TOKEN\ncomposer install`,
      ['1: not-recognised'],
    ],
    [
      'env of a yaml before script',
      `c:\n  before_script:\n    - export CARGO_REGISTRIES_X_TOKEN=$CI_JOB_TOKEN\n  script:\n    - cargo publish`,
      ['5: not-recognised'],
    ],
  ],
  addresses: [
    [
      'encoded lower',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/tools%2fledger/releases"',
      ['1: GET /projects/:id/releases > tools/ledger'],
    ],
    [
      'evil suffix',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://gitlab.example.com.evil.com/api/v4/projects/1/releases"',
      [],
    ],
    [
      'evil user',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://gitlab.example.com@evil.com/api/v4/projects/1/releases"',
      [],
    ],
    [
      'in a query of others',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://evil.com/?u=https://gitlab.example.com/api/v4/projects/1/releases"',
      [],
    ],
    [
      'query behind',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases?page=2&per_page=100"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'slash behind',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases/"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'not encoded',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/tools/ledger/releases"',
      ['1: not-recognised'],
    ],
    [
      'own by path',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/acme%2Fapp/releases"',
      ['1: GET /projects/:id/releases > own'],
    ],
    [
      'case of own',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/Acme%2FApp/releases"',
      ['1: GET /projects/:id/releases > own'],
    ],
    [
      'own id var in braces',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/releases"',
      ['1: GET /projects/:id/releases > own'],
    ],
    [
      'dots',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/../2/releases"',
      ['1: not-possible no-job-tokens'],
    ],
    [
      'upper host',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://GitLab.Example.com/api/v4/projects/1/releases"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'http',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "http://gitlab.example.com/api/v4/projects/1/releases"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'no scheme',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" gitlab.example.com/api/v4/projects/1/releases',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'fragment',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases#x"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'sub-path',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "https://example.com/gitlab/api/v4/projects/1/releases"',
      ['1: GET /projects/:id/releases > 1'],
      { gitlabUrl: 'https://example.com/gitlab' },
    ],
    [
      'graphql',
      `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" -d '{"query":"{}"}' https://gitlab.example.com/api/graphql`,
      ['1: not-possible graphql'],
    ],
    [
      'trigger with form of project var',
      'curl -X POST -F token=$CI_JOB_TOKEN -F ref=main "$CI_API_V4_URL/projects/tools%2Fledger/trigger/pipeline"',
      ['1: uncatalogued > tools/ledger'],
    ],
    [
      'trigger token another',
      `curl -X POST -F token=$TRIGGER_TOKEN -F ref=main "$CI_API_V4_URL/projects/5/trigger/pipeline"\nls`,
      ['1: other-token'],
    ],
    [
      'port of ours',
      'git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com:443/tools/ledger.git"',
      ['1: git-read > tools/ledger'],
    ],
    [
      'host var with path',
      'git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@$CI_SERVER_HOST/tools/x.git"',
      ['1: lost-address path'],
      { gitlabUrl: 'https://example.com/gitlab' },
    ],
    [
      'job token for other instance var',
      'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$OTHER_URL/api/v4/projects/1/releases"',
      ['1: GET /projects/:id/releases > 1'],
    ],
    [
      'no path',
      'git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools"',
      ['1: not-recognised'],
    ],
  ],
  'spellings of tools': [
    [
      'glab in a sub group',
      `export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab release create v1 -R group/sub/ledger`,
      ['2: POST /projects/:id/releases > group/sub/ledger'],
    ],
    [
      'glab url repo',
      `export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab release list -R https://gitlab.example.com/tools/ledger`,
      ['2: GET /projects/:id/releases > tools/ledger'],
    ],
    [
      'glab own',
      `export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab release create v1`,
      ['2: POST /projects/:id/releases > own'],
    ],
    [
      'glab api fullpath',
      `export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab api projects/:fullpath/releases`,
      ['2: GET /projects/:id/releases > own'],
    ],
    [
      'glab api with -R',
      `export GLAB_ENABLE_CI_AUTOLOGIN=true\nglab api -X DELETE projects/9/packages/3`,
      ['2: DELETE /projects/:id/packages/:package_id > 9'],
    ],
    [
      'pip egg',
      'pip install "git+https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git@v1#egg=spec&subdirectory=x"',
      ['1: git-read > tools/spec'],
    ],
    [
      'pip editable',
      'pip install -e "git+https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git#egg=spec"',
      ['1: git-read > tools/spec'],
    ],
    [
      'pip requirement file',
      `echo "spec @ git+https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git" > r.txt\npip install -r r.txt`,
      ['2: git-read > tools/spec'],
    ],
    [
      'yarn git',
      'yarn add "git+https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git#v1"',
      ['1: git-read > tools/spec'],
    ],
    [
      'npm https git',
      'npm i "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"',
      ['1: not-recognised'],
    ],
    [
      'cargo git',
      'cargo install --git "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"',
      ['1: not-recognised'],
    ],
    ['go private', `GOPRIVATE=gitlab.example.com go get gitlab.example.com/tools/spec\nls`, []],
    [
      'helm upgrade',
      `helm repo add c "$CI_API_V4_URL/projects/251/packages/helm/stable" --username gitlab-ci-token --password "$CI_JOB_TOKEN"\nhelm upgrade x c/x`,
      ['1: uncatalogued > 251'],
    ],
    [
      'helm push',
      `helm plugin install cm-push\nhelm repo add --username gitlab-ci-token --password $CI_JOB_TOKEN c $CI_API_V4_URL/projects/251/packages/helm/stable\nhelm cm-push x.tgz c`,
      ['2: uncatalogued > 251'],
    ],
    [
      'wget header',
      'wget --header="JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs/artifacts/main/download?job=b"',
      ['1: GET /projects/:id/jobs/artifacts/:ref_name/download > 1'],
    ],
    ['release-cli', 'release-cli create --tag-name v1', ['1: POST /projects/:id/releases > own']],
    [
      'poetry group',
      'poetry add --group dev "git+https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"',
      ['1: git-read > tools/spec'],
    ],
    [
      'git archive',
      'git archive --remote="https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git" HEAD | tar x',
      ['1: git-read > tools/spec'],
    ],
    [
      'git clone options',
      'git clone -b main --depth 1 "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git" dir',
      ['1: git-read > tools/spec'],
    ],
    [
      'conan env',
      `conan remote add g $CI_API_V4_URL/projects/253/packages/conan\nCONAN_LOGIN_USERNAME_G=gitlab-ci-token CONAN_PASSWORD_G=$CI_JOB_TOKEN conan install . -r g`,
      [
        '2: GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/latest > 253',
      ],
    ],
  ],
  'what a script writes and then runs': [
    [
      'expanded when written',
      `LIB=1\ncat > g.sh <<EOF\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"\nEOF\nLIB=2\nsh g.sh`,
      ['6: GET /projects/:id/releases > 1'],
    ],
    [
      'expanded when run',
      `export LIB=1\ncat > g.sh <<'EOF'\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$LIB/releases"\nEOF\nexport LIB=2\nsh g.sh`,
      ['6: GET /projects/:id/releases > 2'],
    ],
    [
      'arguments',
      `cat > g.sh <<'EOF'\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/$1/releases"\nEOF\nbash -eu g.sh 5`,
      ['4: GET /projects/:id/releases > 5'],
    ],
    [
      'tee',
      `tee g.sh <<'EOF'\ncurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"\nEOF\nsh g.sh`,
      ['4: GET /projects/:id/releases > 5'],
    ],
    [
      'overwritten',
      `echo 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"' > g.sh\necho 'ls' > g.sh\nsh g.sh`,
      [],
    ],
    [
      'in folder',
      `mkdir x && cd x\necho 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"' > g.sh\ncd ..\nsh x/g.sh`,
      ['4: GET /projects/:id/releases > 5'],
    ],
    [
      'before_script writes',
      `c:\n  before_script:\n    - |\n      cat > g.sh <<'EOF'\n      curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/5/releases"\n      EOF\n  script:\n    - sh g.sh`,
      ['8: GET /projects/:id/releases > 5'],
    ],
    [
      'push url of other',
      `git remote set-url origin "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/other.git"\ngit push origin main`,
      ['2: git-push > tools/other'],
    ],
    [
      'push url',
      `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"\ncd spec\ngit remote set-url --push origin "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/other.git"\ngit push`,
      ['1: git-read > tools/spec', '4: git-push > tools/other'],
    ],
    ['own by plain push', 'git push origin main', []],
    [
      'push of address',
      'git push "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/other.git" HEAD:main',
      ['1: git-push > tools/other'],
    ],
    [
      'in a subshell',
      `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"\n(cd spec && git commit -am x && git push)`,
      ['1: git-read > tools/spec', '2: git-push > tools/spec'],
    ],
    [
      'pushd',
      `git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"\npushd spec\ngit push\npopd\ngit push`,
      ['1: git-read > tools/spec', '3: git-push > tools/spec'],
    ],
    [
      'curl config in file quoted',
      `cat > c.txt <<'EOF'\nurl = "https://gitlab.example.com/api/v4/projects/266/packages"\nheader = "JOB-TOKEN: $CI_JOB_TOKEN"\nEOF\ncurl -K c.txt`,
      ['5: wrong-token not-filled-in'],
    ],
    [
      'mirror',
      `git clone --mirror "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/spec.git"\ncd spec.git\ngit push --mirror "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/copy.git"`,
      ['1: git-read > tools/spec', '3: git-push > tools/copy'],
    ],
  ],
  'other languages': [
    [
      'Make single dollar',
      `up:\n\tcurl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$$CI_API_V4_URL/projects/1/releases"`,
      ['2: wrong-token not-filled-in'],
    ],
    [
      'Make in brackets',
      `ID = 5\nup:\n\tcurl -H "JOB-TOKEN: $(CI_JOB_TOKEN)" "$(CI_API_V4_URL)/projects/$(ID)/releases"`,
      ['3: GET /projects/:id/releases > 5'],
    ],
    [
      'Make line of its own',
      `up:\n\tLIB=5\n\tcurl -H "JOB-TOKEN: $$CI_JOB_TOKEN" "$$CI_API_V4_URL/projects/$$LIB/releases"`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'cmd caret',
      `set LIB=5\ncurl.exe -H "JOB-TOKEN: %CI_JOB_TOKEN%" ^\n  "%CI_API_V4_URL%/projects/%LIB%/releases"`,
      ['2: GET /projects/:id/releases > 5'],
    ],
    [
      'cmd changes',
      `set LIB=5\nset LIB=6\ncurl.exe -H "JOB-TOKEN: %CI_JOB_TOKEN%" "%CI_API_V4_URL%/projects/%LIB%/releases"`,
      ['3: GET /projects/:id/releases > 6'],
    ],
    [
      'PowerShell variables',
      `$id = 5\n$h = @{ "JOB-TOKEN" = $env:CI_JOB_TOKEN }\nInvoke-RestMethod -Method Post -Uri "$env:CI_API_V4_URL/projects/$id/releases" -Headers $h`,
      ['3: POST /projects/:id/releases > 5'],
    ],
    [
      'PowerShell in branch',
      `$id = 5\nif ($x) { $id = 6 }\nInvoke-RestMethod -Uri "$env:CI_API_V4_URL/projects/$id/releases" -Headers @{ "JOB-TOKEN" = $env:CI_JOB_TOKEN }`,
      ['3: GET /projects/:id/releases > $id'],
    ],
    [
      'PowerShell in branch, lines',
      `$id = 5\nif ($x) {\n  $id = 6\n}\nInvoke-RestMethod -Uri "$env:CI_API_V4_URL/projects/$id/releases" -Headers @{ "JOB-TOKEN" = $env:CI_JOB_TOKEN }`,
      ['5: GET /projects/:id/releases > $id'],
    ],
    [
      'PowerShell increments',
      `$id = 5\n$id++\nInvoke-RestMethod -Uri "$env:CI_API_V4_URL/projects/$id/releases" -Headers @{ "JOB-TOKEN" = $env:CI_JOB_TOKEN }`,
      ['3: GET /projects/:id/releases > $id'],
    ],
    [
      'Python in branch',
      `import os, requests\nlib = 5\nif x:\n    lib = 6\nrequests.get(f"{os.environ['CI_API_V4_URL']}/projects/{lib}/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['5: GET /projects/:id/releases > $lib'],
    ],
    [
      'Python one-line branch',
      `import os, requests\nlib = 5\nif x: lib = 6\nrequests.get(f"{os.environ['CI_API_V4_URL']}/projects/{lib}/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['4: GET /projects/:id/releases > $lib'],
    ],
    [
      'Python adds',
      `import os, requests\nlib = 5\nlib += 1\nrequests.get(f"{os.environ['CI_API_V4_URL']}/projects/{lib}/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['4: GET /projects/:id/releases > $lib'],
    ],
    [
      'Python loop',
      `import os, requests\nlib = 5\nfor lib in libs():\n    requests.get(f"{os.environ['CI_API_V4_URL']}/projects/{lib}/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['4: GET /projects/:id/releases > $lib'],
    ],
    [
      'Python function argument',
      `import os, requests\nlib = 5\ndef get(lib):\n    requests.get(f"{os.environ['CI_API_V4_URL']}/projects/{lib}/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['4: GET /projects/:id/releases > $lib'],
    ],
    [
      'Python in order',
      `import os, requests\napi = os.environ["CI_API_V4_URL"]\nh = {"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]}\nlib = 5\nrequests.get(f"{api}/projects/{lib}/releases", headers=h)\nlib = 6\nrequests.get(f"{api}/projects/{lib}/jobs", headers=h)`,
      ['5: GET /projects/:id/releases > 5', '7: GET /projects/:id/jobs > 6'],
    ],
    [
      'Python percent',
      `import os, requests\nrequests.get("%s/projects/%s/releases" % (os.environ["CI_API_V4_URL"], 5), headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['2: not-recognised'],
    ],
    [
      'Python format',
      `import os, requests\nrequests.get("{}/projects/{}/releases".format(os.environ["CI_API_V4_URL"], 5), headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['2: not-recognised'],
    ],
    [
      'Python default of a variable',
      `import os, requests\nlib = os.environ.get("LIB", "5")\nrequests.get(f"{os.environ['CI_API_V4_URL']}/projects/{lib}/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})`,
      ['3: GET /projects/:id/releases > $LIB'],
    ],
    [
      'JS let changed',
      `let lib = 5\nif (x) lib = 6\nawait fetch(\`\${process.env.CI_API_V4_URL}/projects/\${lib}/releases\`, { headers: { "JOB-TOKEN": process.env.CI_JOB_TOKEN } })`,
      ['3: GET /projects/:id/releases > $lib'],
    ],
    [
      'JS let changed in lines',
      `let lib = 5\nif (x) {\n  lib = 6\n}\nawait fetch(\`\${process.env.CI_API_V4_URL}/projects/\${lib}/releases\`, { headers: { "JOB-TOKEN": process.env.CI_JOB_TOKEN } })`,
      ['5: GET /projects/:id/releases > $lib'],
    ],
    [
      'JS function argument',
      `const lib = 5\nasync function get(lib) {\n  await fetch(\`\${process.env.CI_API_V4_URL}/projects/\${lib}/releases\`, { headers: { "JOB-TOKEN": process.env.CI_JOB_TOKEN } })\n}`,
      ['3: GET /projects/:id/releases > $lib'],
    ],
    [
      'JS comment',
      `// await fetch(\`\${process.env.CI_API_V4_URL}/projects/1/releases\`, { headers: { "JOB-TOKEN": process.env.CI_JOB_TOKEN } })\nconst x = process.env.X`,
      [],
    ],
    [
      'JS method',
      `await fetch(\`\${process.env.CI_API_V4_URL}/projects/1/releases\`, { method: 'POST', headers: { 'JOB-TOKEN': process.env.CI_JOB_TOKEN } })`,
      ['1: POST /projects/:id/releases > 1'],
    ],
    [
      'urllib',
      `import os, urllib.request\nr = urllib.request.Request(os.environ["CI_API_V4_URL"] + "/projects/5/releases", headers={"JOB-TOKEN": os.environ["CI_JOB_TOKEN"]})\nurllib.request.urlopen(r)`,
      ['2: GET /projects/:id/releases > 5'],
    ],
  ],
}

for (const [rule, rows] of Object.entries(kinds)) {
  describe(rule, () => {
    for (const [what, text, expected, where] of rows) {
      test(what, () => {
        expect(refusals(text, { ...context, ...where })).toEqual(expected)
      })
    }
  })
}
