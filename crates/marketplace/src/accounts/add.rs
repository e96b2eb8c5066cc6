//! Adding accounts, from the command line while the marketplace runs.

use super::password;
use crate::error::Error;
use crate::random;
use crate::records::accounts::{self, Account, Kind};
use crate::records::{Database, sessions, shops};
use api::place::Address;

/// An account to add; with the same address again it is changed.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub password: String,
    pub role: Role,
}

/// What a new account is for.
#[derive(Clone, Debug)]
pub enum Role {
    Seller {
        shop_name: String,
        /// Where parcels come from.
        address: Box<Address>,
    },
    Clerk {
        /// The post's code of the office.
        office: String,
    },
}

/// Adds or changes an account; gives its id. Changing it signs its browsers out.
///
/// # Errors
/// [`Error::Setup`] says in words what does not fit.
pub async fn add(
    database: &Database,
    profile: &postal::Profile,
    new: NewAccount,
    now_ms: i64,
) -> Result<String, Error> {
    let email = tidy_email(&new.email)?;
    let name = tidy(&new.name, "the name")?;
    let letters = new.password.chars().count();
    if letters < password::SHORTEST || new.password.len() > password::LONGEST {
        return Err(Error::Setup(format!(
            "the password needs at least {} letters and at most {} bytes",
            password::SHORTEST,
            password::LONGEST
        )));
    }
    let there = accounts::by_email(database.read(), &email).await?;
    let kind = match new.role {
        Role::Seller { .. } => Kind::Seller,
        Role::Clerk { .. } => Kind::Clerk,
    };
    if there.as_ref().is_some_and(|account| !account.is(kind)) {
        return Err(Error::Setup(format!("{email} is an account of another kind")));
    }
    let (shop, office) = match new.role {
        Role::Seller { shop_name, address } => {
            let known = there.as_ref().and_then(|account| account.shop_id.clone());
            let id = match known {
                Some(id) => id,
                None => random::id(),
            };
            (
                Some(shop(id, &shop_name, *address, &name, &email, profile)?),
                None,
            )
        }
        Role::Clerk { office } if profile.office(&office).is_some() => (None, Some(office)),
        Role::Clerk { office } => {
            let known: Vec<&str> = profile
                .offices
                .iter()
                .map(|office| office.code.as_str())
                .collect();
            return Err(Error::Setup(format!(
                "there is no office {office}; there are {}",
                known.join(", ")
            )));
        }
    };
    let account = Account {
        id: there.map_or_else(random::id, |account| account.id),
        kind: kind.as_str().to_owned(),
        email,
        name,
        password: password::hash(new.password).await?,
        shop_id: shop.as_ref().map(|shop| shop.id.clone()),
        office,
    };
    let mut tx = database.begin().await?;
    if let Some(shop) = &shop {
        shops::put(&mut tx, shop, now_ms).await?;
    }
    accounts::put(&mut tx, &account, now_ms).await?;
    sessions::close_all(&mut tx, &account.id).await?;
    tx.commit().await?;
    Ok(account.id)
}

fn shop(
    id: String,
    name: &str,
    address: Address,
    seller: &str,
    email: &str,
    profile: &postal::Profile,
) -> Result<shops::Shop, Error> {
    let name = tidy(name, "the shop's name")?;
    let mut address = address;
    if address.country.is_empty() {
        address.country.clone_from(&profile.country);
    }
    if postal::country::find(&address.country).is_none() {
        return Err(Error::Setup(format!(
            "no country has the code {}",
            address.country
        )));
    }
    if address.name.is_empty() {
        seller.clone_into(&mut address.name);
    }
    if address.organization.is_empty() {
        address.organization.clone_from(&name);
    }
    if address.email.is_empty() {
        email.clone_into(&mut address.email);
    }
    for part in [
        &address.street,
        &address.neighbourhood,
        &address.city,
        &address.region,
    ] {
        if part.chars().count() > 100 || part.chars().any(char::is_control) {
            return Err(Error::Setup("a part of the address is too long".to_owned()));
        }
    }
    Ok(shops::Shop {
        id,
        operator: profile.country.clone(),
        currency: profile.currency.clone(),
        country: address.country.clone(),
        name,
        address,
    })
}

/// Addresses are compared as they are kept: lower case, without spaces around.
pub fn tidy_email(email: &str) -> Result<String, Error> {
    let email = email.trim().to_lowercase();
    if is_email(&email) {
        Ok(email)
    } else {
        Err(Error::Setup(format!("{email} is not an e-mail address")))
    }
}

/// Only what is certainly none is refused: whether it arrives shows when something is sent.
pub fn is_email(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control());
    text.len() <= 200
        && text.split_once('@').is_some_and(|(name, host)| {
            plain(name) && plain(host) && !host.contains('@') && host.contains('.')
        })
}

fn tidy(text: &str, what: &str) -> Result<String, Error> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if (1..=70).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        Ok(text)
    } else {
        Err(Error::Setup(format!("{what} needs 1 to 70 letters")))
    }
}
