//! A file that only a passphrase opens, for a computer without a keyring (decision 0027).
//!
//! One JSON object: `head` says how it was sealed and for which laptop, `sealed` is the secret, `sum` tells a
//! damaged file from a wrong passphrase. The key is Argon2id of the passphrase (RFC 9106); the secret is sealed by
//! XChaCha20-Poly1305 with a new nonce each time, and the head is sealed along with it.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// In the shop's folder.
pub const FILE: &str = "key.sealed";

const FORMAT: u32 = 1;
const KEY_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
/// A file of ours has less than a kilobyte.
const MOST_BYTES: u64 = 64 * 1024;

/// Why a file did not open.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    #[error("another passphrase")]
    WrongPassphrase,
    #[error("not what was written")]
    Damaged,
    #[error("written by a later version")]
    TooNew,
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// How a key comes from a passphrase. Kept with the file, so that it may be made dearer in later versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipe {
    kdf: String,
    /// KiB.
    memory: u32,
    passes: u32,
    lanes: u32,
    /// Base64.
    salt: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: u32,
    laptop_id: String,
    recipe: Recipe,
    cipher: String,
    /// Base64.
    nonce: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    head: Head,
    /// Base64.
    sealed: String,
    /// BLAKE3 of the head and of what is sealed.
    sum: String,
}

/// What a passphrase came to; held while the shop is open, so that new tokens can be sealed.
pub struct Key {
    secret: Zeroizing<[u8; KEY_BYTES]>,
    recipe: Recipe,
}

impl Key {
    /// A key of a passphrase that nothing was sealed with yet. Takes a tenth of a second and 64 MiB.
    pub fn new(passphrase: &str) -> io::Result<Self> {
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt)?;
        // The second recommendation of RFC 9106 §4, on one lane: old laptops have few.
        let recipe = Recipe {
            kdf: "argon2id".into(),
            memory: 64 * 1024,
            passes: 3,
            lanes: 1,
            salt: STANDARD_NO_PAD.encode(salt),
        };
        Self::by(recipe, passphrase).map_err(io::Error::other)
    }

    fn by(recipe: Recipe, passphrase: &str) -> Result<Self, Unopened> {
        let salt = decoded(&recipe.salt)?;
        // A spoilt number must not take all of the memory, or for ever.
        let bearable = recipe.kdf == "argon2id"
            && (8 * 1024..=1024 * 1024).contains(&recipe.memory)
            && (1..=16).contains(&recipe.passes)
            && (1..=16).contains(&recipe.lanes)
            && (8..=64).contains(&salt.len());
        if !bearable {
            return Err(Unopened::Damaged);
        }
        let params = Params::new(recipe.memory, recipe.passes, recipe.lanes, Some(KEY_BYTES))
            .map_err(|_| Unopened::Damaged)?;
        let mut secret = Zeroizing::new([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &salt, secret.as_mut_slice())
            .map_err(|_| Unopened::Damaged)?;
        Ok(Self { secret, recipe })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.secret).into())
    }
}

/// Whether a file lies there that this laptop's passphrase may open. One of another laptop, in a folder that was
/// copied, is as good as none: its tokens are not ours.
pub fn is_there(path: &Path, laptop_id: &str) -> bool {
    match read(path) {
        Ok(envelope) => envelope.head.laptop_id == laptop_id,
        Err(Unopened::Disk(error)) => error.kind() != ErrorKind::NotFound,
        Err(_) => true,
    }
}

/// Seals a secret and puts it in the place of what was there. Afterwards it is on the disk.
pub fn seal(path: &Path, laptop_id: &str, key: &Key, secret: &[u8]) -> io::Result<()> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce)?;
    let head = Head {
        format: FORMAT,
        laptop_id: laptop_id.to_owned(),
        recipe: key.recipe.clone(),
        cipher: "xchacha20poly1305".into(),
        nonce: STANDARD_NO_PAD.encode(nonce),
    };
    let aad = serde_json::to_vec(&head)?;
    let payload = Payload {
        msg: secret,
        aad: &aad,
    };
    let sealed = key
        .cipher()
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| io::Error::other("a secret could not be sealed"))?;
    let envelope = Envelope {
        sum: sum(&aad, &sealed),
        head,
        sealed: STANDARD_NO_PAD.encode(sealed),
    };
    replace(path, &serde_json::to_vec_pretty(&envelope)?)
}

/// The secret, and the key to seal the next one with.
pub fn open(path: &Path, laptop_id: &str, passphrase: &str) -> Result<(Key, Zeroizing<Vec<u8>>), Unopened> {
    let envelope = read(path)?;
    let head = &envelope.head;
    let aad = serde_json::to_vec(head).map_err(io::Error::from)?;
    let sealed = decoded(&envelope.sealed)?;
    let nonce: [u8; NONCE_BYTES] = decoded(&head.nonce)?.try_into().map_err(|_| Unopened::Damaged)?;
    let whole = envelope.sum == sum(&aad, &sealed) && head.cipher == "xchacha20poly1305";
    if !whole || head.laptop_id != laptop_id {
        return Err(Unopened::Damaged);
    }
    let key = Key::by(head.recipe.clone(), passphrase)?;
    let payload = Payload {
        msg: &sealed,
        aad: &aad,
    };
    let secret = key
        .cipher()
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Unopened::WrongPassphrase)?;
    Ok((key, Zeroizing::new(secret)))
}

