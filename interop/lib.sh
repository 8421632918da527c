# Shared by the scripts here, which source it: what is skipped and how pinned packages are installed.

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
target=$here/target
skipped=77

# Ends a script or an engine without a verdict: what it needs is not here.
skip() {
  echo "skipped: $*"
  exit $skipped
}

# What an installer says when there is no network, as pip, npm and Maven put it.
no_network='from versions: none|Failed to establish|Name or service not known|Temporary failure|timed out|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|Unknown host|UnknownHost|Connect to|Connection refused|transfer failed'

# install FOLDER PINS COMMAND…: runs it once per version of the file PINS; the folder is whole or not there.
install() {
  local folder=$1 pins=$2 log=$1.log
  shift 2
  ! cmp -s "$pins" "$folder/.pins" || return 0
  rm -rf "$folder" "$folder.new"
  mkdir -p "$folder.new"
  if ! (cd "$folder.new" && "$@") >"$log" 2>&1 </dev/null; then
    grep -Eq "$no_network" "$log" && skip "no network to install ${pins##*/}: $(grep -E "$no_network" "$log" | head -1)"
    grep -q 'require a different python' "$log" && skip "$(python3 --version 2>&1) is too old: $(tail -1 "$log")"
    tail -30 "$log" >&2
    exit 1
  fi
  cp "$pins" "$folder.new/.pins"
  mv "$folder.new" "$folder"
}

require_pip() {
  command -v python3 >/dev/null || skip 'there is no python3'
  python3 -m pip --version >/dev/null 2>&1 || skip 'python3 has no pip'
}

# pip_install FOLDER PINS OPTIONS…: the packages of the file PINS, for nobody else's Python.
pip_install() {
  local folder=$1 pins=$2
  shift 2
  require_pip
  install "$folder" "$pins" python3 -m pip install --quiet --disable-pip-version-check --no-compile \
    --no-warn-script-location --target . --requirement "$pins" "$@"
}
