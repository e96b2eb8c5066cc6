//! System packages: which are missing, and how they come. Debian and Ubuntu get them installed; elsewhere
//! this says exactly what to install.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::place;

/// What a command needs of the system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// To compile the window.
    Build,
    /// To show the window without a display, and to take its picture.
    Screen,
    /// What only the tests use.
    Tests,
    /// To make the packages.
    Bundle,
}

struct Package {
    need: Need,
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
}

const fn package(need: Need, debian: &'static str, fedora: &'static str, arch: &'static str) -> Package {
    Package {
        need,
        debian,
        fedora,
        arch,
    }
}

/// Names differ by family; an empty name means that the family has it in another package or by default.
const PACKAGES: &[Package] = &[
    package(Need::Build, "build-essential", "gcc", "base-devel"),
    package(Need::Build, "pkg-config", "pkgconf-pkg-config", "pkgconf"),
    // libjpeg-turbo is built from its sources.
    package(Need::Build, "cmake", "cmake", "cmake"),
    package(Need::Build, "nasm", "nasm", "nasm"),
    package(
        Need::Build,
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
    ),
    package(Need::Build, "librsvg2-dev", "librsvg2-devel", "librsvg"),
    package(Need::Build, "libdbus-1-dev", "dbus-devel", "dbus"),
    package(Need::Screen, "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    package(Need::Screen, "dbus", "dbus-daemon", "dbus"),
    package(Need::Screen, "gnome-keyring", "gnome-keyring", "gnome-keyring"),
    package(Need::Screen, "imagemagick", "ImageMagick", "imagemagick"),
    package(Need::Tests, "webkit2gtk-driver", "webkit2gtk-driver", ""),
    package(Need::Tests, "chromium", "chromium", "chromium"),
    package(Need::Tests, "chromium-driver", "chromedriver", ""),
    package(Need::Tests, "postgresql", "postgresql-server", "postgresql"),
    package(Need::Tests, "zbar-tools", "zbar", "zbar"),
    package(Need::Tests, "poppler-utils", "poppler-utils", "poppler"),
    package(Need::Tests, "qpdf", "qpdf", "qpdf"),
    package(Need::Tests, "dunst", "dunst", "dunst"),
    package(Need::Tests, "xdg-utils", "xdg-utils", "xdg-utils"),
    package(Need::Tests, "procps", "procps-ng", "procps-ng"),
    package(Need::Tests, "strace", "strace", "strace"),
    package(Need::Bundle, "rpm", "rpm-build", ""),
    package(Need::Bundle, "dpkg-dev", "dpkg-dev", "dpkg"),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    Debian,
    Fedora,
    Arch,
    OtherLinux,
    MacOs,
    Windows,
}

/// Sees to it that everything in `needs` is there, or says what to install.
pub fn ensure(needs: &[Need]) -> Result<()> {
    node()?;
    let family = family();
    match family {
        Family::Debian => debian(needs),
        Family::Fedora | Family::Arch | Family::OtherLinux => check_linux(needs, family),
        Family::MacOs => check_macos(needs),
        Family::Windows => {
            println!(
                "The window needs WebView2 (part of Windows 10 and 11); building needs the Visual Studio C++ build \
                 tools, CMake and NASM on the PATH."
            );
            Ok(())
        }
    }
}

fn family() -> Family {
    if cfg!(target_os = "macos") {
        return Family::MacOs;
    }
    if cfg!(windows) {
        return Family::Windows;
    }
    of_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
}

/// The family that the text of `/etc/os-release` names.
fn of_release(text: &str) -> Family {
    let field = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
            .map(|value| value.trim_matches('"').to_owned())
            .unwrap_or_default()
    };
    let words = format!("{} {}", field("ID"), field("ID_LIKE"));
    let is = |name: &str| words.split_whitespace().any(|word| word == name);
    if (is("debian") || is("ubuntu")) && place::program("dpkg-query").is_some() {
        Family::Debian
    } else if is("fedora") || is("rhel") {
        Family::Fedora
    } else if is("arch") {
        Family::Arch
    } else {
        Family::OtherLinux
    }
}

fn wanted(needs: &[Need]) -> impl Iterator<Item = &'static Package> {
    PACKAGES
        .iter()
        .filter(move |package| needs.contains(&package.need))
}

fn debian(needs: &[Need]) -> Result<()> {
    let names: Vec<&str> = wanted(needs).map(|package| package.debian).collect();
    let missing = missing_debian(&names)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!(
        "These system packages are missing and will be installed:\n  {}",
        missing.join(" ")
    );
    let apt = |arguments: &[&str]| -> Result<Command> {
        let mut command = if nix_is_root() {
            Command::new("apt-get")
        } else if place::program("sudo").is_some() {
            let mut sudo = Command::new("sudo");
            sudo.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            sudo
        } else {
            bail!(
                "Installing needs root. As root, run:\n  apt-get install --no-install-recommends {}",
                missing.join(" ")
            );
        };
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        Ok(command)
    };
    let mut update = apt(&["-qq", "update"])?;
    // The terminal's own group, because sudo may ask for the password there.
    if !update.status()?.success() {
        println!("The list of packages could not be refreshed; trying with the one that is there.");
    }
    let mut install = apt(&["-qq", "install", "-y", "--no-install-recommends"])?;
    install.args(&missing).stdout(Stdio::null());
    if !install.status()?.success() {
        bail!(
            "Installing failed. By hand:\n  apt-get install --no-install-recommends {}",
            missing.join(" ")
        );
    }
    let left = missing_debian(&missing)?;
    if !left.is_empty() {
        bail!("Still missing after installing: {}", left.join(" "));
    }
    println!("Installed.");
    Ok(())
}

