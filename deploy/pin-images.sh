#!/bin/sh
# `sh deploy/pin-images.sh` writes into deploy/.env which images to build from and to run: once at first, and with each upgrade,
# for their latest fixes. Each is named with the digest that its tag has at that moment, so that every build until the next time,
# and a rollback, take the same.
set -eu

settings="$(dirname "$0")/.env"
if [ ! -f "$settings" ]; then
  echo "$settings is not there yet: copy deploy/settings.example to it first." >&2
  exit 1
fi

pinned() {
  digest=$(docker buildx imagetools inspect "$2" --format '{{.Manifest.Digest}}')
  case "$digest" in
    sha256:*) echo "$1=$2@$digest" ;;
    *) echo "The registry named no digest for $2." >&2; exit 1 ;;
  esac
}

lines=$(
  pinned NODE_IMAGE node:24-bookworm-slim
  pinned PYTHON_IMAGE python:3.11-slim-bookworm
  pinned TRAEFIK_IMAGE traefik:v3.6
  pinned VALKEY_IMAGE valkey/valkey:9-alpine
)
# Written beside it and renamed, closed to others from its first byte: the file holds secrets.
umask 077
{ grep -vE '^(NODE|PYTHON|TRAEFIK|VALKEY)_IMAGE=' "$settings"; echo "$lines"; } > "$settings.new"
mv "$settings.new" "$settings"
echo "$lines"
