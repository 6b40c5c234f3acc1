/**
 * A summary of each REST endpoint that accepts job tokens, in both languages and in our own words.
 * Kept apart from the other messages, because it is looked up by endpoint and shown only beside
 * endpoints: it is loaded on demand with their catalogue, and is not part of the first view.
 */
import type { Locale } from './locale.ts'
import { getLocale } from './paraglide/runtime.js'

/** The summary of an endpoint with its path as in the catalogue; empty for an unknown endpoint. */
export const endpointSummary = (
  { method, path }: { readonly method: string; readonly path: string },
  locale: Locale = getLocale(),
): string => endpointSummaries[`${method} ${path}`]?.[locale] ?? ''

/** By method and path, such as `GET /projects/:id/jobs`. */
export const endpointSummaries: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'GET /projects/:id/badges': {
    en: 'Lists the badges of a project.',
    ja: 'プロジェクトのバッジの一覧を取得します。',
  },
  'GET /projects/:id/badges/:badge_id': { en: 'Shows one badge.', ja: 'バッジを1件取得します。' },
  'GET /projects/:id/badges/render': {
    en: 'Shows how a badge would look, with its placeholders filled in.',
    ja: 'プレースホルダーを置き換えたバッジのプレビューを取得します。',
  },
  'POST /projects/:id/badges': {
    en: 'Adds a badge to a project.',
    ja: 'プロジェクトにバッジを追加します。',
  },
  'PUT /projects/:id/badges/:badge_id': { en: 'Changes a badge.', ja: 'バッジを更新します。' },
  'DELETE /projects/:id/badges/:badge_id': { en: 'Removes a badge.', ja: 'バッジを削除します。' },
  'GET /projects/:id/deployments': {
    en: 'Lists the deployments of a project.',
    ja: 'プロジェクトのデプロイの一覧を取得します。',
  },
  'GET /projects/:id/deployments/:deployment_id': {
    en: 'Shows one deployment.',
    ja: 'デプロイを1件取得します。',
  },
  'GET /projects/:id/deployments/:deployment_id/merge_requests': {
    en: 'Lists the merge requests that went out with a deployment.',
    ja: 'デプロイに含まれるマージリクエストの一覧を取得します。',
  },
  'POST /projects/:id/deployments': {
    en: 'Records a deployment and, where needed, its environment.',
    ja: 'デプロイを登録します。必要に応じて環境も作成します。',
  },
  'PUT /projects/:id/deployments/:deployment_id': {
    en: 'Changes the status of a deployment.',
    ja: 'デプロイのステータスを更新します。',
  },
  'DELETE /projects/:id/deployments/:deployment_id': {
    en: 'Deletes a deployment.',
    ja: 'デプロイを削除します。',
  },
  'POST /projects/:id/deployments/:deployment_id/approval': {
    en: 'Approves or rejects a deployment that waits for approval.',
    ja: '承認待ちのデプロイを承認または却下します。',
  },
  'GET /projects/:id/environments': {
    en: 'Lists the environments of a project.',
    ja: 'プロジェクトの環境の一覧を取得します。',
  },
  'GET /projects/:id/environments/:environment_id': {
    en: 'Shows one environment.',
    ja: '環境を1件取得します。',
  },
  'POST /projects/:id/environments': { en: 'Adds an environment.', ja: '環境を作成します。' },
  'PUT /projects/:id/environments/:environment_id': {
    en: 'Changes an environment.',
    ja: '環境を更新します。',
  },
  'DELETE /projects/:id/environments/:environment_id': {
    en: 'Deletes an environment.',
    ja: '環境を削除します。',
  },
  'DELETE /projects/:id/environments/review_apps': {
    en: 'Schedules stopped review apps for deletion.',
    ja: '停止済みのレビューアプリの削除を予約します。',
  },
  'POST /projects/:id/environments/:environment_id/stop': {
    en: 'Stops an environment.',
    ja: '環境を停止します。',
  },
  'POST /projects/:id/environments/stop_stale': {
    en: 'Stops all environments last used before a given date.',
    ja: '指定した日時以降に使用されていない環境をすべて停止します。',
  },
  'GET /projects/:id/jobs': {
    en: 'Lists the jobs of a project.',
    ja: 'プロジェクトのジョブの一覧を取得します。',
  },
  'GET /projects/:id/pipelines/:pipeline_id/jobs': {
    en: 'Lists the jobs of a pipeline.',
    ja: 'パイプラインのジョブの一覧を取得します。',
  },
  'GET /projects/:id/jobs/:job_id/artifacts': {
    en: 'Downloads the artifacts of a job as an archive.',
    ja: 'ジョブのアーティファクトをアーカイブとしてダウンロードします。',
  },
  'GET /projects/:id/jobs/:job_id/artifacts/tree': {
    en: "Lists the files in a job's artifacts.",
    ja: 'ジョブのアーティファクト内のファイルの一覧を取得します。',
  },
  'GET /projects/:id/jobs/:job_id/artifacts/*artifact_path': {
    en: 'Downloads one file from the artifacts of a job.',
    ja: 'ジョブのアーティファクトからファイルを1件ダウンロードします。',
  },
  'GET /projects/:id/jobs/artifacts/:ref_name/download': {
    en: 'Downloads the artifacts of the latest successful job on a branch or tag.',
    ja: 'ブランチまたはタグで最後に成功したジョブのアーティファクトをダウンロードします。',
  },
  'GET /projects/:id/jobs/artifacts/:ref_name/raw/*artifact_path': {
    en: 'Downloads one file from the artifacts of the latest successful job on a branch or tag.',
    ja: 'ブランチまたはタグで最後に成功したジョブのアーティファクトから、ファイルを1件ダウンロードします。',
  },
  'GET /jobs/:id/artifacts': {
    en: 'Hands the artifacts of an earlier job to a runner.',
    ja: '先行するジョブのアーティファクトをRunnerに渡します。',
  },
  'GET /projects/:id/merge_requests': {
    en: 'Lists the merge requests of a project.',
    ja: 'プロジェクトのマージリクエストの一覧を取得します。',
  },
  'GET /projects/:id/merge_requests/:merge_request_iid': {
    en: 'Shows one merge request.',
    ja: 'マージリクエストを1件取得します。',
  },
  'GET /projects/:id/merge_requests/:noteable_id/notes': {
    en: 'Lists the comments on a merge request.',
    ja: 'マージリクエストのコメントの一覧を取得します。',
  },
  'GET /projects/:id/merge_requests/:noteable_id/notes/:note_id': {
    en: 'Shows one comment on a merge request.',
    ja: 'マージリクエストのコメントを1件取得します。',
  },
  'GET /projects/:id/packages': {
    en: 'Lists the packages of a project.',
    ja: 'プロジェクトのパッケージの一覧を取得します。',
  },
  'GET /projects/:id/packages/:package_id': {
    en: 'Shows one package.',
    ja: 'パッケージを1件取得します。',
  },
  'GET /projects/:id/packages/:package_id/package_files': {
    en: 'Lists the files of a package.',
    ja: 'パッケージのファイルの一覧を取得します。',
  },
  'GET /projects/:id/packages/:package_id/package_files/:package_file_id/download': {
    en: 'Downloads one file of a package.',
    ja: 'パッケージのファイルを1件ダウンロードします。',
  },
  'GET /projects/:id/packages/composer/archives/*package_name': {
    en: 'Downloads a Composer package as an archive.',
    ja: 'Composerパッケージをアーカイブとしてダウンロードします。',
  },
  'GET /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name': {
    en: 'Downloads a file of a generic package.',
    ja: '汎用パッケージのファイルをダウンロードします。',
  },
  'GET /projects/:id/packages/go/*module_name/@v/list': {
    en: 'Lists the versions of a Go module.',
    ja: 'Goモジュールのバージョンの一覧を取得します。',
  },
  'GET /projects/:id/packages/go/*module_name/@v/:module_version.info': {
    en: 'Shows the name and date of a version of a Go module.',
    ja: 'Goモジュールのバージョンの名前と日時を取得します。',
  },
  'GET /projects/:id/packages/go/*module_name/@v/:module_version.mod': {
    en: 'Downloads the go.mod file of a version of a Go module.',
    ja: 'Goモジュールのバージョンのgo.modファイルをダウンロードします。',
  },
  'GET /projects/:id/packages/go/*module_name/@v/:module_version.zip': {
    en: 'Downloads the source of a version of a Go module.',
    ja: 'Goモジュールのバージョンのソースコードをダウンロードします。',
  },
  'GET /packages/maven/*path/:file_name': {
    en: 'Downloads a file of a Maven package (instance level).',
    ja: 'Mavenパッケージのファイルをダウンロードします(インスタンスレベル)。',
  },
  'GET /groups/:id/-/packages/maven/*path/:file_name': {
    en: 'Downloads a file of a Maven package (group level).',
    ja: 'Mavenパッケージのファイルをダウンロードします(グループレベル)。',
  },
  'GET /projects/:id/packages/maven/*path/:file_name': {
    en: 'Downloads a file of a Maven package.',
    ja: 'Mavenパッケージのファイルをダウンロードします。',
  },
  'GET /projects/:id/packages/npm/*package_name': {
    en: 'Shows the versions and metadata of an npm package.',
    ja: 'npmパッケージのバージョンとメタデータを取得します。',
  },
  'GET /projects/:id/packages/npm/*package_name/-/*file_name': {
    en: 'Downloads the tarball of an npm package.',
    ja: 'npmパッケージのtarballをダウンロードします。',
  },
  'GET /packages/npm/-/package/*package_name/dist-tags': {
    en: 'Lists the dist-tags of an npm package (instance level).',
    ja: 'npmパッケージのdist-tagの一覧を取得します(インスタンスレベル)。',
  },
  'GET /groups/:id/-/packages/npm/-/package/*package_name/dist-tags': {
    en: 'Lists the dist-tags of an npm package (group level).',
    ja: 'npmパッケージのdist-tagの一覧を取得します(グループレベル)。',
  },
  'GET /projects/:id/packages/npm/-/package/*package_name/dist-tags': {
    en: 'Lists the dist-tags of an npm package.',
    ja: 'npmパッケージのdist-tagの一覧を取得します。',
  },
  'POST /packages/npm/-/npm/v1/security/advisories/bulk': {
    en: 'Looks up security advisories for many npm packages (instance level).',
    ja: '複数のnpmパッケージのセキュリティアドバイザリを照会します(インスタンスレベル)。',
  },
  'POST /groups/:id/-/packages/npm/-/npm/v1/security/advisories/bulk': {
    en: 'Looks up security advisories for many npm packages (group level).',
    ja: '複数のnpmパッケージのセキュリティアドバイザリを照会します(グループレベル)。',
  },
  'POST /projects/:id/packages/npm/-/npm/v1/security/advisories/bulk': {
    en: 'Looks up security advisories for many npm packages.',
    ja: '複数のnpmパッケージのセキュリティアドバイザリを照会します。',
  },
  'POST /packages/npm/-/npm/v1/security/audits/quick': {
    en: 'Runs a quick security audit of npm dependencies (instance level).',
    ja: 'npmの依存関係の簡易セキュリティ監査を実行します(インスタンスレベル)。',
  },
  'POST /groups/:id/-/packages/npm/-/npm/v1/security/audits/quick': {
    en: 'Runs a quick security audit of npm dependencies (group level).',
    ja: 'npmの依存関係の簡易セキュリティ監査を実行します(グループレベル)。',
  },
  'POST /projects/:id/packages/npm/-/npm/v1/security/audits/quick': {
    en: 'Runs a quick security audit of npm dependencies.',
    ja: 'npmの依存関係の簡易セキュリティ監査を実行します。',
  },
  'GET /projects/:id/packages/pypi/simple': {
    en: 'Lists the PyPI packages of a project in the format of the simple index.',
    ja: 'プロジェクトのPyPIパッケージの一覧をシンプルインデックス形式で取得します。',
  },
  'GET /projects/:id/packages/pypi/simple/*package_name': {
    en: 'Lists the files of a PyPI package in the format of the simple index.',
    ja: 'PyPIパッケージのファイルの一覧をシンプルインデックス形式で取得します。',
  },
  'GET /projects/:id/packages/pypi/files/:sha256/*file_identifier': {
    en: 'Downloads a file of a PyPI package.',
    ja: 'PyPIパッケージのファイルをダウンロードします。',
  },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel':
    {
      en: 'Lists the files of a Conan recipe with their checksums (instance level).',
      ja: 'Conanレシピのファイルとチェックサムの一覧を取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel':
    {
      en: 'Lists the files of a Conan recipe with their checksums.',
      ja: 'Conanレシピのファイルとチェックサムの一覧を取得します。',
    },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/digest':
    {
      en: 'Says where the manifest of a Conan recipe is (instance level).',
      ja: 'ConanレシピのマニフェストのURLを取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/digest':
    {
      en: 'Says where the manifest of a Conan recipe is.',
      ja: 'ConanレシピのマニフェストのURLを取得します。',
    },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/download_urls':
    {
      en: 'Says where the files of a Conan recipe can be downloaded (instance level).',
      ja: 'ConanレシピのファイルのダウンロードURLを取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/download_urls':
    {
      en: 'Says where the files of a Conan recipe can be downloaded.',
      ja: 'ConanレシピのファイルのダウンロードURLを取得します。',
    },
  'POST /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/upload_urls':
    {
      en: 'Says where the files of a Conan recipe are to be uploaded (instance level).',
      ja: 'ConanレシピのファイルのアップロードURLを取得します(インスタンスレベル)。',
    },
  'POST /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/upload_urls':
    {
      en: 'Says where the files of a Conan recipe are to be uploaded.',
      ja: 'ConanレシピのファイルのアップロードURLを取得します。',
    },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/search':
    {
      en: 'Lists the binary packages of a Conan recipe (instance level).',
      ja: 'Conanレシピのバイナリパッケージの一覧を取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/search':
    {
      en: 'Lists the binary packages of a Conan recipe.',
      ja: 'Conanレシピのバイナリパッケージの一覧を取得します。',
    },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference':
    {
      en: 'Lists the files of a Conan binary package with their checksums (instance level).',
      ja: 'Conanバイナリパッケージのファイルとチェックサムの一覧を取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference':
    {
      en: 'Lists the files of a Conan binary package with their checksums.',
      ja: 'Conanバイナリパッケージのファイルとチェックサムの一覧を取得します。',
    },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/digest':
    {
      en: 'Says where the manifest of a Conan binary package is (instance level).',
      ja: 'ConanバイナリパッケージのマニフェストのURLを取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/digest':
    {
      en: 'Says where the manifest of a Conan binary package is.',
      ja: 'ConanバイナリパッケージのマニフェストのURLを取得します。',
    },
  'GET /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/download_urls':
    {
      en: 'Says where the files of a Conan binary package can be downloaded (instance level).',
      ja: 'ConanバイナリパッケージのファイルのダウンロードURLを取得します(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/download_urls':
    {
      en: 'Says where the files of a Conan binary package can be downloaded.',
      ja: 'ConanバイナリパッケージのファイルのダウンロードURLを取得します。',
    },
  'POST /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/upload_urls':
    {
      en: 'Says where the files of a Conan binary package are to be uploaded (instance level).',
      ja: 'ConanバイナリパッケージのファイルのアップロードURLを取得します(インスタンスレベル)。',
    },
  'POST /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel/packages/:conan_package_reference/upload_urls':
    {
      en: 'Says where the files of a Conan binary package are to be uploaded.',
      ja: 'ConanバイナリパッケージのファイルのアップロードURLを取得します。',
    },
  'GET /packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name':
    {
      en: 'Downloads a file of a Conan recipe (instance level).',
      ja: 'Conanレシピのファイルをダウンロードします(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name':
    {
      en: 'Downloads a file of a Conan recipe.',
      ja: 'Conanレシピのファイルをダウンロードします。',
    },
  'GET /packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name':
    {
      en: 'Downloads a file of a Conan binary package (instance level).',
      ja: 'Conanバイナリパッケージのファイルをダウンロードします(インスタンスレベル)。',
    },
  'GET /projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name':
    {
      en: 'Downloads a file of a Conan binary package.',
      ja: 'Conanバイナリパッケージのファイルをダウンロードします。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/latest':
    {
      en: 'Names the latest revision of a Conan 2 recipe.',
      ja: 'Conan 2レシピの最新のリビジョンを取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions':
    {
      en: 'Lists the revisions of a Conan 2 recipe.',
      ja: 'Conan 2レシピのリビジョンの一覧を取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/search':
    {
      en: 'Lists the binary packages of a Conan 2 recipe.',
      ja: 'Conan 2レシピのバイナリパッケージの一覧を取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/search':
    {
      en: 'Lists the binary packages of a revision of a Conan 2 recipe.',
      ja: 'Conan 2レシピのリビジョンのバイナリパッケージの一覧を取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files':
    {
      en: 'Lists the files of a revision of a Conan 2 recipe.',
      ja: 'Conan 2レシピのリビジョンのファイルの一覧を取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name':
    {
      en: 'Downloads a file of a Conan 2 recipe.',
      ja: 'Conan 2レシピのファイルをダウンロードします。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/latest':
    {
      en: 'Names the latest revision of a Conan 2 binary package.',
      ja: 'Conan 2バイナリパッケージの最新のリビジョンを取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions':
    {
      en: 'Lists the revisions of a Conan 2 binary package.',
      ja: 'Conan 2バイナリパッケージのリビジョンの一覧を取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files':
    {
      en: 'Lists the files of a revision of a Conan 2 binary package.',
      ja: 'Conan 2バイナリパッケージのリビジョンのファイルの一覧を取得します。',
    },
  'GET /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files/:file_name':
    {
      en: 'Downloads a file of a Conan 2 binary package.',
      ja: 'Conan 2バイナリパッケージのファイルをダウンロードします。',
    },
  'DELETE /projects/:id/packages/:package_id': {
    en: 'Deletes a package.',
    ja: 'パッケージを削除します。',
  },
  'DELETE /projects/:id/packages/:package_id/package_files/:package_file_id': {
    en: 'Deletes one file of a package.',
    ja: 'パッケージのファイルを1件削除します。',
  },
  'POST /projects/:id/packages/composer': {
    en: 'Publishes a branch or tag as a Composer package.',
    ja: 'ブランチまたはタグをComposerパッケージとして公開します。',
  },
  'PUT /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name': {
    en: 'Uploads a file of a generic package.',
    ja: '汎用パッケージのファイルをアップロードします。',
  },
  'PUT /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name/authorize':
    {
      en: 'Prepares the upload of a file of a generic package; GitLab’s own proxy calls it.',
      ja: '汎用パッケージのファイルのアップロードを準備します。GitLabのプロキシが呼び出します。',
    },
  'PUT /projects/:id/packages/maven/*path/:file_name': {
    en: 'Uploads a file of a Maven package.',
    ja: 'Mavenパッケージのファイルをアップロードします。',
  },
  'PUT /projects/:id/packages/maven/*path/:file_name/authorize': {
    en: 'Prepares the upload of a file of a Maven package; GitLab’s own proxy calls it.',
    ja: 'Mavenパッケージのファイルのアップロードを準備します。GitLabのプロキシが呼び出します。',
  },
  'PUT /projects/:id/packages/npm/:package_name': {
    en: 'Publishes an npm package, or marks versions of it as deprecated.',
    ja: 'npmパッケージを公開するか、そのバージョンを非推奨にします。',
  },
  'PUT /projects/:id/packages/npm/:package_name/authorize': {
    en: 'Prepares the upload of an npm package; GitLab’s own proxy calls it.',
    ja: 'npmパッケージのアップロードを準備します。GitLabのプロキシが呼び出します。',
  },
  'PUT /packages/npm/-/package/*package_name/dist-tags/:tag': {
    en: 'Adds a dist-tag to a version of an npm package, or moves it there (instance level).',
    ja: 'npmパッケージのバージョンにdist-tagを設定します(インスタンスレベル)。',
  },
  'PUT /groups/:id/-/packages/npm/-/package/*package_name/dist-tags/:tag': {
    en: 'Adds a dist-tag to a version of an npm package, or moves it there (group level).',
    ja: 'npmパッケージのバージョンにdist-tagを設定します(グループレベル)。',
  },
  'PUT /projects/:id/packages/npm/-/package/*package_name/dist-tags/:tag': {
    en: 'Adds a dist-tag to a version of an npm package, or moves it there.',
    ja: 'npmパッケージのバージョンにdist-tagを設定します。',
  },
  'DELETE /packages/npm/-/package/*package_name/dist-tags/:tag': {
    en: 'Removes a dist-tag from an npm package (instance level).',
    ja: 'npmパッケージからdist-tagを削除します(インスタンスレベル)。',
  },
  'DELETE /groups/:id/-/packages/npm/-/package/*package_name/dist-tags/:tag': {
    en: 'Removes a dist-tag from an npm package (group level).',
    ja: 'npmパッケージからdist-tagを削除します(グループレベル)。',
  },
  'DELETE /projects/:id/packages/npm/-/package/*package_name/dist-tags/:tag': {
    en: 'Removes a dist-tag from an npm package.',
    ja: 'npmパッケージからdist-tagを削除します。',
  },
  'POST /projects/:id/packages/pypi': {
    en: 'Uploads a PyPI package.',
    ja: 'PyPIパッケージをアップロードします。',
  },
  'POST /projects/:id/packages/pypi/authorize': {
    en: 'Prepares the upload of a PyPI package; GitLab’s own proxy calls it.',
    ja: 'PyPIパッケージのアップロードを準備します。GitLabのプロキシが呼び出します。',
  },
  'DELETE /packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel':
    {
      en: 'Deletes a Conan recipe and its binary packages (instance level).',
      ja: 'Conanレシピとそのバイナリパッケージを削除します(インスタンスレベル)。',
    },
  'DELETE /projects/:id/packages/conan/v1/conans/:package_name/:package_version/:package_username/:package_channel':
    {
      en: 'Deletes a Conan recipe and its binary packages.',
      ja: 'Conanレシピとそのバイナリパッケージを削除します。',
    },
  'PUT /packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name':
    {
      en: 'Uploads a file of a Conan recipe (instance level).',
      ja: 'Conanレシピのファイルをアップロードします(インスタンスレベル)。',
    },
  'PUT /projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name':
    { en: 'Uploads a file of a Conan recipe.', ja: 'Conanレシピのファイルをアップロードします。' },
  'PUT /packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name/authorize':
    {
      en: 'Prepares the upload of a file of a Conan recipe (instance level); GitLab’s own proxy calls it.',
      ja: 'Conanレシピのファイルのアップロードを準備します(インスタンスレベル)。GitLabのプロキシが呼び出します。',
    },
  'PUT /projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/export/:file_name/authorize':
    {
      en: 'Prepares the upload of a file of a Conan recipe; GitLab’s own proxy calls it.',
      ja: 'Conanレシピのファイルのアップロードを準備します。GitLabのプロキシが呼び出します。',
    },
  'PUT /packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name':
    {
      en: 'Uploads a file of a Conan binary package (instance level).',
      ja: 'Conanバイナリパッケージのファイルをアップロードします(インスタンスレベル)。',
    },
  'PUT /projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name':
    {
      en: 'Uploads a file of a Conan binary package.',
      ja: 'Conanバイナリパッケージのファイルをアップロードします。',
    },
  'PUT /packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name/authorize':
    {
      en: 'Prepares the upload of a file of a Conan binary package (instance level); GitLab’s own proxy calls it.',
      ja: 'Conanバイナリパッケージのファイルのアップロードを準備します(インスタンスレベル)。GitLabのプロキシが呼び出します。',
    },
  'PUT /projects/:id/packages/conan/v1/files/:package_name/:package_version/:package_username/:package_channel/:recipe_revision/package/:conan_package_reference/:package_revision/:file_name/authorize':
    {
      en: 'Prepares the upload of a file of a Conan binary package; GitLab’s own proxy calls it.',
      ja: 'Conanバイナリパッケージのファイルのアップロードを準備します。GitLabのプロキシが呼び出します。',
    },
  'DELETE /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision':
    {
      en: 'Deletes a revision of a Conan 2 recipe.',
      ja: 'Conan 2レシピのリビジョンを削除します。',
    },
  'DELETE /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision':
    {
      en: 'Deletes a revision of a Conan 2 binary package.',
      ja: 'Conan 2バイナリパッケージのリビジョンを削除します。',
    },
  'PUT /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name':
    {
      en: 'Uploads a file of a Conan 2 recipe.',
      ja: 'Conan 2レシピのファイルをアップロードします。',
    },
  'PUT /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/files/:file_name/authorize':
    {
      en: 'Prepares the upload of a file of a Conan 2 recipe; GitLab’s own proxy calls it.',
      ja: 'Conan 2レシピのファイルのアップロードを準備します。GitLabのプロキシが呼び出します。',
    },
  'PUT /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files/:file_name':
    {
      en: 'Uploads a file of a Conan 2 binary package.',
      ja: 'Conan 2バイナリパッケージのファイルをアップロードします。',
    },
  'PUT /projects/:id/packages/conan/v2/conans/:package_name/:package_version/:package_username/:package_channel/revisions/:recipe_revision/packages/:conan_package_reference/revisions/:package_revision/files/:file_name/authorize':
    {
      en: 'Prepares the upload of a file of a Conan 2 binary package; GitLab’s own proxy calls it.',
      ja: 'Conan 2バイナリパッケージのファイルのアップロードを準備します。GitLabのプロキシが呼び出します。',
    },
  'GET /projects/:id/pipelines': {
    en: 'Lists the pipelines of a project.',
    ja: 'プロジェクトのパイプラインの一覧を取得します。',
  },
  'GET /projects/:id/pipelines/:pipeline_id': {
    en: 'Shows one pipeline.',
    ja: 'パイプラインを1件取得します。',
  },
  'GET /projects/:id/pipelines/:pipeline_id/bridges': {
    en: 'Lists the trigger jobs of a pipeline and the pipelines that they started.',
    ja: 'パイプラインのトリガージョブと、開始されたダウンストリームパイプラインの一覧を取得します。',
  },
  'GET /projects/:id/packages/:package_id/pipelines': {
    en: 'Lists the pipelines that built a package.',
    ja: 'パッケージをビルドしたパイプラインの一覧を取得します。',
  },
  'PUT /projects/:id/pipelines/:pipeline_id/metadata': {
    en: 'Renames a pipeline.',
    ja: 'パイプラインの名前を変更します。',
  },
  'GET /projects/:id/releases': {
    en: 'Lists the releases of a project.',
    ja: 'プロジェクトのリリースの一覧を取得します。',
  },
  'GET /projects/:id/releases/:tag_name': {
    en: 'Shows the release of a tag.',
    ja: 'タグに対応するリリースを取得します。',
  },
  'GET /projects/:id/releases/permalink/latest(/)(*suffix_path)': {
    en: 'Redirects to the latest release, or to something below it.',
    ja: '最新のリリース、またはその配下にリダイレクトします。',
  },
  'GET /projects/:id/releases/:tag_name/downloads/*direct_asset_path': {
    en: 'Downloads an asset of a release by its permanent path.',
    ja: 'リリースのアセットを固定のパスでダウンロードします。',
  },
  'GET /projects/:id/releases/:tag_name/assets/links': {
    en: 'Lists the asset links of a release.',
    ja: 'リリースのアセットリンクの一覧を取得します。',
  },
  'GET /projects/:id/releases/:tag_name/assets/links/:link_id': {
    en: 'Shows one asset link of a release.',
    ja: 'リリースのアセットリンクを1件取得します。',
  },
  'GET /projects/:id/repository/changelog': {
    en: 'Writes a changelog section from the commits, without saving it.',
    ja: 'コミットから変更履歴のセクションを生成します。保存はしません。',
  },
  'POST /projects/:id/releases': { en: 'Creates a release.', ja: 'リリースを作成します。' },
  'PUT /projects/:id/releases/:tag_name': {
    en: 'Changes a release.',
    ja: 'リリースを更新します。',
  },
  'DELETE /projects/:id/releases/:tag_name': {
    en: 'Deletes a release; its tag stays.',
    ja: 'リリースを削除します。タグは残ります。',
  },
  'POST /projects/:id/releases/:tag_name/evidence': {
    en: 'Collects evidence for a release.',
    ja: 'リリースのエビデンスを収集します。',
  },
  'POST /projects/:id/releases/:tag_name/assets/links': {
    en: 'Adds an asset link to a release.',
    ja: 'リリースにアセットリンクを追加します。',
  },
  'PUT /projects/:id/releases/:tag_name/assets/links/:link_id': {
    en: 'Changes an asset link of a release.',
    ja: 'リリースのアセットリンクを更新します。',
  },
  'DELETE /projects/:id/releases/:tag_name/assets/links/:link_id': {
    en: 'Removes an asset link from a release.',
    ja: 'リリースからアセットリンクを削除します。',
  },
  'POST /projects/:id/catalog/publish': {
    en: 'Publishes a release of a component project in the CI/CD catalog.',
    ja: 'コンポーネントプロジェクトのリリースをCI/CDカタログに公開します。',
  },
  'GET /projects/:id/repository/branches': {
    en: 'Lists the branches of a repository.',
    ja: 'リポジトリのブランチの一覧を取得します。',
  },
  'GET /projects/:id/repository/tags': {
    en: 'Lists the tags of a repository.',
    ja: 'リポジトリのタグの一覧を取得します。',
  },
  'GET /projects/:id/repository/tags/:tag_name': {
    en: 'Shows one tag.',
    ja: 'タグを1件取得します。',
  },
  'GET /projects/:id/repository/commits/:sha': {
    en: 'Shows one commit.',
    ja: 'コミットを1件取得します。',
  },
  'GET /projects/:id/repository/commits/:sha/merge_requests': {
    en: 'Lists the merge requests that brought a commit in.',
    ja: 'コミットを含むマージリクエストの一覧を取得します。',
  },
  'GET /projects/:id/repository/files/:file_path/raw': {
    en: 'Downloads a file of a repository as it is.',
    ja: 'リポジトリのファイルをそのままダウンロードします。',
  },
  'GET /projects/:id/secure_files': {
    en: 'Lists the secure files of a project.',
    ja: 'プロジェクトのセキュアファイルの一覧を取得します。',
  },
  'GET /projects/:id/secure_files/:secure_file_id': {
    en: 'Shows the details of a secure file, without its content.',
    ja: 'セキュアファイルの詳細を取得します。内容は含まれません。',
  },
  'GET /projects/:id/secure_files/:secure_file_id/download': {
    en: 'Downloads a secure file.',
    ja: 'セキュアファイルをダウンロードします。',
  },
  'POST /projects/:id/secure_files': {
    en: 'Uploads a secure file.',
    ja: 'セキュアファイルをアップロードします。',
  },
  'DELETE /projects/:id/secure_files/:secure_file_id': {
    en: 'Deletes a secure file.',
    ja: 'セキュアファイルを削除します。',
  },
  'GET /projects/:id/terraform/state/:name': {
    en: 'Downloads the current version of a Terraform state.',
    ja: 'Terraformステートの現在のバージョンをダウンロードします。',
  },
  'GET /projects/:id/terraform/state/:name/versions/:serial': {
    en: 'Downloads one version of a Terraform state.',
    ja: 'Terraformステートの特定のバージョンをダウンロードします。',
  },
  'POST /projects/:id/terraform/state/:name': {
    en: 'Stores a new version of a Terraform state.',
    ja: 'Terraformステートの新しいバージョンを保存します。',
  },
  'DELETE /projects/:id/terraform/state/:name': {
    en: 'Deletes a Terraform state with all its versions.',
    ja: 'Terraformステートをすべてのバージョンとともに削除します。',
  },
  'DELETE /projects/:id/terraform/state/:name/versions/:serial': {
    en: 'Deletes one version of a Terraform state.',
    ja: 'Terraformステートのバージョンを1件削除します。',
  },
  'POST /projects/:id/terraform/state/:name/lock': {
    en: 'Locks a Terraform state.',
    ja: 'Terraformステートをロックします。',
  },
  'DELETE /projects/:id/terraform/state/:name/lock': {
    en: 'Unlocks a Terraform state.',
    ja: 'Terraformステートのロックを解除します。',
  },
  'GET /projects/:id/issues': {
    en: 'Lists the issues of a project.',
    ja: 'プロジェクトのイシューの一覧を取得します。',
  },
  'GET /projects/:id/issues/:issue_iid': {
    en: 'Shows one issue.',
    ja: 'イシューを1件取得します。',
  },
  'GET /job': {
    en: 'Shows the job that the token belongs to.',
    ja: 'トークンが発行されたジョブを取得します。',
  },
  'GET /job/allowed_agents': {
    en: 'Lists the Kubernetes agents that the job may use.',
    ja: 'ジョブが使用できるKubernetesエージェントの一覧を取得します。',
  },
  'GET /projects/:id/registry/repositories': {
    en: 'Lists the container image repositories of a project.',
    ja: 'プロジェクトのコンテナイメージリポジトリの一覧を取得します。',
  },
  'DELETE /projects/:id/registry/repositories/:repository_id': {
    en: 'Deletes a container image repository.',
    ja: 'コンテナイメージリポジトリを削除します。',
  },
  'GET /projects/:id/registry/repositories/:repository_id/tags': {
    en: 'Lists the tags of a container image repository.',
    ja: 'コンテナイメージリポジトリのタグの一覧を取得します。',
  },
  'DELETE /projects/:id/registry/repositories/:repository_id/tags': {
    en: 'Deletes many tags of a container image repository by name pattern.',
    ja: 'コンテナイメージリポジトリのタグを、名前のパターンを指定して一括削除します。',
  },
  'GET /projects/:id/registry/repositories/:repository_id/tags/:tag_name': {
    en: 'Shows one tag of a container image repository.',
    ja: 'コンテナイメージリポジトリのタグを1件取得します。',
  },
  'DELETE /projects/:id/registry/repositories/:repository_id/tags/:tag_name': {
    en: 'Deletes one tag of a container image repository.',
    ja: 'コンテナイメージリポジトリのタグを1件削除します。',
  },
  'GET /group/:id/-/packages/composer/packages': {
    en: 'Tells Composer how to find the packages of a group.',
    ja: 'グループのComposerリポジトリの構成情報を取得します。',
  },
  'GET /group/:id/-/packages/composer/p/:sha': {
    en: 'Lists the Composer packages of a group.',
    ja: 'グループのComposerパッケージの一覧を取得します。',
  },
  'GET /group/:id/-/packages/composer/p2/*package_name': {
    en: 'Shows the versions of a Composer package of a group, for Composer 2.',
    ja: 'グループのComposerパッケージのバージョンを取得します(Composer 2向け)。',
  },
  'GET /group/:id/-/packages/composer/*package_name': {
    en: 'Shows the versions of a Composer package of a group, for Composer 1.',
    ja: 'グループのComposerパッケージのバージョンを取得します(Composer 1向け)。',
  },
  'GET /packages/npm/*package_name': {
    en: 'Shows the versions and metadata of an npm package (instance level).',
    ja: 'npmパッケージのバージョンとメタデータを取得します(インスタンスレベル)。',
  },
  'GET /groups/:id/-/packages/npm/*package_name': {
    en: 'Shows the versions and metadata of an npm package (group level).',
    ja: 'npmパッケージのバージョンとメタデータを取得します(グループレベル)。',
  },
  'GET /groups/:id/-/packages/pypi/simple': {
    en: 'Lists the PyPI packages of a group in the format of the simple index.',
    ja: 'グループのPyPIパッケージの一覧をシンプルインデックス形式で取得します。',
  },
  'GET /groups/:id/-/packages/pypi/simple/*package_name': {
    en: 'Lists the files of a PyPI package in the format of the simple index (group level).',
    ja: 'PyPIパッケージのファイルの一覧をシンプルインデックス形式で取得します(グループレベル)。',
  },
  'GET /groups/:id/-/packages/pypi/files/:sha256/*file_identifier': {
    en: 'Downloads a file of a PyPI package (group level).',
    ja: 'PyPIパッケージのファイルをダウンロードします(グループレベル)。',
  },
  'GET /packages/conan/v1/conans/search': {
    en: 'Searches for Conan recipes (instance level).',
    ja: 'Conanレシピを検索します(インスタンスレベル)。',
  },
  'GET /projects/:id/packages/conan/v1/conans/search': {
    en: 'Searches for Conan recipes.',
    ja: 'Conanレシピを検索します。',
  },
  'GET /packages/conan/v1/ping': {
    en: 'Says whether the Conan registry is there and what it can do (instance level).',
    ja: 'Conanレジストリの稼働状況と対応機能を取得します(インスタンスレベル)。',
  },
  'GET /projects/:id/packages/conan/v1/ping': {
    en: 'Says whether the Conan registry is there and what it can do.',
    ja: 'Conanレジストリの稼働状況と対応機能を取得します。',
  },
  'GET /packages/conan/v1/users/authenticate': {
    en: 'Signs the Conan client in (instance level).',
    ja: 'Conanクライアントを認証します(インスタンスレベル)。',
  },
  'GET /projects/:id/packages/conan/v1/users/authenticate': {
    en: 'Signs the Conan client in.',
    ja: 'Conanクライアントを認証します。',
  },
  'GET /packages/conan/v1/users/check_credentials': {
    en: 'Checks whether the Conan client is still signed in (instance level).',
    ja: 'Conanクライアントの認証情報を確認します(インスタンスレベル)。',
  },
  'GET /projects/:id/packages/conan/v1/users/check_credentials': {
    en: 'Checks whether the Conan client is still signed in.',
    ja: 'Conanクライアントの認証情報を確認します。',
  },
  'GET /projects/:id/packages/conan/v2/conans/search': {
    en: 'Searches for Conan 2 recipes.',
    ja: 'Conan 2レシピを検索します。',
  },
  'GET /projects/:id/packages/conan/v2/users/authenticate': {
    en: 'Signs the Conan 2 client in.',
    ja: 'Conan 2クライアントを認証します。',
  },
  'GET /projects/:id/packages/conan/v2/users/check_credentials': {
    en: 'Checks whether the Conan 2 client is still signed in.',
    ja: 'Conan 2クライアントの認証情報を確認します。',
  },
  'POST /internal/dast/site_validations/:id/transition': {
    en: 'Moves the validation of a DAST site to its next state.',
    ja: 'DASTのサイト検証を次の状態に移します。',
  },
  'POST /token_exchange': {
    en: 'Exchanges the job token for another token (experiment).',
    ja: 'ジョブトークンを別のトークンに交換します(実験的機能)。',
  },
}
