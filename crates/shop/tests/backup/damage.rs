//! A spoilt database: noticed or harmless, never a panic, and a way back to work each time.
//!
//! `PUESTO_FLIPS` says how many databases are spoilt (200), `PUESTO_SEED` which comes first (1).

use super::laptop::{Computer, Laptop, column, copy_folder, open};
use super::world::Market;
use shop::backup::rescue;
use shop::catalog::view::{ProductFilter, ProductQuery};
use shop::credentials::secrets::Memory;
use shop::fault::Result;
use shop::orders::view::OrderFilter;
use shop::{Code, Shop};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use testkit::visitor::Visitor;

/// Numbers that a seed gives (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap() % most.max(1)
    }
}

const HOW: [&str; 7] = [
    "one bit at rest",
    "a block at rest",
    "one bit, no seal",
    "a page of chance, no seal",
    "a page of zeros, no seal",
    "cut short",
    "cut short at rest",
];

/// Spoils a closed database. At rest its time stays as it was.
fn spoil(database: &Path, seed: u64) -> &'static str {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let how = HOW[usize::try_from(seed).unwrap() % HOW.len()];
    let mut bytes = fs::read(database).unwrap();
    let changed = fs::metadata(database).unwrap().modified().unwrap();
    let at = dice.below(bytes.len());
    let length = match how {
        "a block at rest" => 512,
        _ => 4096,
    };
    let block = at / length * length..(at / length * length + length).min(bytes.len());
    match how {
        "one bit at rest" | "one bit, no seal" => bytes[at] ^= 1 << dice.below(8),
        "a block at rest" | "a page of chance, no seal" => {
            for byte in &mut bytes[block] {
                *byte = u8::try_from(dice.below(256)).unwrap();
            }
        }
        "a page of zeros, no seal" => bytes[block].fill(0),
        _ => bytes.truncate(at),
    }
    fs::write(database, bytes).unwrap();
    if how.ends_with("at rest") {
        File::options()
            .write(true)
            .open(database)
            .unwrap()
            .set_modified(changed)
            .unwrap();
    } else {
        fs::remove_file(database.with_file_name("shop.seal")).unwrap();
    }
    how
}

/// What a person does in a morning.
async fn use_it(shop: &Shop) -> Result<()> {
    shop.state().await?;
    shop.today().await?;
    shop.sync_state().await?;
    let query = ProductQuery {
        text: String::new(),
        filter: ProductFilter::All,
        offset: 0,
        limit: 200,
    };
    let page = shop.product_list(query.clone()).await?;
    for item in &page.items {
        shop.product(&item.id).await?;
        shop.stock_history(&item.id).await?;
    }
    let search = ProductQuery {
        text: "pieza".into(),
        ..query
    };
    shop.product_list(search).await?;
    for order in shop.order_list(OrderFilter::All).await?.items {
        shop.order(&order.id).await?;
    }
    let made = shop.product_create().await?;
    shop.product_delete(&made.id).await?;
    Ok(())
}

const DUMPS: [&str; 7] = [
    "SELECT name || value FROM settings WHERE name NOT IN ('clock', 'last_seq') ORDER BY name",
    "SELECT id || title || story || sku || branch || listing || stock_mode || deleted || COALESCE(price_minor, '')
         || COALESCE(weight_g, '') || on_hand || created_ms || state FROM products WHERE title <> '' ORDER BY id",
    "SELECT id || product_id || delta || reason || at_ms || by || note FROM movements WHERE reason <> 'made' OR delta <> 1 ORDER BY id",
    "SELECT id || number || status || buyer_name || placed_ms || ship_by_ms || state FROM orders ORDER BY id",
    "SELECT id || order_id || s10 || service || weight_g || events FROM parcels ORDER BY id",
    "SELECT id || epoch || seq || verb || subject || status || body FROM outbox WHERE seq <= 100 ORDER BY id",
    "SELECT hash || large || small || width || height || format || bytes || has_original FROM photos ORDER BY hash",
];

async fn dump(database: &Path) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for select in DUMPS {
        all.push(column(database, select).await);
    }
    all
}

