#!/bin/sh
# Installs what the tests of the site need, if it is not there: Chromium, fonts
# with Japanese and Chinese characters, and Node.js for the tests of the
# scripts. Debian and Ubuntu; elsewhere install these yourself.
set -eu
packages=
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
	packages="chromium fonts-noto-cjk"
fi
command -v node >/dev/null || packages="$packages nodejs"
[ -n "$packages" ] || exit 0
if ! command -v apt-get >/dev/null; then
	echo "the tests of the site need Chromium and Node.js; install them, then run this again" >&2
	exit 1
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -q
# shellcheck disable=SC2086 # a list of words
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
