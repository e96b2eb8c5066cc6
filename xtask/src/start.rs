//! `cargo xtask start`: the whole circle on this machine, for trying it by hand.

mod accounts;
mod marketplace;
mod pages;
mod shop;
mod sign_in;

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::desktop::{self, Desktop, Screen};
use crate::system::{self, Need};
use crate::window::Window;
use crate::{build, children, face, place};

use self::marketplace::Marketplace;
use self::shop::Shop;

#[derive(Args)]
pub struct Options {
    /// Throw away what earlier starts kept, and begin anew
    #[arg(long)]
    fresh: bool,
    /// Begin without the sample shop
    #[arg(long)]
    empty: bool,
    /// The shop's language, when it is new
    #[arg(long, value_enum, default_value_t = Language::Es)]
    lang: Language,
    /// Use a screen that nobody sees, and save a picture of it
    #[arg(long)]
    headless: bool,
    /// With a screen that nobody sees: stop once the picture is saved
    #[arg(long)]
    once: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Es,
    En,
    Fr,
}

impl Language {
    fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Fr => "fr",
        }
    }
}

pub fn run(options: &Options) -> Result<()> {
    let headless = options.headless || options.once || !desktop::has_display();
    let mut needs = vec![Need::Build];
    if headless {
        needs.push(Need::Screen);
    }
    system::ensure(&needs)?;
    if headless && !cfg!(target_os = "linux") {
        bail!("A screen that nobody sees (Xvfb) is there only on Linux.");
    }
    face::built()?;
    build::binaries("debug")?;

    let folder = place::target()?.join("start");
    let _held = hold(&folder, options.fresh)?;
    children::on_stop(format!(
        "Everything is stopped. The data stays in {}.",
        folder.display()
    ));

    let desktop = if headless {
        Some(Desktop::open(&folder.join("home"), Screen::OfTheWindow)?)
    } else {
        None
    };
    let mut marketplace = Marketplace::serve(&folder)?;
    accounts::add_once(&marketplace)?;
    let shop = Shop {
        folder: folder.join("shop"),
        desktop: desktop.as_ref(),
    };
    shop.ready(&marketplace, options.lang.code())?;
    if !options.empty {
        shop.fill_once(options.lang.code())?;
    }

    let mut window = Window::open(shop.program("puesto-app")?, &folder.join("app.log"))?;
    let picture = folder.join("window.png");
    if let Some(desktop) = &desktop {
        window.picture(desktop, &picture)?;
    }
    say(&marketplace, desktop.as_ref().map(|_| picture.as_path()), &folder);
    if options.once {
        return Ok(());
    }
    loop {
        if let Some(status) = window.closed()? {
            if !status.success() {
                bail!(
                    "The app ended ({status}). Its last words:\n{}",
                    window.last_words()
                );
            }
            println!("The window was closed. The data stays in {}.", folder.display());
            return Ok(());
        }
        marketplace.must_be_alive()?;
        sleep(Duration::from_millis(200));
    }
}

/// Makes the folder of all starts and holds it until the file is dropped, so that two starts do not share it.
fn hold(folder: &Path, fresh: bool) -> Result<fs::File> {
    fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    let lock = fs::File::create(folder.with_extension("lock"))?;
    if lock.try_lock().is_err() {
        bail!("Puesto is already started from this folder. End that one first (Ctrl+C there).");
    }
    if fresh {
        fs::remove_dir_all(folder)?;
        fs::create_dir_all(folder)?;
    }
    Ok(lock)
}

fn say(marketplace: &Marketplace, picture: Option<&Path>, folder: &Path) {
    let address = &marketplace.address;
    println!();
    println!("Puesto is running.");
    match picture {
        Some(file) => println!(
            "  the window      on a screen that nobody sees; its picture: {}",
            file.display()
        ),
        None => println!("  the window      on your screen"),
    }
    println!("  the storefront  {address}/");
    println!("  the counter     {address}/counter");
    println!();
    println!("  the seller      {}   (signed in)", accounts::SELLER.spoken());
    println!("  the clerk       {}", accounts::CLERK.spoken());
    println!();
    println!("  kept in         {}", folder.display());
    println!("Ctrl+C stops everything.");
}
