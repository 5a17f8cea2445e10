# What src/run and tests/run share: the packages, and the way to a build. Bash; sourced.

build_packages=(
  gcc g++ meson ninja-build pkg-config gettext libxml2-utils
  libadwaita-1-dev libgtk-4-dev libsoup-3.0-dev libjson-glib-dev libsecret-1-dev libsqlite3-dev
  libicu-dev libphonenumber-dev libsimdjson-dev
)

# Icons, letters, TLS, and a bus.
start_packages=(
  adwaita-icon-theme librsvg2-common ca-certificates glib-networking
  fonts-cantarell fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
  dbus at-spi2-core
)

say ()
{
  echo "$*" >&2
}

# need_packages PACKAGE...: installs those that are missing, or says which they are and stops.
need_packages ()
{
  local missing=() as_root=()

  if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    packages_by_hand=("$@")
    return
  fi

  mapfile -t missing < <(comm -13 \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2> /dev/null |
        sed -n 's/^installed //p' | sort -u) \
    <(printf '%s\n' "$@" | sort -u))
  if [ ${#missing[@]} -eq 0 ]; then
    return
  fi

  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
      say "Please have these packages installed, and start again:" "${missing[@]}"
      exit 1
    fi
    as_root=(sudo)
  fi

  say "Installing" "${missing[@]}"
  "${as_root[@]}" apt-get update -qq >&2 || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
       apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" \
       >&2 < /dev/null; then
    say "These packages could not be installed:" "${missing[@]}"
    exit 1
  fi
}

# set_up FOLDER OPTION...: prepares a build folder that is not there yet.
set_up ()
{
  local folder=$1
  shift

  if [ -f "$folder/build.ninja" ]; then
    return
  fi

  if ! meson setup "$folder" . "$@" >&2; then
    if [ -n "${packages_by_hand:-}" ]; then
      say "If something was not found: on Debian these packages have it all;" \
          "please install what your system calls them." "${packages_by_hand[@]}"
    fi
    exit 1
  fi
}
