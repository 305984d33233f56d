#!/bin/sh
# Installs what the browser tests need, if it is not there: Chromium, and fonts
# with Japanese and Chinese characters. Debian and Ubuntu; elsewhere install
# Chromium yourself.
set -eu
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
	exit 0
fi
if ! command -v apt-get >/dev/null; then
	echo "install Chromium, then run this again: the browser tests need it" >&2
	exit 1
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -q
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-noto-cjk
