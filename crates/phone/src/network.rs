//! Under which addresses a phone can reach this computer.

use std::cmp::Reverse;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// An IPv4 address of this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    pub name: String,
    pub address: Ipv4Addr,
    pub mask: Ipv4Addr,
}

/// The IPv4 addresses of interfaces that are up, the loopback aside. Empty when there is no network at all.
pub fn interfaces() -> Vec<Interface> {
    let all = if_addrs::get_if_addrs().unwrap_or_else(|error| {
        tracing::warn!(%error, "the network interfaces cannot be read");
        Vec::new()
    });
    let found: Vec<Interface> = all
        .into_iter()
        .filter(|interface| {
            matches!(
                interface.oper_status,
                if_addrs::IfOperStatus::Up | if_addrs::IfOperStatus::Unknown
            )
        })
        .filter_map(|interface| match interface.addr {
            if_addrs::IfAddr::V4(v4) if !v4.ip.is_loopback() && !v4.ip.is_unspecified() => Some(Interface {
                name: interface.name,
                address: v4.ip,
                mask: v4.netmask,
            }),
            _ => None,
        })
        .collect();
    if !found.is_empty() {
        return found;
    }
    // A system that does not list its interfaces still knows which way it would send.
    let outgoing = outgoing().filter(|address| !address.is_loopback());
    let single = |address| Interface {
        name: String::new(),
        address,
        mask: Ipv4Addr::BROADCAST,
    };
    outgoing.map(single).into_iter().collect()
}

/// The address that this computer would send from to a far place. Nothing is sent: connecting a UDP socket only
/// asks the routing table, and 192.0.2.1 is nobody's (RFC 5737).
pub fn outgoing() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(address) if !address.is_unspecified() => Some(address),
        _ => None,
    }
}

/// The addresses, the one that a phone most likely reaches first.
pub fn best_first(mut interfaces: Vec<Interface>, outgoing: Option<Ipv4Addr>) -> Vec<Ipv4Addr> {
    interfaces.sort_by_key(|interface| {
        (
            scope(interface.address),
            is_virtual(&interface.name),
            Reverse(Some(interface.address) == outgoing),
            // Homes and hotspots before offices before what programs make up.
            match interface.address.octets() {
                [192, 168, ..] => 0,
                [10, ..] => 1,
                _ => 2,
            },
        )
    });
    let mut addresses: Vec<Ipv4Addr> = interfaces
        .into_iter()
        .map(|interface| interface.address)
        .collect();
    addresses.dedup();
    addresses
}

/// Whether somebody at this address is on a network of this computer. Others have no business here, even when
/// the computer has a public address.
pub fn is_near(peer: Ipv4Addr, interfaces: &[Interface]) -> bool {
    scope(peer) < PUBLIC
        || interfaces.iter().any(|interface| {
            let mask = u32::from(interface.mask);
            u32::from(peer) & mask == u32::from(interface.address) & mask
        })
}

const PUBLIC: u8 = 3;

fn scope(address: Ipv4Addr) -> u8 {
    match address.octets() {
        _ if address.is_private() || address.is_loopback() => 0,
        // Shared by carriers and by private meshes (RFC 6598).
        [100, 64..=127, ..] => 1,
        // Two devices on a cable, with nobody to give them addresses.
        _ if address.is_link_local() => 2,
        _ => PUBLIC,
    }
}

/// Bridges, tunnels and machines inside this machine: a phone is not there.
fn is_virtual(name: &str) -> bool {
    const BEGINNINGS: [&str; 16] = [
        "docker",
        "br-",
        "virbr",
        "veth",
        "vboxnet",
        "vmnet",
        "lxc",
        "lxd",
        "podman",
        "cni",
        "tun",
        "tap",
        "wg",
        "utun",
        "tailscale",
        "zt",
    ];
    let name = name.to_ascii_lowercase();
    BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)) || name.contains("vethernet")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(name: &str, address: [u8; 4], mask: [u8; 4]) -> Interface {
        Interface {
            name: name.to_owned(),
            address: address.into(),
            mask: mask.into(),
        }
    }

    #[test]
    fn the_wifi_is_first_and_made_up_networks_are_last() {
        let all = vec![
            interface("enp3s0", [203, 0, 113, 9], [255, 255, 255, 0]),
            interface("docker0", [172, 17, 0, 1], [255, 255, 0, 0]),
            interface("enp1s0", [169, 254, 4, 4], [255, 255, 0, 0]),
            interface("tun0", [10, 8, 0, 6], [255, 255, 255, 0]),
            interface("enp0s25", [10, 20, 0, 7], [255, 255, 255, 0]),
            interface("wlp2s0", [192, 168, 1, 20], [255, 255, 255, 0]),
        ];
        let best = best_first(all.clone(), Some(Ipv4Addr::new(10, 8, 0, 6)));
        let expected: Vec<Ipv4Addr> = vec![
            [192, 168, 1, 20].into(),
            [10, 20, 0, 7].into(),
            [10, 8, 0, 6].into(),
            [172, 17, 0, 1].into(),
            [169, 254, 4, 4].into(),
            [203, 0, 113, 9].into(),
        ];
        assert_eq!(best, expected);
        let by_cable = best_first(all, Some(Ipv4Addr::new(10, 20, 0, 7)));
        assert_eq!(by_cable[0], Ipv4Addr::new(10, 20, 0, 7));
    }

    #[test]
    fn only_neighbours_are_near() {
        let own = [interface("eth0", [203, 0, 113, 9], [255, 255, 255, 0])];
        for near in [
            [192, 168, 7, 7],
            [10, 1, 2, 3],
            [127, 0, 0, 1],
            [203, 0, 113, 77],
            [100, 64, 0, 2],
        ] {
            assert!(is_near(near.into(), &own), "{near:?}");
        }
        for far in [[203, 0, 114, 1], [8, 8, 8, 8], [100, 128, 0, 1]] {
            assert!(!is_near(far.into(), &own), "{far:?}");
        }
    }

    #[test]
    fn this_machine_can_be_asked() {
        assert!(
            interfaces()
                .iter()
                .all(|interface| !interface.address.is_loopback())
        );
    }
}
