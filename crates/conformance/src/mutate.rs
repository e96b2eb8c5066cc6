//! Bodies that are almost right, from a seed.

use serde_json::{Value, json};

/// SplitMix64: the same seed gives the same bodies.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    pub fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let at = self.below(of.len());
        of.get(at)
    }
}

/// Values that programs stumble over.
fn nasty(dice: &mut Dice) -> Value {
    let letters = [1, 64, 65, 300, 6_000];
    match dice.below(22) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(0),
        3 => json!(i64::MIN),
        4 => json!(i64::MAX),
        5 => json!(u64::MAX),
        6 => json!(1e308),
        7 => json!(0.1),
        8 => json!(4_294_967_296_u64),
        9 => json!(""),
        10 => json!("\u{0}"),
        11 => json!("a\u{0}b"),
        12 => json!("\u{202e}\u{feff}👩🏽‍🎨"),
        13 => json!("../../etc/passwd"),
        14 => json!("'; DROP TABLE shops; --"),
        15 => json!("ñ".repeat(*dice.one_of(&letters).unwrap_or(&1))),
        16 => json!([]),
        17 => json!({}),
        18 => json!([[[[[[[[[[[[]]]]]]]]]]]]),
        19 => json!(true),
        20 => json!({"value": {"minor": {}}}),
        _ => json!("NaN"),
    }
}

/// Changes one place of a value, however deep, or drops it, or puts something beside it.
pub fn value(dice: &mut Dice, value: &mut Value) {
    let deeper = dice.below(4) > 0;
    match value {
        Value::Object(fields) if !fields.is_empty() && deeper => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let Some(name) = dice.one_of(&names) else { return };
            match dice.below(6) {
                0 => drop(fields.remove(name)),
                1 => drop(fields.insert(format!("{name}\u{0}"), nasty(dice))),
                _ => {
                    if let Some(inner) = fields.get_mut(name) {
                        self::value(dice, inner);
                    }
                }
            }
        }
        Value::Array(items) if !items.is_empty() && deeper => {
            let at = dice.below(items.len());
            match dice.below(5) {
                0 => drop(items.remove(at)),
                1 => {
                    let again = items[at].clone();
                    items.push(again);
                }
                _ => self::value(dice, &mut items[at]),
            }
        }
        place => *place = nasty(dice),
    }
}

/// Bytes of a value, now and then broken below JSON.
pub fn bytes(dice: &mut Dice, of: &Value) -> Vec<u8> {
    let mut value = of.clone();
    for _ in 0..=dice.below(3) {
        self::value(dice, &mut value);
    }
    let mut bytes = value.to_string().into_bytes();
    match dice.below(8) {
        0 => {
            let at = dice.below(bytes.len());
            bytes.truncate(at);
        }
        1 => {
            let at = dice.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= u8::try_from(1 << dice.below(8)).unwrap_or(1);
            }
        }
        2 => {
            let at = dice.below(bytes.len());
            let noise: Vec<u8> = (0..dice.below(40)).map(|_| (dice.roll() & 0xff) as u8).collect();
            bytes.splice(at..at, noise);
        }
        _ => {}
    }
    bytes
}

/// A text for a path or a query: percent-encoded bytes of any kind.
pub fn segment(dice: &mut Dice, of: &str) -> String {
    const TRICKS: [&str; 9] = ["%00", "..%2f", "%ff", "%F0%9F%8E%A8", "%20", "'", "%", "0", "-"];
    let mut text = of.to_owned();
    for _ in 0..=dice.below(3) {
        let at = dice.below(text.len() + 1);
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        match dice.below(3) {
            0 => text.truncate(at),
            _ => text.insert_str(at, dice.one_of(&TRICKS).copied().unwrap_or_default()),
        }
    }
    text
}