/// Takes the file away; that there is none is all right.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<Envelope, Unopened> {
    #[derive(Deserialize)]
    struct Any {
        head: AnyHead,
    }
    #[derive(Deserialize)]
    struct AnyHead {
        format: u32,
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    let any: Any = serde_json::from_slice(&bytes).map_err(|_| Unopened::Damaged)?;
    match any.head.format {
        FORMAT => serde_json::from_slice(&bytes).map_err(|_| Unopened::Damaged),
        later if later > FORMAT => Err(Unopened::TooNew),
        _ => Err(Unopened::Damaged),
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, Unopened> {
    STANDARD_NO_PAD.decode(text).map_err(|_| Unopened::Damaged)
}

fn sum(aad: &[u8], sealed: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(aad.len() as u64).to_le_bytes());
    hasher.update(aad).update(sealed).finalize().to_hex().to_string()
}

/// Either the old file or the new one is there, whenever the power goes.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension("part");
    remove(&unfinished)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&unfinished, path)?;
    // Some systems and sticks cannot flush names; there it is a wish.
    if let Some(Err(error)) = path
        .parent()
        .map(|folder| File::open(folder).and_then(|folder| folder.sync_all()))
    {
        tracing::debug!(%error, "the folder of the sealed file was not flushed");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    const PHRASE: &str = "olla comal y molcajete";

    fn sealed() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        seal(&path, "lap-1", &Key::new(PHRASE).unwrap(), b"the secret").unwrap();
        (folder, path)
    }

    #[test]
    fn the_passphrase_opens_it_and_its_key_seals_the_next() {
        let (folder, path) = sealed();
        let (key, secret) = open(&path, "lap-1", PHRASE).unwrap();
        assert_eq!(secret.as_slice(), b"the secret");
        let first = fs::read(&path).unwrap();
        seal(&path, "lap-1", &key, b"the secret").unwrap();
        assert_ne!(fs::read(&path).unwrap(), first, "another nonce each time");
        seal(&path, "lap-1", &key, b"the next").unwrap();
        let (_, secret) = open(&path, "lap-1", PHRASE).unwrap();
        assert_eq!(secret.as_slice(), b"the next");
        assert!(matches!(
            open(&path, "lap-1", "otra cosa entera"),
            Err(Unopened::WrongPassphrase)
        ));
        // Nothing else is left behind, and nothing of the secret is in the clear.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("the next") && !text.contains("molcajete"));
    }

    #[cfg(unix)]
    #[test]
    fn only_this_person_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = sealed();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_of_another_laptop_is_none() {
        let (_folder, path) = sealed();
        assert!(is_there(&path, "lap-1") && !is_there(&path, "lap-2"));
        assert!(matches!(open(&path, "lap-2", PHRASE), Err(Unopened::Damaged)));
        // Nor by writing the other's name into it.
        let text = fs::read_to_string(&path).unwrap().replace("lap-1", "lap-2");
        fs::write(&path, text).unwrap();
        assert!(matches!(open(&path, "lap-2", PHRASE), Err(Unopened::Damaged)));
    }

    #[test]
    fn whoever_mends_the_sum_still_changes_nothing() {
        let (_folder, path) = sealed();
        let mut envelope = read(&path).unwrap();
        envelope.head.laptop_id = "lap-2".into();
        let aad = serde_json::to_vec(&envelope.head).unwrap();
        envelope.sum = sum(&aad, &decoded(&envelope.sealed).unwrap());
        fs::write(&path, serde_json::to_vec(&envelope).unwrap()).unwrap();
        assert!(matches!(
            open(&path, "lap-2", PHRASE),
            Err(Unopened::WrongPassphrase)
        ));
    }

    #[test]
    fn no_spoilt_byte_opens_or_counts_as_a_wrong_passphrase() {
        let (_folder, path) = sealed();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut spoilt = whole.clone();
            spoilt[at] ^= 4;
            fs::write(&path, &spoilt).unwrap();
            assert!(is_there(&path, "lap-1") || read(&path).is_ok(), "byte {at}");
            let opened = open(&path, "lap-1", PHRASE);
            assert!(
                matches!(opened, Err(Unopened::Damaged | Unopened::TooNew)),
                "byte {at}"
            );
        }
        for length in [0, 1, whole.len() / 2, whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(
                matches!(open(&path, "lap-1", PHRASE), Err(Unopened::Damaged)),
                "{length}"
            );
        }
    }

    #[test]
    fn what_a_later_version_wrote_is_left_alone() {
        let (_folder, path) = sealed();
        fs::write(&path, r#"{"head":{"format":2,"other":true},"more":1}"#).unwrap();
        assert!(is_there(&path, "lap-1"));
        assert!(matches!(open(&path, "lap-1", PHRASE), Err(Unopened::TooNew)));
    }
}
