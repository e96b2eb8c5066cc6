//! Drop-offs and parcels as their screens show them.

use super::rules;
use super::store::{self, Stored};
use super::view::{DropOffCard, DropOffPage, DropOffStep, DropOffView, OfficeView, ParcelCard};
use crate::Shop;
use crate::fault::{Code, Result};
use messages::Language;
use postal::{Office, Profile};
use sqlx::SqliteConnection;

/// Drop-offs that the page lists.
const PAST: i64 = 200;
const OFFICES: usize = 50;

struct Row {
    id: String,
    number: String,
    office: String,
    status: String,
    closed_ms: i64,
    left_ms: Option<i64>,
    decided_ms: Option<i64>,
    parcels: u32,
    weight_g: i64,
    waiting: bool,
}

impl Shop {
    /// What lies ready to be handed in, and what was.
    pub async fn drop_off_page(&self) -> Result<DropOffPage> {
        let language = self.language().await?;
        let profile = self.operator().await?;
        let office = self.chosen_office(profile).await?;
        let mut connection = self.read().acquire().await?;
        let mut ready = Vec::new();
        for parcel in store::ready(&mut connection).await? {
            ready.push(card(&mut connection, parcel, profile, language).await?);
        }
        let past = rows(&mut connection, None)
            .await?
            .into_iter()
            .map(|row| drop_off_card(row, profile))
            .collect();
        Ok(DropOffPage {
            ready,
            office: office.map(office_view),
            past,
        })
    }

    pub async fn drop_off(&self, id: &str) -> Result<DropOffView> {
        let language = self.language().await?;
        let profile = self.operator().await?;
        let mut connection = self.read().acquire().await?;
        let row = rows(&mut connection, Some(id))
            .await?
            .pop()
            .ok_or(Code::NotFound)?;
        let office = profile.office(&row.office).map(office_view);
        let mut lines = Vec::new();
        for parcel in store::of_drop_off(&mut connection, id).await? {
            lines.push(card(&mut connection, parcel, profile, language).await?);
        }
        Ok(DropOffView {
            card: drop_off_card(row, profile),
            lines,
            office,
        })
    }

    /// Offices by what was typed; the nearest ones when nothing was.
    pub async fn office_list(&self, text: &str) -> Result<Vec<OfficeView>> {
        let profile = self.operator().await?;
        let wanted = fold(text);
        let postcode = self
            .me()
            .await?
            .map(|me| me.address.postal_code)
            .unwrap_or_default();
        let near = profile.offices_for_postcode(&postcode);
        let mut all: Vec<&Office> = near.clone();
        all.extend(
            profile
                .offices
                .iter()
                .filter(|office| !near.iter().any(|there| there.code == office.code)),
        );
        let matches = |office: &&Office| {
            let all = format!(
                "{} {} {} {}",
                office.code,
                office.name,
                office.address.join(" "),
                office.postcode
            );
            let all = fold(&all);
            wanted.split_whitespace().all(|word| all.contains(word))
        };
        Ok(all
            .into_iter()
            .filter(matches)
            .take(OFFICES)
            .map(office_view)
            .collect())
    }

    pub(super) async fn chosen_office(&self, profile: &'static Profile) -> Result<Option<&'static Office>> {
        let preferred = self.preferences().await?.office;
        Ok(rules::office(
            profile,
            preferred.as_deref(),
            self.me().await?.as_ref(),
            None,
        ))
    }
}

/// Lower case without the accents of Spanish and French, for comparing what people type.
fn fold(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'á' | 'à' | 'â' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'î' | 'ï' => 'i',
            'ó' | 'ô' => 'o',
            'ú' | 'ü' | 'ù' | 'û' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        })
        .collect()
}

fn office_view(office: &Office) -> OfficeView {
    OfficeView {
        code: office.code.clone(),
        name: office.name.clone(),
        address: office.address.join(", "),
        hours: office.hours.clone(),
        international: rules::international(office),
        terminal: office.has(postal::service::Capability::Terminal),
    }
}

async fn rows(connection: &mut SqliteConnection, id: Option<&str>) -> Result<Vec<Row>> {
    Ok(sqlx::query_as!(
        Row,
        r#"SELECT d.id, d.number, d.office, d.status, d.closed_ms, d.left_ms, d.decided_ms,
               (SELECT COUNT(*) FROM drop_off_parcels l WHERE l.drop_off_id = d.id) AS "parcels!: u32",
               (SELECT COALESCE(SUM(p.weight_g), 0) FROM drop_off_parcels l JOIN parcels p ON p.id = l.parcel_id
                WHERE l.drop_off_id = d.id) AS "weight_g!: i64",
               EXISTS (SELECT 1 FROM outbox o WHERE o.subject = d.id AND o.status = 'waiting') AS "waiting!: bool"
           FROM drop_offs d WHERE ?1 IS NULL OR d.id = ?1 ORDER BY d.closed_ms DESC LIMIT ?2"#,
        id,
        PAST
    )
    .fetch_all(connection)
    .await?)
}

fn drop_off_card(row: Row, profile: &Profile) -> DropOffCard {
    DropOffCard {
        office_name: profile
            .office(&row.office)
            .map(|office| office.name.clone())
            .unwrap_or_default(),
        office_code: row.office,
        step: match row.status.as_str() {
            "left" => DropOffStep::Left,
            "accepted" => DropOffStep::Accepted,
            "partly_accepted" => DropOffStep::PartlyAccepted,
            "refused" => DropOffStep::Refused,
            _ => DropOffStep::Closed,
        },
        id: row.id,
        number: row.number,
        parcels: row.parcels,
        weight_g: row.weight_g,
        closed_ms: row.closed_ms,
        left_ms: row.left_ms,
        decided_ms: row.decided_ms,
        waiting: row.waiting,
    }
}

async fn card(
    connection: &mut SqliteConnection,
    parcel: Stored,
    profile: &Profile,
    language: Language,
) -> Result<ParcelCard> {
    let order = crate::orders::store::state(connection, &parcel.order_id).await?;
    let newest = parcel.events.iter().max_by_key(|event| event.at_ms);
    let state = match newest.map(|event| event.code.as_str()) {
        Some("X_REFUSED") => "refused",
        Some("EMI") => "delivered",
        Some("EMA") => "accepted",
        Some(_) => "on_the_way",
        None if parcel.drop_off_id.is_some() => "handed_in",
        None => "waiting",
    };
    let refused = newest.filter(|event| event.code == "X_REFUSED");
    Ok(ParcelCard {
        order_number: order.number.clone(),
        addressee: order.ship_to.name.clone(),
        destination: if order.ship_to.country == profile.country {
            order.ship_to.city.clone()
        } else {
            crate::orders::show::country_name(&order.ship_to.country, language)
        },
        service: profile
            .service(&parcel.service)
            .map(|service| service.names.name(language.code()).to_owned())
            .unwrap_or_default(),
        photo: order.lines.first().and_then(|line| line.photo.clone()),
        state: state.into(),
        refused_reason: refused.and_then(|event| event.reason.clone()),
        s10_shown: rules::grouped(&parcel.s10),
        id: parcel.id,
        order_id: parcel.order_id,
        s10: parcel.s10,
        weight_g: parcel.weight_g,
    })
}
