//! The door that phones come in by: open while the seller wants it, for the piece that she has open.

use crate::watch::tell;
use phone::{Door, Incoming, Options, Phase, Refusal, Sink, State, Taken};
use serde::Serialize;
use shop::{Code, Fault, Shop};
use specta::Type;
use std::sync::{Arc, PoisonError, RwLock};
use tauri::AppHandle;
use tokio::sync::Mutex;

/// The door as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PhoneView {
    /// False once it was closed or its time is over.
    pub open: bool,
    /// What the QR code says, for those who type it.
    pub address: String,
    /// A square QR code, row by row, dark modules true.
    pub qr: Vec<bool>,
    /// When it closes unless it is used.
    pub expires_ms: i64,
    /// What each phone says it is, in the order they came; empty where it does not say.
    pub phones: Vec<String>,
    pub arriving: Vec<ArrivingPhoto>,
    pub received: u32,
    pub refused: u32,
    pub last: Option<SettledPhoto>,
}

/// A photo on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ArrivingPhoto {
    pub number: u32,
    pub name: String,
    pub percent: u8,
}

/// The photo that was settled last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SettledPhoto {
    pub name: String,
    /// Its content, when it was taken.
    pub hash: Option<String>,
    /// Why it was not: `duplicate`, `not-an-image`, ...
    pub refused: Option<String>,
}

/// At most one door is open.
#[derive(Default)]
pub struct PhoneDoor(Mutex<Option<Open>>);

struct Open {
    door: Door,
    piece: Arc<RwLock<String>>,
}

impl PhoneDoor {
    pub async fn open(&self, app: &AppHandle, shop: &Shop, product_id: String) -> Result<PhoneView, Fault> {
        let product = shop.product(&product_id).await?;
        let mut slot = self.0.lock().await;
        if let Some(open) = slot.as_ref()
            && open.door.watch().borrow().phase == Phase::Open
        {
            *open.piece.write().unwrap_or_else(PoisonError::into_inner) = product_id;
            open.door.retitle(product.title);
            return view_of(&open.door);
        }
        let piece = Arc::new(RwLock::new(product_id));
        let sink = Arc::new(IntoPiece {
            shop: shop.clone(),
            piece: piece.clone(),
        });
        let options = Options {
            folder: Some(shop.folder().arriving()),
            ..Options::new(product.title)
        };
        let door = Door::open(options, sink).await.map_err(fault)?;
        let view = view_of(&door)?;
        follow(app.clone(), door.watch(), view.clone());
        *slot = Some(Open { door, piece });
        Ok(view)
    }

    pub async fn close(&self) {
        if let Some(open) = self.0.lock().await.take() {
            open.door.close().await;
        }
    }
}

fn view_of(door: &Door) -> Result<PhoneView, Fault> {
    let address = door.addresses().into_iter().next().ok_or(Code::NoLocalNetwork)?;
    let empty = PhoneView {
        open: true,
        qr: shop::qr::modules(&address),
        address,
        expires_ms: 0,
        phones: Vec::new(),
        arriving: Vec::new(),
        received: 0,
        refused: 0,
        last: None,
    };
    let watch = door.watch();
    let now = watch.borrow();
    Ok(seen(&now, &empty))
}

/// Tells the page of every change until the door is closed.
fn follow(app: AppHandle, mut watch: tokio::sync::watch::Receiver<State>, view: PhoneView) {
    tauri::async_runtime::spawn(async move {
        while watch.changed().await.is_ok() {
            let now = seen(&watch.borrow_and_update(), &view);
            tell(&app, "phone-changed", now);
        }
    });
}

fn seen(state: &State, door: &PhoneView) -> PhoneView {
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    PhoneView {
        open: state.phase == Phase::Open,
        address: door.address.clone(),
        qr: door.qr.clone(),
        expires_ms: state.expires_ms,
        phones: state.phones.iter().map(|phone| phone.name.clone()).collect(),
        arriving: state
            .arriving
            .iter()
            .map(|photo| ArrivingPhoto {
                number: count(photo.number),
                name: photo.name.clone(),
                percent: percent(photo.bytes, photo.of),
            })
            .collect(),
        received: count(state.received),
        refused: count(state.refused),
        last: state.last.as_ref().map(|last| SettledPhoto {
            name: last.name.clone(),
            hash: last.outcome.as_ref().ok().map(|taken| taken.photo.clone()),
            refused: last
                .outcome
                .as_ref()
                .err()
                .map(|refusal| refusal.code.key().to_owned()),
        }),
    }
}

fn percent(bytes: u64, of: Option<u64>) -> u8 {
    let of = of.unwrap_or(0).max(1);
    u8::try_from(bytes.saturating_mul(100) / of)
        .unwrap_or(100)
        .min(100)
}

fn fault(fault: phone::Fault) -> Fault {
    tracing::warn!(%fault, "no door could be opened");
    match fault {
        phone::Fault::Folder(error) => error.into(),
        _ => Code::NoLocalNetwork.into(),
    }
}

/// Puts what arrives into the piece that is open at that moment.
struct IntoPiece {
    shop: Shop,
    piece: Arc<RwLock<String>>,
}

impl Sink for IntoPiece {
    async fn take(&self, photo: Incoming) -> Result<Taken, Refusal> {
        let piece = self.piece.read().unwrap_or_else(PoisonError::into_inner).clone();
        let bytes = tokio::fs::read(&photo.file)
            .await
            .map_err(|error| refusal(&error.into()))?;
        match self.shop.photo_add(&piece, &photo.name, bytes).await {
            Ok(added) if added.duplicate => Err(phone::Code::Duplicate.into()),
            Ok(added) => Ok(Taken { photo: added.hash }),
            Err(fault) => Err(refusal(&fault)),
        }
    }
}

fn refusal(fault: &Fault) -> Refusal {
    Refusal::from(match fault.code {
        Code::PhotoEmpty => phone::Code::Empty,
        Code::PhotoNotAnImage => phone::Code::NotAnImage,
        Code::PhotoUnsupported => phone::Code::UnknownFormat,
        Code::PhotoTruncated | Code::PhotoDamaged => phone::Code::Damaged,
        Code::PhotoTooLarge => phone::Code::TooLarge,
        Code::TooManyPhotos => phone::Code::PieceFull,
        Code::DiskFull => phone::Code::FullDisk,
        Code::NotFound => phone::Code::NoPiece,
        _ => phone::Code::Broken,
    })
}
