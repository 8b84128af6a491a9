#!/bin/sh
# Guichet: a word is a command and is answered here, without a display; anything else opens the window.
# A command draws no page: it needs no sandbox of Chromium's, which root could not have.
case ${1-} in
-h | --help | --version | [!-]*)
  exec /opt/Guichet/guichet --no-sandbox --no-zygote --ozone-platform=headless --log-level=3 --guichet-command -- "$@"
  ;;
esac
exec /opt/Guichet/guichet "$@"
