//! The rounds, by turns, and the table.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use shop::Shop;
use shop::catalog::view::Product;

use crate::line::Line;
use crate::market::Market;
use crate::peers::{Figures, Leg, Peers, Way};
use crate::records::Record;
use crate::{cpu, laptop, orders, photo, records};

/// How PouchDB may be asked: pouchdb-server as it is, or its routes alone over the newest PouchDB; packed both ways,
/// down only, or not at all.
const SETTINGS: [&str; 4] = [
    r#"{"batch_size":1000,"batches_limit":10}"#,
    r#"{"batch_size":1000,"batches_limit":10,"gzip":"down"}"#,
    r#"{"batch_size":1000,"batches_limit":10,"server":"lean"}"#,
    r#"{"batch_size":1000,"batches_limit":10,"server":"lean","gzip":"none"}"#,
];
/// Where on its way a photo is cut, in percent of its bytes.
const CUTS: [u64; 5] = [3, 25, 50, 75, 97];

fn emptied(work: &Path) -> Result<()> {
    if work.exists() {
        fs::remove_dir_all(work)?;
    }
    Ok(fs::create_dir_all(work)?)
}

/// One round of the app, leg by leg.
pub async fn alone(work: &Path, count: usize) -> Result<()> {
    emptied(work)?;
    let folder = tempfile::tempdir_in(work)?;
    let began = Instant::now();
    let (figures, _) = round_of_ours(folder.path(), count).await?;
    println!("{:.0} ms in all", began.elapsed().as_secs_f64() * 1000.0);
    for (what, way) in [
        ("from zero", figures.zero),
        ("100 changed", figures.hundred),
        ("1 changed", figures.one),
    ] {
        for (leg, Leg { ms, cpu_ms, up, down }) in [("push", way.push), ("pull", way.pull)] {
            println!("{what:<12} {leg} {ms:>8.0} ms {cpu_ms:>8.0} ms CPU {up:>9} up {down:>9} down");
        }
    }
    Ok(())
}

pub async fn run(work: &Path, home: &Path, count: usize, rounds: usize) -> Result<()> {
    emptied(work)?;
    let peers = Peers::new(home, work)?;
    let file = work.join("records.json");
    let (mut fast, mut small) = (Vec::new(), Vec::new());
    let mut ours = Vec::new();
    println!("{count} pieces from one laptop to another");
    let mut settings = None;
    for round in 0..rounds {
        let folder = tempfile::tempdir_in(work)?;
        let (figures, told) = round_of_ours(folder.path(), count).await?;
        if round == 0 {
            fs::write(&file, serde_json::to_vec(&told)?)?;
            settings = Some(tuned(&peers, &file)?);
        }
        ours.push(figures);
        let (fastest, smallest) = settings.context("not tuned")?;
        fast.push(peers.pouch(&file, fastest)?);
        small.push(if fastest == smallest {
            fast[round]
        } else {
            peers.pouch(&file, smallest)?
        });
    }
    println!();
    println!(
        "{:<12} {:>16} {:>9} {:>9} {:>11} {:>11} {:>9}",
        "", "", "wall ms", "CPU ms", "bytes up", "bytes down", "records/s"
    );
    table("from zero", count, [&fast, &small, &ours], |figures| figures.zero);
    table("100 changed", 100, [&fast, &small, &ours], |figures| {
        figures.hundred
    });
    table("1 changed", 1, [&fast, &small, &ours], |figures| figures.one);
    println!();
    the_rest(work, &peers).await?;
    println!();
    println!(
        "Medians of {rounds} rounds by turns. Both keep everything on the disk at both ends; the app and its\n\
         marketplace write each batch in one transaction that is synced to the disk, PouchDB leaves that to LevelDB.\n\
         PouchDB keeps its place in a replication in the laptop's database alone, its thriftiest way.\n\
         CPU is of the laptops and the server together; bytes are TCP's payload, heads of requests included."
    );
    Ok(())
}

/// The fastest settings on these records, and those with the fewest bytes.
fn tuned(peers: &Peers, file: &Path) -> Result<(&'static str, &'static str)> {
    let mut tried = Vec::new();
    for settings in SETTINGS {
        let zero = peers.pouch(file, settings)?.zero;
        println!(
            "  PouchDB with {settings}: {:.0} ms, {} bytes",
            zero.ms(),
            zero.bytes()
        );
        tried.push((settings, zero));
    }
    let fastest = tried.iter().min_by(|a, b| a.1.ms().total_cmp(&b.1.ms()));
    let smallest = tried.iter().min_by_key(|(_, zero)| zero.bytes());
    let (fastest, smallest) = fastest.zip(smallest).context("PouchDB was not tried")?;
    Ok((fastest.0, smallest.0))
}

async fn round_of_ours(folder: &Path, count: usize) -> Result<(Figures, Vec<Record>)> {
    let market = Market::start(&folder.join("market")).await?;
    let line = Line::to(market.address).await?;
    let one = laptop::signed_in(&folder.join("one"), &market, &line).await?;
    let other = laptop::signed_in(&folder.join("other"), &market, &line).await?;
    let mut told = Vec::with_capacity(count);
    for n in 0..count {
        let mut record = records::record(String::new(), n);
        record.id = one.product_add(record.changes()).await?.id;
        told.push(record);
    }
    let zero = way(&one, &other, &market, &line).await?;
    let hundred = changed(&one, &mut told, 100).await?;
    let hundred_way = way(&one, &other, &market, &line).await?;
    let single = changed(&one, &mut told, 1).await?;
    let one_way = way(&one, &other, &market, &line).await?;
    for record in &told {
        same(record, &other.product(&record.id).await?)?;
    }
    if hundred.min(count) < 100.min(count) || single != 1 {
        bail!("too few pieces to change");
    }
    one.close().await;
    other.close().await;
    let figures = Figures {
        zero,
        hundred: hundred_way,
        one: one_way,
    };
    Ok((figures, told))
}

