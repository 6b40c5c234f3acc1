import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const index =
  'https://gitlab-ci-token:${CI_JOB_TOKEN}@gitlab.example.com/api/v4/projects/42/packages/pypi/simple'
const repository = '${CI_API_V4_URL}/projects/42/packages/pypi'
const get = 'GET /projects/:id/packages/pypi/simple/*package_name > 42'
const post = 'POST /projects/:id/packages/pypi > 42'
const login = '-u gitlab-ci-token -p $CI_JOB_TOKEN'

describe('pip, uv, poetry and twine', () => {
  test.each([
    ['--index-url', `pip install --index-url ${index} lib`, [`1: ${get}`]],
    ['--index-url=', `pip3 install --no-cache-dir --index-url=${index} lib`, [`1: ${get}`]],
    ['-i', `pip install lib -i ${index}`, [`1: ${get}`]],
    [
      '--extra-index-url',
      `pip install --extra-index-url ${index} -r requirements.txt`,
      [`1: ${get}`],
    ],
    ['python -m pip', `python -m pip install --index-url ${index} lib`, [`1: ${get}`]],
    ['pip download', `pip download -d dist --index-url ${index} lib`, [`1: ${get}`]],
    [
      'two indexes',
      `pip install --index-url https://pypi.org/simple --extra-index-url ${index} lib`,
      [`1: ${get}`],
    ],
    ['a variable', `export PIP_EXTRA_INDEX_URL=${index}\npip install lib`, [`2: ${get}`]],
    ['a variable in front', `PIP_INDEX_URL=${index} pip install lib`, [`1: ${get}`]],
    [
      'pip config',
      `pip config set global.extra-index-url ${index}\npip install lib`,
      [`2: ${get}`],
    ],
    [
      'pip.conf',
      `cat > ~/.config/pip/pip.conf <<EOF\n[global]\nextra-index-url = ${index}\nEOF\npip install lib`,
      [`5: ${get}`],
    ],
    [
      '~/.netrc',
      'echo "machine gitlab.example.com login gitlab-ci-token password $CI_JOB_TOKEN" > ~/.netrc\npip install --index-url $CI_API_V4_URL/projects/42/packages/pypi/simple lib',
      [`2: ${get}`],
    ],
    [
      'a group',
      `pip install --index-url ${index.replace('projects/42', 'groups/acme/-')} lib`,
      ['1: GET /groups/:id/-/packages/pypi/simple/*package_name > acme'],
    ],
    [
      '__token__',
      `pip install --index-url ${index.replace('gitlab-ci-token', '__token__')} lib`,
      ['1: wrong-token user-name'],
    ],
    ['another index', 'pip install --index-url https://pypi.org/simple lib', []],
    ['no index', 'pip install lib && pip list', []],
    ['uv pip', `uv pip install --index-url ${index} lib`, [`1: ${get}`]],
    ['uv sync', `UV_EXTRA_INDEX_URL=${index} uv sync --frozen`, [`1: ${get}`]],
    ['uv add --index', `uv add --index gitlab=${index} lib`, [`1: ${get}`]],
    [
      'UV_INDEX with a login apart',
      'export UV_INDEX="gitlab=$CI_API_V4_URL/projects/42/packages/pypi/simple"\nexport UV_INDEX_GITLAB_USERNAME=gitlab-ci-token\nexport UV_INDEX_GITLAB_PASSWORD=$CI_JOB_TOKEN\nuv sync',
      [`4: ${get}`],
    ],
    [
      'uv publish',
      `uv publish --publish-url ${repository} --username gitlab-ci-token --password $CI_JOB_TOKEN`,
      [`1: ${post}`],
    ],
    [
      'uv publish by variables',
      `export UV_PUBLISH_URL=${repository} UV_PUBLISH_USERNAME=gitlab-ci-token UV_PUBLISH_PASSWORD=$CI_JOB_TOKEN\nuv publish`,
      [`2: ${post}`],
    ],
    [
      'uv publish --token',
      `uv publish --publish-url ${repository} --token $CI_JOB_TOKEN`,
      ['1: wrong-token user-name'],
    ],
    ['twine', `twine upload --repository-url ${repository} ${login} dist/*`, [`1: ${post}`]],
    [
      'twine by variables in front',
      `TWINE_PASSWORD=\${CI_JOB_TOKEN} TWINE_USERNAME=gitlab-ci-token python -m twine upload --repository-url ${repository} dist/*`,
      [`1: ${post}`],
    ],
    [
      'twine by exported variables',
      `export TWINE_USERNAME=gitlab-ci-token\nexport TWINE_PASSWORD=$CI_JOB_TOKEN\nexport TWINE_REPOSITORY_URL=${repository}\ntwine upload dist/*`,
      [`4: ${post}`],
    ],
    [
      'twine by uv run',
      `uv run twine upload --repository-url ${repository} ${login} dist/*`,
      [`1: ${post}`],
    ],
    [
      'twine with .pypirc',
      `cat > ~/.pypirc <<EOF\n[distutils]\nindex-servers = gitlab\n[gitlab]\nrepository = ${repository}\nusername = gitlab-ci-token\npassword = \${CI_JOB_TOKEN}\nEOF\ntwine upload -r gitlab dist/*`,
      [`9: ${post}`],
    ],
    [
      'twine to the own project',
      'TWINE_PASSWORD=$CI_JOB_TOKEN TWINE_USERNAME=gitlab-ci-token twine upload --repository-url ${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/packages/pypi dist/*',
      ['1: POST /projects/:id/packages/pypi > own'],
    ],
    [
      'twine under a wrong name',
      `twine upload --repository-url ${repository} -u __token__ -p $CI_JOB_TOKEN dist/*`,
      ['1: wrong-token user-name'],
    ],
    ['twine to PyPI', 'twine upload -u __token__ -p $PYPI_TOKEN dist/*', []],
    [
      'poetry publish',
      `poetry config repositories.gitlab ${repository}\npoetry config http-basic.gitlab gitlab-ci-token "$CI_JOB_TOKEN"\npoetry publish --build --repository gitlab`,
      [`3: ${post}`],
    ],
    [
      'poetry publish with a login',
      `poetry config repositories.gitlab ${repository}\npoetry publish -r gitlab -u gitlab-ci-token -p $CI_JOB_TOKEN`,
      [`2: ${post}`],
    ],
    [
      'poetry publish by variables',
      `export POETRY_REPOSITORIES_GITLAB_URL=${repository}\nexport POETRY_HTTP_BASIC_GITLAB_USERNAME=gitlab-ci-token\nexport POETRY_HTTP_BASIC_GITLAB_PASSWORD=$CI_JOB_TOKEN\npoetry publish -r gitlab`,
      [`4: ${post}`],
    ],
    [
      'poetry install',
      `poetry source add gitlab ${repository}/simple\npoetry config http-basic.gitlab gitlab-ci-token $CI_JOB_TOKEN\npoetry install`,
      [`3: ${get}`],
    ],
    ['poetry to PyPI', 'poetry publish', []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test.each([
    ['pip.conf', `[global]\nindex-url = ${index}`, [`2: ${get}`]],
    [
      'pip.conf over several lines',
      `[global]\nextra-index-url =\n    https://pypi.org/simple\n    ${index}`,
      [`4: ${get}`],
    ],
    ['requirements', `--extra-index-url ${index}\nlib==1.0`, [`1: ${get}`]],
    [
      '.pypirc',
      `[distutils]\nindex-servers = gitlab\n\n[gitlab]\nrepository = ${repository}\nusername = gitlab-ci-token\npassword = \${CI_JOB_TOKEN}`,
      [`5: ${post}`],
    ],
    [
      'pyproject.toml',
      '[project]\nname = "x"\n\n[[tool.uv.index]]\nname = "gitlab"\nurl = "https://gitlab.example.com/api/v4/projects/42/packages/pypi/simple"',
      [`6: ${get}`],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})
