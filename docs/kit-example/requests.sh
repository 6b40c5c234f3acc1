#!/usr/bin/env bash
# Asks the simulated GitLab by curl, and stops at the first answer that is not as expected.
# First, in another terminal: npx job-token-mock
# Then: ./requests.sh http://127.0.0.1:4010
set -euo pipefail

# A world of our own, so that nobody else's requests change the answers.
gitlab=$1/w/requests-$$
project=$gitlab/api/v4/projects/1
scope=$project/job_token_scope

ask() { curl --silent --show-error --header 'PRIVATE-TOKEN: glpat-maintainer' "$@"; }
status() { ask --output /dev/null --write-out '%{http_code}' "$@"; }
expect() {
  if [[ $3 == *"$2"* ]]; then echo "ok: $1"; else
    echo "not ok: $1: expected $2, got $3" >&2
    exit 1
  fi
}

# The dials
expect 'the scenario' '"scenario":"contract"' \
  "$(curl --silent --request PUT "$gitlab/-/mock" --data '{"scenario": "contract"}')"

# Reading: GitLab's own REST API, with its paging
expect 'the mode' '"inbound_enabled":true' "$(ask "$scope")"
expect 'two projects on two pages' 'x-total-pages: 2' \
  "$(ask --head "$scope/allowlist?per_page=1")"

# Writing: JSON or a form
expect 'a project is added' 201 "$(status "$scope/allowlist" --data target_project_id=6)"
expect 'it is listed' '"path_with_namespace":"partners/tools/cli"' "$(ask "$scope/allowlist")"
expect 'a second time is refused' 400 "$(status "$scope/allowlist" --data target_project_id=6)"
expect 'a guest is refused' 403 \
  "$(curl --silent --output /dev/null --write-out '%{http_code}' \
    --header 'PRIVATE-TOKEN: glpat-guest' "$scope")"

# A job of project 6, which has no permission but the default ones
expect 'a job is let in' '"endpoint":"GET /projects/:id/releases"' \
  "$(curl --silent --header 'JOB-TOKEN: project-6' "$project/releases")"

# An outage, and its end
curl --silent --output /dev/null --request PUT "$gitlab/-/mock" --data '{"fault": "* / 503"}'
expect 'an outage' 503 "$(status "$scope")"
curl --silent --output /dev/null --request PUT "$gitlab/-/mock" --data '{"fault": null}'
expect 'its end' 200 "$(status "$scope")"

# What is stored, and starting over
expect 'the journal' '"path":"/v4/projects/1/job_token_scope/allowlist"' \
  "$(curl --silent "$gitlab/-/mock")"
expect 'a fresh start' '"journal":[]' "$(curl --silent --request POST "$gitlab/-/mock/reset")"

# What there is
expect 'the routes' '"openapi":"3.1.1"' "$(curl --silent "$gitlab/-/mock/openapi.json")"
expect 'a page of another site is refused' 403 \
  "$(curl --silent --output /dev/null --write-out '%{http_code}' \
    --header 'Origin: https://elsewhere.example' "$gitlab/-/mock")"
