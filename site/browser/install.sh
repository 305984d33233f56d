#!/bin/sh
# Installs what the tests of the site need, if it is not there: Chromium, fonts
# with Japanese and Chinese characters, Node.js for the tests of the scripts,
# Java for the Nu HTML checker, and the packages of package.json. Debian and
# Ubuntu; elsewhere install Chromium, Java and Node.js with npm yourself.
set -eu
cd "$(dirname "$0")"
packages=
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
	packages="chromium fonts-noto-cjk"
fi
command -v java >/dev/null || packages="$packages default-jre-headless"
command -v npm >/dev/null || packages="$packages nodejs npm"
if [ -n "$packages" ]; then
	if ! command -v apt-get >/dev/null; then
		echo "the tests of the site need Chromium, Java, Node.js and npm; install them, then run this again" >&2
		exit 1
	fi
	sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	$sudo apt-get update -q
	# shellcheck disable=SC2086 # a list of words
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
fi
# npm ci takes everything away first, so only when something has changed.
if ! cmp -s package-lock.json node_modules/installed.json; then
	npm ci --no-audit --no-fund
	cp package-lock.json node_modules/installed.json
fi
