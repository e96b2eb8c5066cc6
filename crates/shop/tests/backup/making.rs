//! Making backups: whole, small, rotated, and none by halves.

use super::laptop::{Computer, Laptop, column};
use shop::backup::view::BackupReason;
use shop::catalog::view::FieldChange;
use shop::{Code, Shop};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        } else {
            all.insert(entry.path());
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_everything_and_each_photo_once() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    let first = a.shop.backup_now().await.unwrap();
    assert_eq!((first.pieces, first.photos, first.whole), (1, 1, true));
    let pool = a.root().join("backups/photos");
    let before = files(&pool);
    assert_eq!(before.len(), 3, "an original and two renditions");

    a.piece("Jarro", 2).await;
    let second = a.shop.backup_now().await.unwrap();
    assert_eq!(second.pieces, 2);
    assert_eq!(files(&pool).len(), 6);
    let state = a.shop.backup_state().await.unwrap();
    assert_eq!(state.backups.len(), 2);
    assert_eq!(state.backups[0].id, second.id);
    assert!(state.trouble.is_none());

    // On the shop's own disk they cost no room: they are the same files.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert!(
            files(&pool)
                .iter()
                .all(|file| fs::metadata(file).unwrap().nlink() == 2)
        );
    }

    for id in [&first.id, &second.id] {
        let drill = a.shop.backup_drill(id).await.unwrap();
        assert!(drill.whole, "{drill:?}");
        assert!(drill.backup.checked_ms >= second.made_ms);
    }
    assert!(!a.root().join("drill.part").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_consistent_while_the_shop_is_used() {
    let a = Laptop::new().await;
    let id = a.piece("Olla", 1).await.id;
    let stop = std::sync::Arc::new(AtomicBool::new(false));
    let writer = {
        let (shop, stop, id): (Shop, _, _) = (a.shop.clone(), stop.clone(), id.clone());
        tokio::spawn(async move {
            let mut n = 0;
            while !stop.load(Ordering::Relaxed) {
                n += 1;
                let change = vec![FieldChange::Title(format!("Olla {n}"))];
                shop.product_edit(&id, change).await.unwrap();
            }
            n
        })
    };
    for _ in 0..5 {
        let made = a.shop.backup_now().await.unwrap();
        let database = a
            .root()
            .join("backups")
            .join(made.id.split_once('/').unwrap().1)
            .join("shop.db");
        // The title in the piece is the one of its last change in the outbox: one moment, not two.
        let title = column(&database, "SELECT title FROM products").await.remove(0);
        let said = column(
            &database,
            "SELECT json_extract(body, '$.action.fields.title') FROM outbox
             WHERE json_extract(body, '$.action.fields.title') IS NOT NULL ORDER BY epoch DESC, seq DESC LIMIT 1",
        )
        .await
        .remove(0);
        assert_eq!(title, said);
        assert!(a.shop.backup_drill(&made.id).await.unwrap().whole);
    }
    stop.store(true, Ordering::Relaxed);
    assert!(writer.await.unwrap() > 5);
}

#[tokio::test]
async fn the_days_backup_is_made_once_a_day() {
    let a = Laptop::new().await;
    assert!(a.shop.backup_due().await.unwrap());
    assert!(!a.shop.backup_due().await.unwrap());
    a.computer.by_ms.store(25 * 3_600_000, Ordering::SeqCst);
    assert!(a.shop.backup_due().await.unwrap());
    assert!(!a.shop.backup_due().await.unwrap());
    let backups = a.shop.backup_state().await.unwrap().backups;
    assert_eq!(backups.len(), 2);
    assert!(backups.iter().all(|backup| backup.reason == BackupReason::Daily));
}

#[tokio::test]
async fn a_year_of_days_keeps_about_twenty_and_what_goes_takes_its_photos_along() {
    let a = Laptop::new().await;
    let piece = a.piece("Olla", 1).await;
    let hash = piece.photos[0].hash.clone();
    for day in 0..60_i64 {
        a.computer.by_ms.store(day * 24 * 3_600_000, Ordering::SeqCst);
        a.shop.backup_now().await.unwrap();
    }
    let backups = a.shop.backup_state().await.unwrap().backups;
    assert!((10..=14).contains(&backups.len()), "{}", backups.len());
    assert!(backups.iter().all(|backup| backup.whole));
    let kept = files(&a.root().join("backups/photos"));
    assert!(kept.iter().any(|file| file.to_string_lossy().contains(&hash)));

    // A photo that no backup names any more does not stay for ever.
    let stray = a
        .root()
        .join("backups/photos/originals/ff")
        .join(format!("{}.jpg", "f".repeat(64)));
    fs::create_dir_all(stray.parent().unwrap()).unwrap();
    fs::write(&stray, b"x").unwrap();
    a.shop.backup_now().await.unwrap();
    assert!(!stray.exists());
}

#[tokio::test]
async fn a_stick_gets_copies_of_its_own_and_one_that_is_away_is_no_trouble() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    let stick = tempfile::tempdir().unwrap();
    let state = a.shop.backup_folder_set(Some(stick.path())).await.unwrap();
    assert!(state.away.unwrap().there);
    a.shop.backup_now().await.unwrap();
    let state = a.shop.backup_state().await.unwrap();
    assert_eq!(state.backups.iter().filter(|backup| backup.away).count(), 1);
    let last = state.away.unwrap().last_ms;
    assert!(last.is_some());
    let away = state.backups.iter().find(|backup| backup.away).unwrap();
    assert!(a.shop.backup_drill(&away.id).await.unwrap().whole);

    // Pulled out: the copy here is made, the stick is said to be away, and comes up to date when it is back.
    let folder = stick.path().join("Puesto-pulled");
    let own = fs::read_dir(stick.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    fs::rename(&own, &folder).unwrap();
    a.computer.by_ms.store(25 * 3_600_000, Ordering::SeqCst);
    assert_eq!(a.shop.backup_now().await.unwrap_err().code, Code::BackupAway);
    let state = a.shop.backup_state().await.unwrap();
    assert!(state.trouble.is_none());
    assert!(!state.away.as_ref().unwrap().there);
    assert_eq!(state.away.unwrap().last_ms, last);
    assert_eq!(state.backups.len(), 2);
    fs::rename(&folder, &own).unwrap();
    assert!(a.shop.backup_due().await.unwrap());
    assert!(a.shop.backup_state().await.unwrap().away.unwrap().last_ms > last);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_to_is_said_and_the_old_ones_stay() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    let first = a.shop.backup_now().await.unwrap();
    let stick = tempfile::tempdir().unwrap();
    a.shop.backup_folder_set(Some(stick.path())).await.unwrap();
    let own = fs::read_dir(stick.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    // Where photos would go there is a file.
    fs::write(own.join("photos"), b"in the way").unwrap();
    assert_eq!(a.shop.backup_now().await.unwrap_err().code, Code::FolderUnusable);
    let state = a.shop.backup_state().await.unwrap();
    assert_eq!(state.trouble.unwrap().code, Code::FolderUnusable);
    assert!(
        state
            .backups
            .iter()
            .any(|backup| backup.id == first.id && backup.whole)
    );
    let names: Vec<_> = fs::read_dir(&own)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert!(
        !names.iter().any(|name| name.to_string_lossy().contains(".part")),
        "{names:?}"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_left_of_the_try() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    let first = a.shop.backup_now().await.unwrap();
    let stick = tempfile::tempdir().unwrap();
    // Room for the mark, not for the shop.
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(stick.path())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("no right to mount a small disk: not tried");
        return;
    }
    a.shop.backup_folder_set(Some(stick.path())).await.unwrap();
    let fault = a.shop.backup_now().await.unwrap_err();
    let left = files(stick.path());
    let unmounted = std::process::Command::new("umount").arg(stick.path()).status();
    assert!(unmounted.unwrap().success());
    assert_eq!(fault.code, Code::DiskFull);
    assert!(fault.params.contains_key("path"));
    assert_eq!(left.len(), 1, "{left:?}");
    let state = a.shop.backup_state().await.unwrap();
    assert_eq!(state.trouble.unwrap().code, Code::DiskFull);
    assert!(state.backups.iter().any(|backup| backup.id == first.id));
}

#[tokio::test]
async fn before_the_schema_changes_the_shop_is_backed_up() {
    use sqlx::{Connection, Executor};
    // A database of the first version, with the steps that there were then.
    let steps = tempfile::tempdir().unwrap();
    let first = "20261121000000_first.sql";
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(first);
    fs::copy(source, steps.path().join(first)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("shop.db"))
        .create_if_missing(true);
    let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let migrator = sqlx::migrate::Migrator::new(steps.path()).await.unwrap();
    migrator.run(&mut connection).await.unwrap();
    let row = r#"INSERT INTO products (id, created_ms, changed_ms, state)
        VALUES ('p', 1, 1, '{"id":"p","fields":{},"photos":{}}')"#;
    connection.execute(row).await.unwrap();
    connection.close().await.unwrap();

    let a = Laptop::on(folder, Computer::new("first")).await;
    let backups = a.shop.backup_state().await.unwrap().backups;
    assert_eq!(backups.len(), 1);
    assert_eq!(
        (backups[0].reason, backups[0].pieces),
        (BackupReason::BeforeMigration, 1)
    );
    // And it can be brought back: the steps are taken again then.
    assert!(a.shop.backup_drill(&backups[0].id).await.unwrap().whole);
    a.shop.backup_restore(&backups[0].id).await.unwrap();
    let a = a.restart().await;
    assert_eq!(a.column("SELECT id FROM products").await, ["p"]);
}

#[tokio::test]
async fn a_spoilt_backup_is_found_by_the_drill_and_not_brought_back() {
    let a = Laptop::new().await;
    a.piece("Olla", 1).await;
    let made = a.shop.backup_now().await.unwrap();
    let folder = a.root().join("backups").join(made.id.split_once('/').unwrap().1);
    let database = folder.join("shop.db");
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&database, bytes).unwrap();
    let drill = a.shop.backup_drill(&made.id).await.unwrap();
    assert!(!drill.whole && !drill.backup.whole, "{drill:?}");
    assert_eq!(
        a.shop.backup_restore(&made.id).await.unwrap_err().code,
        Code::BackupDamaged
    );
    let mut text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    text.push(' ');
    fs::write(folder.join("manifest.json"), text).unwrap();
    assert!(
        a.shop
            .backup_state()
            .await
            .unwrap()
            .backups
            .iter()
            .all(|backup| backup.id != made.id)
    );
    assert_eq!(
        a.shop.backup_drill(&made.id).await.unwrap_err().code,
        Code::BackupDamaged
    );
}