/// Other prices for so many pieces, spread over all of them.
async fn changed(shop: &Shop, told: &mut [Record], count: usize) -> Result<usize> {
    let step = (told.len() / count).max(1);
    let mut done = 0;
    for record in told.iter_mut().step_by(step).take(count) {
        record.price.minor += 1_500;
        shop.product_edit(&record.id, vec![record.price_change()]).await?;
        done += 1;
    }
    Ok(done)
}

fn same(record: &Record, product: &Product) -> Result<()> {
    let price = product.price.as_ref().map(|price| price.minor);
    let alike = product.title == record.title
        && product.story == record.story
        && product.sku == record.sku
        && product.technique == record.technique
        && product.materials == record.materials
        && product.community == record.community
        && product.maker == record.maker
        && product.branch == record.branch
        && product.weight_g == Some(record.weight_g)
        && price == Some(record.price.minor);
    if !alike {
        bail!("{} differs on the other laptop", record.id);
    }
    Ok(())
}

async fn way(one: &Shop, other: &Shop, market: &Market, line: &Line) -> Result<Way> {
    Ok(Way {
        push: leg(one, market, line).await?,
        pull: leg(other, market, line).await?,
    })
}

async fn leg(shop: &Shop, market: &Market, line: &Line) -> Result<Leg> {
    let used = || cpu::of(std::process::id()) + cpu::of(market.process());
    line.bytes();
    let (before, began) = (used(), Instant::now());
    laptop::carry(shop).await?;
    let ms = began.elapsed().as_secs_f64() * 1000.0;
    let (up, down) = line.bytes();
    Ok(Leg {
        ms,
        cpu_ms: used() - before,
        up,
        down,
    })
}

/// PouchDB at its fastest, PouchDB with its fewest bytes, and ours.
fn table(what: &str, records: usize, [fast, small, ours]: [&[Figures]; 3], of: fn(&Figures) -> Way) {
    let median = |all: &[Figures], value: &dyn Fn(&Way) -> f64| {
        let mut values: Vec<f64> = all.iter().map(|one| value(&of(one))).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let row = |what: &str, who: &str, all: &[Figures]| {
        println!(
            "{what:<12} {who:>16} {:>9.0} {:>9.0} {:>11.0} {:>11.0} {:>9.0}",
            median(all, &Way::ms),
            median(all, &Way::cpu_ms),
            median(all, &|way| (way.push.up + way.pull.up) as f64),
            median(all, &|way| (way.push.down + way.pull.down) as f64),
            records as f64 * 1000.0 / median(all, &Way::ms),
        );
    };
    row(what, "PouchDB, fast", fast);
    row("", "PouchDB, small", small);
    row("", "app", ours);
    println!(
        "{:<12} {:>16} {:>8.1}x as fast as the first with 1/{:.1} of its CPU; 1/{:.1} of the bytes of the second",
        "",
        "",
        median(fast, &Way::ms) / median(ours, &Way::ms),
        median(fast, &Way::cpu_ms) / median(ours, &Way::cpu_ms),
        median(small, &|way| way.bytes() as f64) / median(ours, &|way| way.bytes() as f64),
    );
}

/// What has no peer, and photos.
async fn the_rest(work: &Path, peers: &Peers) -> Result<()> {
    let folder = tempfile::tempdir_in(work)?;
    let market = Market::start(&folder.path().join("market")).await?;
    let line = Line::to(market.address).await?;
    let shop = laptop::signed_in(&folder.path().join("one"), &market, &line).await?;
    let times = orders::run(&shop, &market).await?;
    println!(
        "order bought -> on the laptop, {} orders: median {:.0} ms, p95 {:.0} ms, slowest {:.0} ms",
        times.len(),
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        times[times.len() - 1],
    );
    let photo = photo::run(&shop, &line, &photo::noise(1_600)?, &CUTS).await?;
    let file = work.join("photo.bin");
    photo::file(&file, photo.whole)?;
    let cuts: Vec<u64> = photo.cut.iter().map(|(at, _)| *at).collect();
    let tus = peers.tus(&file, &cuts)?;
    println!(
        "a photo of {} bytes on the wire, cut once; bytes that went up beyond it:",
        photo.whole
    );
    println!(
        "{:>12} {:>12} {:>16} {:>16}",
        "cut at", "app", "tus", "tus by 256 KiB"
    );
    let of_tus = |at: u64, chunked: bool| {
        let run = tus
            .runs
            .iter()
            .find(|run| run.cut == Some(at) && run.chunk.is_some() == chunked);
        run.map_or_else(
            || "-".to_owned(),
            |run| (i128::from(run.up) - i128::from(photo.whole)).to_string(),
        )
    };
    for (at, up) in &photo.cut {
        println!(
            "{at:>12} {:>12} {:>16} {:>16}",
            i128::from(*up) - i128::from(photo.whole),
            of_tus(*at, false),
            of_tus(*at, true)
        );
    }
    Ok(())
}
