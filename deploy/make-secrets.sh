#!/bin/sh
# Makes the folder secrets/ beside this file, which both Compose files read. It keeps what is there already.
set -eu
cd "$(dirname "$0")"
# Nobody else reaches the files in the folder. They are readable by all because the containers' users are not yours.
mkdir -p -m 700 secrets
umask 333

make() {
  [ -e "secrets/$1" ] || printf '%s' "$2" > "secrets/$1"
}
random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

make auth0_log_stream_token "$(random)"
make admin_token "$(random)"
make postgres_password "$(random)"
make router_password "$(random)"
make database_url "postgres://router:$(cat secrets/router_password)@postgres:5432/router"
if [ ! -e secrets/slack_webhook_url ]; then
  echo 'Write the URL of your Slack webhook into deploy/secrets/slack_webhook_url.'
fi
