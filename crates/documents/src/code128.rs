//! Code 128 (ISO/IEC 15417) with the fewest symbols: an S10 identifier is 156 modules.

/// Widths of bars and spaces of the 107 symbols, six digits each, and the stop's seven.
const SYMBOLS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
];

const CODE_B: u8 = 100;
const CODE_C: u8 = 99;
const START_B: u8 = 104;
const START_C: u8 = 105;
const STOP: usize = 106;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    B,
    C,
}

/// Widths in modules, a bar first, then a space, in turn. None when a character is not printable ASCII.
pub fn widths(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    let values = shortest(text.as_bytes());
    let sum: usize = values
        .iter()
        .enumerate()
        .map(|(at, value)| at.max(1) * usize::from(*value))
        .sum();
    let check = sum % 103;
    let symbols = values
        .iter()
        .map(|value| usize::from(*value))
        .chain([check, STOP]);
    Some(
        symbols
            .flat_map(|symbol| SYMBOLS[symbol].bytes().map(|width| width - b'0'))
            .collect(),
    )
}

/// Symbol values from the start symbol on, chosen backwards: for each place and code set the fewest symbols
/// to the end, staying in the set when it makes no difference.
fn shortest(text: &[u8]) -> Vec<u8> {
    // cost[at] = symbols still needed from `at` in sets B and C.
    let mut cost = vec![[0_usize; 2]; text.len() + 1];
    let pair = |at: usize| text.len() >= at + 2 && text[at].is_ascii_digit() && text[at + 1].is_ascii_digit();
    for at in (0..text.len()).rev() {
        let in_b = 1 + cost[at + 1][0];
        let in_c = if pair(at) {
            1 + cost[at + 2][1]
        } else {
            usize::MAX / 2
        };
        cost[at] = [in_b.min(1 + in_c), in_c.min(1 + in_b)];
    }
    let mut set = if cost[0][1] < cost[0][0] { Set::C } else { Set::B };
    let mut values = vec![if set == Set::C { START_C } else { START_B }];
    let mut at = 0;
    while at < text.len() {
        let stay_b = 1 + cost[at + 1][0];
        let stay_c = if pair(at) {
            1 + cost[at + 2][1]
        } else {
            usize::MAX / 2
        };
        match set {
            Set::B if stay_c + 1 < stay_b => {
                set = Set::C;
                values.push(CODE_C);
            }
            Set::C if stay_b + 1 < stay_c => {
                set = Set::B;
                values.push(CODE_B);
            }
            Set::B => {
                values.push(text[at] - b' ');
                at += 1;
            }
            Set::C => {
                values.push((text[at] - b'0') * 10 + text[at + 1] - b'0');
                at += 2;
            }
        }
    }
    values
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn modules(text: &str) -> u32 {
        widths(text).unwrap().iter().map(|width| u32::from(*width)).sum()
    }

    #[test]
    fn an_s10_identifier_is_156_modules() {
        assert_eq!(modules("RR473124829MX"), 156);
        assert_eq!(modules("EE000000005CU"), 156);
    }

    #[test]
    fn digits_go_in_pairs() {
        // Start C, five pairs, check (11 modules each), stop (13).
        assert_eq!(modules("1234567890"), 11 * 7 + 13);
        assert_eq!(modules("ABC"), 11 * 5 + 13);
        // Two digits are not worth a switch.
        assert_eq!(modules("A12B"), 11 * 6 + 13);
    }

    #[test]
    fn a_known_symbol_is_right() {
        // ISO/IEC 15417: Start B, "A" = 33, check (104 + 33) mod 103 = 34, stop.
        let expected: String = [104, 33, 34, 106].map(|symbol: usize| SYMBOLS[symbol]).concat();
        let found: String = widths("A").unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_symbol_is_eleven_modules_and_unlike_the_others() {
        let mut seen = std::collections::BTreeSet::new();
        for symbol in &SYMBOLS[..STOP] {
            assert_eq!(symbol.bytes().map(|b| u32::from(b - b'0')).sum::<u32>(), 11);
            let bars: u8 = symbol.bytes().step_by(2).map(|b| b - b'0').sum();
            assert_eq!(bars % 2, 0, "bars have even parity");
            assert!(seen.insert(symbol));
        }
    }

    #[test]
    fn other_characters_are_refused() {
        assert_eq!(widths("Ñ"), None);
        assert_eq!(widths(""), None);
        assert_eq!(widths("\n"), None);
    }
}
