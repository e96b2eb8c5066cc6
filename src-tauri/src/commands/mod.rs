//! What the page may ask for: one file per area, named as in `shop` and in `ui`.

mod catalog;
mod credentials;
mod orders;
mod phone;
mod photos;
mod settings;
mod shipping;
mod stock;
mod syncing;
mod today;

use shop::photos::view::PhotoAdded;
use shop::writing::Area;
use tauri::Wry;
use tauri::ipc::Invoke;
use tauri_specta::{Builder, collect_commands};

/// Every command of the generated bindings, and those that travel as bytes.
pub struct Commands {
    builder: Builder<Wry>,
}

pub fn builder() -> Commands {
    // Minor units, grams and milliseconds stay far below 2^53, where a JavaScript number is exact.
    let builder = Builder::<Wry>::new()
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
        .commands(collect_commands![
            catalog::product_create,
            catalog::product_delete,
            catalog::product_duplicate,
            catalog::product_edit,
            catalog::product_get,
            catalog::product_list,
            catalog::product_publish,
            catalog::product_restore,
            catalog::product_suggestions,
            catalog::product_withdraw,
            credentials::laptop_list,
            credentials::laptop_revoke,
            credentials::open_address,
            credentials::sign_in_begin,
            credentials::sign_in_cancel,
            credentials::sign_in_poll,
            credentials::sign_out,
            orders::order_accept,
            orders::order_cancel,
            orders::order_get,
            orders::order_list,
            orders::order_pack,
            orders::order_services,
            phone::phone_close,
            phone::phone_open,
            photos::photo_move,
            photos::photo_remove,
            photos::photo_restore,
            settings::painted,
            settings::preferences_set,
            settings::shop_begin,
            settings::shop_state,
            shipping::drop_off_close,
            shipping::drop_off_get,
            shipping::drop_off_left,
            shipping::drop_off_page,
            shipping::office_list,
            shipping::order_label,
            shipping::paper_drop_off,
            shipping::paper_label,
            stock::stock_count,
            stock::stock_history,
            stock::stock_move,
            syncing::refused_dismiss,
            syncing::refused_retry,
            syncing::sync_now,
            syncing::sync_pause,
            syncing::sync_state,
            today::today,
        ]);
    let builder = builder.typ::<PhotoAdded>().typ::<Area>();
    Commands { builder }
}

impl Commands {
    /// Commands with JSON are the builder's; `photo_add` takes a body of bytes, which it does not know.
    pub fn invoke_handler(self) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
        // The handler borrows from its builder, and both live as long as the window.
        let builder: &'static Builder<Wry> = Box::leak(Box::new(self.builder));
        let json = builder.invoke_handler();
        let bytes: Box<dyn Fn(Invoke<Wry>) -> bool + Send + Sync> =
            Box::new(tauri::generate_handler![photos::photo_add]);
        move |invoke| {
            if invoke.message.command() == "photo_add" {
                bytes(invoke)
            } else {
                json(invoke)
            }
        }
    }

    /// The bindings as TypeScript.
    pub fn builder(&self) -> &Builder<Wry> {
        &self.builder
    }
}