/// Every row that was there is there, whatever came to it.
fn holds(now: &[Vec<String>], then: &[Vec<String>]) -> bool {
    now.iter()
        .zip(then)
        .all(|(now, then)| then.iter().all(|row| now.contains(row)))
}

/// A shop with pieces, orders, a parcel and changes that wait; closed and sealed, with a backup.
async fn shop_to_spoil(market: &Market) -> (Laptop, i64) {
    let a = Laptop::new().await;
    a.sign_in(market).await;
    let first = a.piece("Pieza de barro", 1).await;
    a.sync().await;
    Visitor::at(&market.url()).buy(&first.id).await;
    a.sync().await;
    for n in 0..12 {
        let id = a.shop.product_create().await.unwrap().id;
        let story = shop::catalog::view::FieldChange::Story("Barro bruñido con cuarzo. ".repeat(30));
        a.shop.product_edit(&id, vec![story]).await.unwrap();
        a.title(&id, &format!("Pieza {n}")).await;
    }
    let order = a.orders().await.remove(0).id;
    a.shop.order_accept(&order).await.unwrap();
    a.shop.backup_now().await.unwrap();
    // After the backup, and not sent.
    a.label(&order).await.unwrap();
    a.title(&first.id, "Pieza de barro negro").await;
    let waiting = i64::from(a.shop.sync_state().await.unwrap().waiting);
    (a, waiting)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_spoilt_database_is_noticed_or_harmless_and_there_is_a_way_back() {
    let number = |name: &str, otherwise: u64| {
        let given = std::env::var(name).ok().and_then(|n| n.parse().ok());
        given.unwrap_or(otherwise)
    };
    let (flips, first) = (number("PUESTO_FLIPS", 200), number("PUESTO_SEED", 1));
    let market = Market::start().await;
    let (a, waiting) = shop_to_spoil(&market).await;
    let Laptop {
        folder,
        computer,
        shop,
        ..
    } = a;
    shop.close().await;
    let good = dump(&folder.path().join("shop.db")).await;
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let (mut restored, mut salvaged, mut nothing_left, mut kept_waiting, mut slowest) = (0, 0, 0, 0, 0);
    for seed in first..first + flips {
        let there = tempfile::tempdir().unwrap();
        copy_folder(folder.path(), there.path());
        let database = there.path().join("shop.db");
        // A copy has the time of its copying; the seal is the original's.
        let changed = fs::metadata(folder.path().join("shop.db"))
            .unwrap()
            .modified()
            .unwrap();
        File::options()
            .write(true)
            .open(&database)
            .unwrap()
            .set_modified(changed)
            .unwrap();
        let how = spoil(&database, seed);
        let secrets = Arc::new(Memory::default());
        let since = Instant::now();
        let opened = open(there.path(), &secrets, &computer).await;
        slowest = slowest.max(since.elapsed().as_millis());
        let what = match opened {
            Err(fault) => {
                assert_eq!(fault.code, Code::ShopDamaged, "seed {seed}, {how}");
                "noticed when opened"
            }
            Ok(shop) => {
                let used = use_it(&shop).await;
                // What is looked at in the background has its time until then.
                shop.close().await;
                match used {
                    _ if there.path().join("shop.suspect").exists() => {
                        let again = open(there.path(), &secrets, &computer).await;
                        assert_eq!(again.err().map(|fault| fault.code), Some(Code::ShopDamaged));
                        "noticed after opening"
                    }
                    Err(fault) if fault.code == Code::ShopDamaged => "noticed when used",
                    Err(_) => "a fault when used",
                    Ok(()) if holds(&dump(&database).await, &good) => "harmless",
                    Ok(()) => "not noticed",
                }
            }
        };
        *counts.entry((how, what)).or_default() += 1;
        if how.ends_with("at rest") {
            assert_ne!(what, "not noticed", "seed {seed}, {how}");
        }
        if ["noticed when opened", "noticed after opening"].contains(&what) {
            let offered = rescue::look(there.path()).await.unwrap();
            assert_eq!(offered.backups.len(), 1);
            if seed % 2 == 0 {
                let newest = &offered.backups[0].id;
                let (_, again) = rescue::restore(there.path(), newest, computer.as_ref())
                    .await
                    .unwrap();
                kept_waiting += u32::from(again >= 2);
                restored += 1;
            } else {
                match rescue::salvage(there.path(), computer.as_ref()).await {
                    Ok(saved) => {
                        salvaged += 1;
                        kept_waiting += u32::from(saved.waiting >= waiting);
                    }
                    Err(fault) => {
                        assert_eq!(fault.code, Code::ShopDamaged, "seed {seed}, {how}");
                        nothing_left += 1;
                        let newest = &offered.backups[0].id;
                        rescue::restore(there.path(), newest, computer.as_ref())
                            .await
                            .unwrap();
                    }
                }
            }
            assert!(there.path().join("kept").is_dir());
            let shop = open(there.path(), &secrets, &computer).await.unwrap();
            use_it(&shop).await.unwrap();
            shop.close().await;
        }
    }
    for ((how, what), n) in &counts {
        eprintln!("{how:<26} {what:<20} {n}");
    }
    eprintln!(
        "{flips} spoilt; brought back from the backup {restored}, salvaged {salvaged}, nothing to salvage \
         {nothing_left}; every waiting change kept in {kept_waiting}; slowest look {slowest} ms"
    );
    let silent: u32 = counts
        .iter()
        .filter(|((_, what), _)| *what == "not noticed")
        .map(|(_, n)| n)
        .sum();
    // Only a bit inside a word, after an end that was not clean, cannot be told from a word.
    assert!(
        u64::from(silent) * 10 <= flips,
        "{silent} of {flips} were not noticed"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rescued_shop_goes_on_with_the_marketplace() {
    for from_backup in [true, false] {
        let market = Market::start().await;
        let (a, _) = shop_to_spoil(&market).await;
        let order = a.orders().await.remove(0).id;
        let number = a.shop.order(&order).await.unwrap().s10.unwrap();
        let pieces = a.column("SELECT id FROM products ORDER BY id").await;
        let Laptop {
            folder,
            secrets,
            computer,
            shop,
        } = a;
        shop.close().await;
        let database = folder.path().join("shop.db");
        // The list of tables is whole, a page of the pieces is not.
        let mut bytes = fs::read(&database).unwrap();
        let page = find(&bytes, b"Barro bru") / 4096 * 4096;
        bytes[page..page + 8].fill(0xff);
        fs::write(&database, bytes).unwrap();
        let damaged = open(folder.path(), &secrets, &computer).await.err().unwrap();
        assert_eq!(damaged.code, Code::ShopDamaged);
        if from_backup {
            let offered = rescue::look(folder.path()).await.unwrap();
            let (_, again) = rescue::restore(folder.path(), &offered.backups[0].id, computer.as_ref())
                .await
                .unwrap();
            assert_eq!(again, 2, "the label and the title");
        } else {
            let saved = rescue::salvage(folder.path(), computer.as_ref()).await.unwrap();
            assert!(saved.orders == 1 && saved.lost > 0, "{saved:?}");
        }
        let shop = open(folder.path(), &secrets, &computer).await.unwrap();
        let a = Laptop {
            folder,
            secrets,
            computer,
            shop,
        };
        // The label that lies on the box is known, before the network and after.
        assert_eq!(
            a.shop.order(&order).await.unwrap().s10.as_deref(),
            Some(number.as_str())
        );
        let state = a.sync().await;
        assert!(state.refused.is_empty(), "{:?}", state.refused);
        assert_eq!(
            a.shop.order(&order).await.unwrap().s10.as_deref(),
            Some(number.as_str())
        );
        assert_eq!(a.column("SELECT s10 FROM parcels").await, [number]);
        let back = a.column("SELECT id FROM products ORDER BY id").await;
        assert!(
            back.len() >= pieces.len() - if from_backup { 0 } else { 12 },
            "{}",
            back.len()
        );
        let titles = a.column("SELECT title FROM products").await;
        assert!(titles.contains(&"Pieza de barro negro".to_owned()), "{titles:?}");
    }
}

fn find(bytes: &[u8], word: &[u8]) -> usize {
    bytes
        .windows(word.len())
        .position(|window| window == word)
        .unwrap()
}

#[tokio::test]
async fn a_database_that_is_gone_or_empty_is_not_taken_for_a_new_shop() {
    for empty in [true, false] {
        let a = Laptop::new().await;
        let id = a.piece("Olla", 1).await.id;
        a.shop.backup_now().await.unwrap();
        let Laptop {
            folder,
            secrets,
            computer,
            shop,
        } = a;
        shop.close().await;
        if empty {
            fs::write(folder.path().join("shop.db"), b"").unwrap();
        } else {
            fs::remove_file(folder.path().join("shop.db")).unwrap();
        }
        let fault = open(folder.path(), &secrets, &computer).await.err().unwrap();
        assert_eq!(fault.code, Code::ShopDamaged);
        let offered = rescue::look(folder.path()).await.unwrap();
        rescue::restore(folder.path(), &offered.backups[0].id, computer.as_ref())
            .await
            .unwrap();
        let shop = open(folder.path(), &secrets, &computer).await.unwrap();
        assert_eq!(shop.product(&id).await.unwrap().title, "Olla");
    }
}

#[tokio::test]
async fn when_nothing_can_be_read_one_can_begin_again() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    let Laptop {
        folder,
        secrets,
        computer,
        shop,
    } = a;
    shop.close().await;
    fs::write(folder.path().join("shop.db"), vec![7; 60_000]).unwrap();
    assert_eq!(
        open(folder.path(), &secrets, &computer).await.err().unwrap().code,
        Code::ShopDamaged
    );
    assert_eq!(
        rescue::salvage(folder.path(), computer.as_ref())
            .await
            .unwrap_err()
            .code,
        Code::ShopDamaged
    );
    assert_eq!(fs::read(folder.path().join("shop.db")).unwrap().len(), 60_000);
    rescue::begin_again(folder.path(), computer.as_ref())
        .await
        .unwrap();
    let shop = open(folder.path(), &secrets, &Computer::new("first"))
        .await
        .unwrap();
    assert!(shop.state().await.unwrap().new);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_a_look_at_the_whole_file_finds_is_said_and_there_is_a_way_back() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    a.shop.backup_now().await.unwrap();
    let Laptop {
        folder,
        secrets,
        computer,
        shop,
    } = a;
    shop.close().await;
    // The head of the file says that there are seven unused pages, and there is none: no table knows.
    let database = folder.path().join("shop.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[36..40].copy_from_slice(&7_u32.to_be_bytes());
    fs::write(&database, bytes).unwrap();
    fs::remove_file(folder.path().join("shop.seal")).unwrap();

    let shop = open(folder.path(), &secrets, &computer).await.unwrap();
    let mut changes = shop.changes();
    let said = async {
        while shop.backup_state().await.unwrap().trouble.is_none() {
            // Whatever changed, it is looked at again.
            let _ = tokio::time::timeout(std::time::Duration::from_millis(100), changes.recv()).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), said)
        .await
        .expect("nothing was said");
    let trouble = shop.backup_state().await.unwrap().trouble.unwrap();
    assert_eq!(trouble.code, Code::ShopDamaged);
    shop.close().await;
    assert!(
        !folder.path().join("shop.seal").exists(),
        "it is not sealed as it is"
    );

    let again = open(folder.path(), &secrets, &computer).await;
    assert_eq!(again.err().map(|fault| fault.code), Some(Code::ShopDamaged));
    let offered = rescue::look(folder.path()).await.unwrap();
    assert!(!offered.backups.is_empty());
    rescue::restore(folder.path(), &offered.backups[0].id, computer.as_ref())
        .await
        .unwrap();
    let shop = open(folder.path(), &secrets, &computer).await.unwrap();
    use_it(&shop).await.unwrap();
    shop.close().await;
}
