//! Fractional indexing: a text between two texts, so that moving one photo writes one photo.

const LOW: u8 = b'a';
const HIGH: u8 = b'z';

/// A place that sorts after `before` and before `after`; none means the end of the strip.
///
/// Places are made of `a` to `z` and never end in `a`, so that there is always room below one.
/// When the two do not leave room (they are equal, or in the wrong order), the result follows `before`.
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let low = before.unwrap_or("").as_bytes();
    let high = match after.map(str::as_bytes) {
        Some(high) if low < high => Some(high),
        _ => None,
    };
    let mut place = Vec::with_capacity(low.len() + 1);
    let mut bounded = high;
    for index in 0.. {
        let floor = low.get(index).copied().unwrap_or(LOW).clamp(LOW, HIGH);
        let ceiling = bounded.map_or(HIGH + 1, |high| high.get(index).copied().unwrap_or(HIGH + 1));
        if ceiling > floor + 1 {
            place.push(floor + (ceiling - floor) / 2);
            break;
        }
        place.push(floor);
        if ceiling > floor {
            bounded = None;
        }
    }
    String::from_utf8_lossy(&place).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn there_is_room_at_both_ends_and_between() {
        let first = between(None, None);
        let before = between(None, Some(&first));
        let after = between(Some(&first), None);
        assert!(before < first && first < after);
    }

    proptest! {
        #[test]
        fn any_number_of_moves_keeps_the_order(positions in prop::collection::vec(0usize..50, 1..200)) {
            let mut strip: Vec<String> = Vec::new();
            for position in positions {
                let at = position.min(strip.len());
                let before = at.checked_sub(1).and_then(|i| strip.get(i)).cloned();
                let new = between(before.as_deref(), strip.get(at).map(String::as_str));
                strip.insert(at, new);
            }
            prop_assert!(strip.windows(2).all(|pair| pair[0] < pair[1]), "{strip:?}");
        }
    }
}