/// Those of `names` that dpkg does not have as installed. A name may be provided by another package.
fn missing_debian<'name>(names: &[&'name str]) -> Result<Vec<&'name str>> {
    let answer = Command::new("dpkg-query")
        .args([
            "--show",
            "--showformat=${db:Status-Status}\t${Package}\t${Provides}\n",
        ])
        .output()?;
    let text = String::from_utf8_lossy(&answer.stdout);
    Ok(missing_of(&text, names))
}

fn missing_of<'name>(listing: &str, names: &[&'name str]) -> Vec<&'name str> {
    let mut present = std::collections::BTreeSet::new();
    for line in listing
        .lines()
        .filter_map(|line| line.strip_prefix("installed\t"))
    {
        let (package, provides) = line.split_once('\t').unwrap_or((line, ""));
        present.insert(package);
        // "xvfb, libfoo (= 1.2)"
        present.extend(
            provides
                .split(',')
                .filter_map(|one| one.split_whitespace().next()),
        );
    }
    names
        .iter()
        .copied()
        .filter(|name| !present.contains(name))
        .collect()
}

fn check_linux(needs: &[Need], family: Family) -> Result<()> {
    let names: Vec<&str> = wanted(needs)
        .map(|package| match family {
            Family::Fedora => package.fedora,
            Family::Arch => package.arch,
            _ => package.debian,
        })
        .filter(|name| !name.is_empty())
        .collect();
    let install = match family {
        Family::Fedora => format!("sudo dnf install {}", names.join(" ")),
        Family::Arch => format!("sudo pacman -S --needed {}", names.join(" ")),
        _ => format!("what Debian calls: {}", names.join(" ")),
    };
    let mut missing = Vec::new();
    for need in needs {
        match need {
            Need::Build => {
                for library in ["webkit2gtk-4.1", "librsvg-2.0", "dbus-1"] {
                    if !pkg_config_has(library) {
                        missing.push(library);
                    }
                }
                missing.extend(absent(&["cmake", "nasm"]));
            }
            Need::Screen => {
                missing.extend(absent(&["Xvfb", "dbus-daemon", "gnome-keyring-daemon", "import"]))
            }
            Need::Tests => missing.extend(absent(&[
                "WebKitWebDriver",
                "chromedriver",
                "zbarimg",
                "pdftotext",
                "qpdf",
                "dunst",
                "xdg-open",
                "pkill",
            ])),
            Need::Bundle => missing.extend(absent(&["rpmbuild"])),
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "Missing here: {}. Install:\n  {install}\nand start this again.",
        missing.join(", ")
    );
}

fn check_macos(needs: &[Need]) -> Result<()> {
    let tools = Command::new("xcode-select")
        .arg("-p")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !tools.is_ok_and(|status| status.success()) {
        bail!("Apple's command line tools are missing. Install them with:\n  xcode-select --install");
    }
    // Intel's assembler is for Intel's processors; Apple's own need none.
    let tools: &[&'static str] = if cfg!(target_arch = "x86_64") {
        &["cmake", "nasm"]
    } else {
        &["cmake"]
    };
    let missing = absent(tools);
    if !missing.is_empty() {
        bail!(
            "Missing here: {}. Install:\n  brew install cmake nasm\nand start this again.",
            missing.join(", ")
        );
    }
    if needs.contains(&Need::Tests) {
        let missing = absent(&["initdb", "zbarimg", "pdftotext", "qpdf"]);
        if !missing.is_empty() {
            bail!(
                "Missing here: {}. Install:\n  brew install postgresql@15 zbar poppler qpdf\nand start this again.",
                missing.join(", ")
            );
        }
    }
    Ok(())
}

/// Node 20 or newer with npm: the face is built with them.
fn node() -> Result<()> {
    let words = "Node.js 20 or newer with npm is needed: https://nodejs.org";
    let Some(node) = place::program("node") else {
        bail!("{words}")
    };
    let answer = Command::new(node).arg("--version").output()?;
    let version = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    let major: u32 = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    if major < 20 {
        bail!("{words} (found {version})");
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let has_npm = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(npm).is_file()));
    if !has_npm {
        bail!("{words} (npm is missing)");
    }
    Ok(())
}

fn pkg_config_has(library: &str) -> bool {
    Command::new("pkg-config")
        .args(["--exists", library])
        .status()
        .is_ok_and(|status| status.success())
}

fn absent(programs: &[&'static str]) -> Vec<&'static str> {
    programs
        .iter()
        .copied()
        .filter(|name| place::program(name).is_none())
        .collect()
}

#[cfg(unix)]
fn nix_is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(not(unix))]
fn nix_is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_as_missing_unless_installed_or_provided() {
        let listing = "installed\txvfb\t\n\
                       config-files\tqpdf\t\n\
                       installed\tpkgconf\tpkg-config (= 0.29.2), something\n";
        assert_eq!(
            missing_of(listing, &["xvfb", "qpdf", "pkg-config", "dbus"]),
            ["qpdf", "dbus"]
        );
    }

    #[test]
    fn the_family_is_read_from_the_release_file() {
        assert_eq!(of_release("ID=fedora\nVERSION_ID=43\n"), Family::Fedora);
        assert_eq!(
            of_release("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            Family::Fedora
        );
        assert_eq!(of_release("ID=endeavouros\nID_LIKE=arch\n"), Family::Arch);
        assert_eq!(of_release("ID=nixos\n"), Family::OtherLinux);
        assert_eq!(of_release(""), Family::OtherLinux);
    }
}
