//! The records of the comparison: pieces as an artisan describes them.

use serde::Serialize;
use shop::catalog::view::{FieldChange, Price};

#[derive(Clone, Debug, Serialize)]
pub struct Money {
    pub minor: i64,
    pub currency: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Record {
    pub id: String,
    pub sku: String,
    pub title: String,
    pub story: String,
    pub branch: String,
    pub technique: String,
    pub materials: String,
    pub community: String,
    pub maker: String,
    pub weight_g: i64,
    pub price: Money,
}

const WHAT: [&str; 8] = [
    "Olla", "Jarro", "Rebozo", "Alebrije", "Máscara", "Comal", "Huipil", "Canasta",
];
const OF: [&str; 7] = [
    "barro negro",
    "barro bruñido",
    "algodón teñido",
    "copal tallado",
    "palma tejida",
    "lana de telar",
    "cobre martillado",
];
const TELLS: [&str; 9] = [
    "La hicimos en el taller de mi abuela, a la orilla del río.",
    "Se tarda tres semanas en secar antes de ir al horno.",
    "El color sale de la grana cochinilla que juntamos en marzo.",
    "Cada línea se graba a mano con un cuarzo, sin plantilla.",
    "Se puede lavar con agua fría y jabón neutro.",
    "Ninguna sale igual a otra, por eso las numeramos.",
    "El dibujo cuenta la fiesta del santo patrono.",
    "La madera se corta en luna menguante para que no se raje.",
    "Con ella ganamos el concurso estatal de hace dos años.",
];

/// The same for the same number, and all different.
pub fn record(id: String, n: usize) -> Record {
    let mut dice = n as u64;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = dice;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap_or(0)
    };
    let (what, of) = (WHAT[roll(WHAT.len())], OF[roll(OF.len())]);
    let story: Vec<&str> = (0..3 + roll(3)).map(|_| TELLS[roll(TELLS.len())]).collect();
    Record {
        id,
        sku: format!("TN-{n:05}"),
        title: format!("{what} de {of} {n}"),
        story: story.join(" "),
        branch: "ceramics".into(),
        technique: format!("{of}, a mano"),
        materials: of.into(),
        community: ["San Bartolo Coyotepec", "Teotitlán del Valle", "Tonalá"][roll(3)].into(),
        maker: ["María Núñez", "Rosa Ramírez", "Jacobo Ángeles"][roll(3)].into(),
        weight_g: 100 + i64::try_from(roll(4_000)).unwrap_or(0),
        price: Money {
            minor: 5_000 + i64::try_from(roll(900_000)).unwrap_or(0),
            currency: "MXN".into(),
        },
    }
}

impl Record {
    pub fn changes(&self) -> Vec<FieldChange> {
        vec![
            FieldChange::Sku(self.sku.clone()),
            FieldChange::Title(self.title.clone()),
            FieldChange::Story(self.story.clone()),
            FieldChange::Branch(self.branch.clone()),
            FieldChange::Technique(self.technique.clone()),
            FieldChange::Materials(self.materials.clone()),
            FieldChange::Community(self.community.clone()),
            FieldChange::Maker(self.maker.clone()),
            FieldChange::WeightG(Some(self.weight_g)),
            self.price_change(),
        ]
    }

    pub fn price_change(&self) -> FieldChange {
        FieldChange::Price(Some(Price {
            minor: self.price.minor,
            currency: self.price.currency.clone(),
        }))
    }
}
