//! Names as people and cameras write them, made comparable.

/// Letters and digits in order, lower case, without accents: `Rebozo-01 (2).JPG` is `rebozo 01 2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    pub fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        for letter in plain(text).chars() {
            if letter.is_alphanumeric() {
                word.push(letter);
            } else if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
        Self(words)
    }

    pub fn list(&self) -> &[String] {
        &self.0
    }

    /// Every way to begin the name with a SKU, longest first: the beginning as SKUs are compared, and the
    /// words that follow. A SKU ends where a word does or where a number meets a letter, so that `bar001b 2`
    /// begins with `bar001`, and `bar0012` does not.
    pub fn beginnings(&self) -> Vec<(String, Vec<String>)> {
        let mut found = Vec::new();
        let mut so_far = String::new();
        for (at, word) in self.0.iter().enumerate() {
            let later = self.0.get(at + 1..).unwrap_or_default();
            if meets_its_like(&so_far, word) {
                so_far.push('-');
            }
            let mut last: Option<char> = None;
            for (place, letter) in word.char_indices() {
                if last.is_some_and(|last| last.is_numeric() != letter.is_numeric()) {
                    let (head, tail) = word.split_at(place);
                    let mut after = vec![tail.to_owned()];
                    after.extend_from_slice(later);
                    found.push((format!("{so_far}{head}"), after));
                }
                last = Some(letter);
            }
            so_far.push_str(word);
            found.push((so_far.clone(), later.to_vec()));
        }
        found.reverse();
        found
    }

    /// As SKUs are compared: separators count only between two numbers or two words, so that `BAR-001` is
    /// `bar 001` and `bar001`, and `BAR-1-2` is not `BAR-12`.
    pub fn joined(&self) -> String {
        let mut all = String::new();
        for word in &self.0 {
            if meets_its_like(&all, word) {
                all.push('-');
            }
            all.push_str(word);
        }
        all
    }

    /// The name without the numbers at its end, and the first of those: `olla grande 02` is `olla grande`, 2.
    pub fn numbered(&self) -> (Vec<String>, Option<u32>) {
        let is_number = |word: &String| word.chars().all(|letter| letter.is_ascii_digit());
        let named = self
            .0
            .iter()
            .rposition(|word| !is_number(word))
            .map_or(0, |at| at + 1);
        let (name, numbers) = self.0.split_at(named);
        (name.to_vec(), number(numbers))
    }

    /// Whether a camera or a telephone gave it: such a name says nothing of a piece, and its number must not
    /// be taken for one.
    pub fn is_cameras(&self) -> bool {
        const CAMERAS: &[&str] = &[
            "img",
            "dsc",
            "dscn",
            "dscf",
            "sam",
            "pxl",
            "mvimg",
            "image",
            "imagen",
            "photo",
            "foto",
            "picture",
            "whatsapp",
            "signal",
            "screenshot",
            "captura",
            "gopr",
            "dji",
            "cimg",
            "kimg",
            "wp",
            "burst",
            "vid",
            "scan",
            "escaneo",
        ];
        let Some(first) = self.0.first() else { return true };
        let letters: String = first
            .chars()
            .take_while(|letter| letter.is_alphabetic())
            .collect();
        let digits = self.0.iter().all(|word| word.chars().all(|c| c.is_ascii_digit()));
        // P1010001, _MG_1234, 20261121_101500 and the like.
        let numbered = letters.len() <= 2 && first.len() - letters.len() >= 6;
        digits || numbered || CAMERAS.contains(&letters.as_str()) || (letters == "mg" && self.0.len() > 1)
    }
}

/// Whether a number meets a number, or a letter a letter.
fn meets_its_like(before: &str, word: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().last(), word.chars().next()) else {
        return false;
    };
    last.is_numeric() == first.is_numeric()
}

/// The first number among words, where letters may stand before it: `frente 3`, `b`.
pub fn number(words: &[String]) -> Option<u32> {
    words.iter().find_map(|word| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
}

/// Lower case, and the letters of Latin languages without their marks, composed or not.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => out.push('u'),
            'ñ' => out.push('n'),
            'ç' => out.push('c'),
            // macOS writes the accent as a mark of its own after the letter.
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(name: &str, sku: &str) -> Option<String> {
        let sku = Words::of(sku).joined();
        let beginnings = Words::of(name).beginnings();
        let (_, after) = beginnings.into_iter().find(|(beginning, _)| *beginning == sku)?;
        Some(after.join(" "))
    }

    #[test]
    fn a_sku_ends_where_it_ends() {
        assert_eq!(after("BAR-001", "BAR-001").as_deref(), Some(""));
        assert_eq!(after("bar001_2", "BAR-001").as_deref(), Some("2"));
        assert_eq!(after("BAR 001 frente", "bar.001").as_deref(), Some("frente"));
        assert_eq!(after("BAR-001b", "BAR-001").as_deref(), Some("b"));
        assert_eq!(after("BAR-0012", "BAR-001"), None);
        assert_eq!(after("BAR-1-2", "BAR-12"), None);
        assert_eq!(after("BAR-1-2", "BAR-1").as_deref(), Some("2"));
        assert_eq!(after("2024 001", "2024-001").as_deref(), Some(""));
        assert_eq!(after("BAR-1", "BAR-001"), None);
        assert_eq!(after("ABAR-001", "BAR-001"), None);
        assert_eq!(after("rebozos", "rebozo"), None);
        assert_eq!(after("rebozo2", "rebozo").as_deref(), Some("2"));
        assert_eq!(after("", "x"), None);
        assert_eq!(after("x", ""), None);
    }

    #[test]
    fn accents_do_not_matter_however_they_are_written() {
        assert_eq!(Words::of("Niño Jesús"), Words::of("NIN\u{303}O-JESU\u{301}S"));
    }

    #[test]
    fn names_of_cameras_say_nothing() {
        for name in [
            "IMG_1234",
            "DSC00012",
            "_MG_1234",
            "P1010001",
            "20261121_101500",
            "PXL_20261121_1015",
            "WhatsApp Image 2026-11-21 at 10.15.00",
            "0001",
            "foto 3",
            "Imagen (4)",
            "image12",
        ] {
            assert!(Words::of(name).is_cameras(), "{name}");
        }
        for name in [
            "BAR-001",
            "rebozo azul",
            "T-12",
            "olla 3",
            "M1 roja",
            "imagenes de santos",
        ] {
            assert!(!Words::of(name).is_cameras(), "{name}");
        }
    }

    #[test]
    fn numbers_at_the_end_are_an_order() {
        let numbered = |name: &str| {
            let (name, number) = Words::of(name).numbered();
            (name.join(" "), number)
        };
        assert_eq!(numbered("Olla grande 02"), ("olla grande".into(), Some(2)));
        assert_eq!(numbered("Olla grande (3)"), ("olla grande".into(), Some(3)));
        assert_eq!(numbered("Olla"), ("olla".into(), None));
        assert_eq!(numbered("12"), (String::new(), Some(12)));
    }
}
