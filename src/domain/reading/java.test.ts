import { describe, expect, test } from 'vitest'
import { calls } from '../../../test-support/found.ts'

const url = 'https://gitlab.example.com/api/v4/projects/42/packages/maven'
const get = 'GET /projects/:id/packages/maven/*path/:file_name > 42'
const put = 'PUT /projects/:id/packages/maven/*path/:file_name > 42'
const settings = (name = 'Job-Token') => `<settings>
  <servers>
    <server>
      <id>gitlab-maven</id>
      <configuration>
        <httpHeaders>
          <property>
            <name>${name}</name>
            <value>\${CI_JOB_TOKEN}</value>
          </property>
        </httpHeaders>
      </configuration>
    </server>
  </servers>
</settings>`

describe('Maven', () => {
  const write = `cat > ci_settings.xml <<'EOF'\n${settings()}\nEOF\n`
  const line = write.split('\n').length
  test.each([
    [
      'deploy to a place of pom.xml',
      `${write}mvn deploy -s ci_settings.xml`,
      [`${line}: not-recognised`],
    ],
    [
      'deploy to a named place',
      `${write}mvn -B deploy -s ci_settings.xml -DaltDeploymentRepository=gitlab-maven::${url}`,
      [`${line}: ${put}`],
    ],
    [
      'deploy to a named place of older versions',
      `${write}./mvnw deploy -DaltDeploymentRepository=gitlab-maven::default::${url}`,
      [`${line}: ${put}`],
    ],
    [
      'deploy:deploy-file',
      `${write}mvn deploy:deploy-file -Durl=${url} -DrepositoryId=gitlab-maven -Dfile=a.jar`,
      [`${line}: ${put}`],
    ],
    [
      'deploy to the own project',
      `${write}mvn deploy -DaltDeploymentRepository=gitlab-maven::\${CI_API_V4_URL}/projects/\${CI_PROJECT_ID}/packages/maven`,
      [`${line}: ${put.replace('42', 'own')}`],
    ],
    [
      'dependency:get',
      `${write}mvn dependency:get -DremoteRepositories=${url} -Dartifact=a:b:1`,
      [`${line}: ${get}`],
    ],
    ['package', `${write}mvn package`, []],
    ['deploy with unknown settings', 'mvn deploy -s ci_settings.xml', []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })

  test.each([
    [
      'repositories',
      `<project>\n  <repositories>\n    <repository>\n      <id>gitlab-maven</id>\n      <url>${url}</url>\n    </repository>\n  </repositories>\n</project>`,
      [`5: ${get}`],
    ],
    [
      'distributionManagement',
      `<project>\n  <distributionManagement>\n    <repository>\n      <url>${url}</url>\n    </repository>\n    <snapshotRepository>\n      <url>${url}</url>\n    </snapshotRepository>\n  </distributionManagement>\n</project>`,
      [`4: ${put}`, `7: ${put}`],
    ],
    [
      'variables',
      '<project>\n  <repositories><repository><url>${env.CI_API_V4_URL}/projects/${env.CI_PROJECT_ID}/packages/maven</url></repository></repositories>\n</project>',
      ['2: GET /projects/:id/packages/maven/*path/:file_name > own'],
    ],
    [
      'a group',
      `<project>\n  <repository><url>https://gitlab.example.com/api/v4/groups/acme/-/packages/maven</url></repository>\n</project>`,
      ['2: GET /groups/:id/-/packages/maven/*path/:file_name > acme'],
    ],
    [
      'the whole instance',
      '<project>\n  <repository><url>https://gitlab.example.com/api/v4/packages/maven</url></repository>\n</project>',
      ['2: GET /packages/maven/*path/:file_name > unknown'],
    ],
    [
      'comments',
      `<project>\n  <!-- <repository>\n <url>${url}</url></repository> -->\n  <repository><url>${url}</url></repository>\n</project>`,
      [`4: ${get}`],
    ],
    [
      'other hosts',
      '<project><repository><url>https://repo.example.org/packages/maven</url></repository></project>',
      [],
    ],
    [
      'settings with a repository',
      settings().replace(
        '</settings>',
        `  <repository><url>${url}</url></repository>\n</settings>`,
      ),
      [`15: ${get}`],
    ],
    [
      'settings with a header for another token',
      settings('Private-Token').replace(
        '</settings>',
        `  <repository><url>${url}</url></repository>\n</settings>`,
      ),
      ['15: wrong-token private-token'],
    ],
    ['settings alone', settings(), []],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})

describe('Gradle', () => {
  const credentials =
    'credentials(HttpHeaderCredentials) {\n name = "Job-Token"\n value = System.getenv("CI_JOB_TOKEN")\n }'
  test.each([
    [
      'repositories',
      `repositories {\n  maven {\n    url "${url}"\n    ${credentials}\n  }\n}`,
      [`3: ${get}`],
    ],
    [
      'repositories of Kotlin',
      `repositories {\n  maven {\n    url = uri("${url}")\n    credentials(HttpHeaderCredentials::class) {\n name = "Job-Token"\n value = System.getenv("CI_JOB_TOKEN")\n }\n  }\n}`,
      [`3: ${get}`],
    ],
    [
      'publishing',
      `publishing {\n  publications { library(MavenPublication) { from components.java } }\n  repositories {\n    maven {\n      url "${url}"\n      ${credentials}\n    }\n  }\n}`,
      [`5: ${put}`],
    ],
    [
      'both',
      `publishing {\n  repositories {\n    maven {\n      url "${url}"\n      ${credentials}\n    }\n  }\n}\nrepositories {\n  maven {\n    url "${url}"\n  }\n}`,
      [`4: ${put}`, `14: ${get}`],
    ],
    [
      'variables',
      `repositories {\n  maven {\n    url "\${System.getenv('CI_API_V4_URL')}/projects/42/packages/maven"\n    ${credentials}\n  }\n}`,
      [`3: ${get}`],
    ],
    [
      'a header for another token',
      `repositories {\n  maven {\n    url "${url}"\n    ${credentials.replace('Job-', 'Private-')}\n  }\n}`,
      ['3: wrong-token private-token'],
    ],
    ['comments', `repositories {\n  // maven { url "${url}" }\n}`, []],
    [
      'other hosts',
      'repositories {\n  mavenCentral()\n  maven { url "https://repo.example.org/packages/maven" }\n}',
      [],
    ],
  ])('%s', (_what, text, expected) => {
    expect(calls(text)).toEqual(expected)
  })
})
