//! Many rows in one statement: a database is asked once for what it would otherwise be asked a hundred times.

use sqlx::AssertSqlSafe;

/// Rows in a statement. Few sizes, so that each statement is prepared once and then known.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// The rows in portions of these sizes.
pub fn portions<T>(mut rows: &[T]) -> Vec<&[T]> {
    let mut portions = Vec::new();
    for size in SIZES {
        while rows.len() >= size {
            let (portion, rest) = rows.split_at(size);
            portions.push(portion);
            rows = rest;
        }
    }
    portions
}

/// Numbered places for values in a statement.
pub struct Places(String);

/// Places for so many values, from a number on: `$3, $4, $5`.
pub fn places(from: usize, count: usize) -> Places {
    let places: Vec<String> = (from..from + count).map(|n| format!("${n}")).collect();
    Places(places.join(", "))
}

/// Places for so many rows of so many columns each: `($1, $2), ($3, $4)`.
pub fn values(rows: usize, columns: usize) -> Places {
    let rows: Vec<String> = (0..rows)
        .map(|row| format!("({})", places(row * columns + 1, columns).0))
        .collect();
    Places(rows.join(", "))
}

impl Places {
    /// The statement with these places where it says `{}`. Nothing that anybody sent can get into it.
    pub fn of(&self, statement: &'static str) -> AssertSqlSafe<String> {
        AssertSqlSafe(statement.replacen("{}", &self.0, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portions_are_all_rows_in_their_order() {
        for count in [0, 1, 5, 63, 64, 200, 213] {
            let rows: Vec<usize> = (0..count).collect();
            let portions = portions(&rows);
            assert_eq!(portions.concat(), rows);
            assert!(portions.iter().all(|portion| SIZES.contains(&portion.len())));
        }
    }

    #[test]
    fn places_are_counted_through() {
        assert_eq!(places(3, 2).0, "$3, $4");
        assert_eq!(values(2, 2).0, "($1, $2), ($3, $4)");
        assert_eq!(places(1, 1).of("a IN ({})").0, "a IN ($1)");
    }
}
