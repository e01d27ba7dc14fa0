//! How much one device may ask of the relay: connections at once, and frames and bytes over time. Pure but for the lock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::id::DeviceId;
use shared::wire::Ended;
use tokio::time::Instant;

mod bucket;

use crate::config::Allowance;
use bucket::Bucket;
pub(crate) use bucket::Rate;

/// How many devices are known before the ones that are gone are looked for.
const SWEEP_AT: usize = 64;

/// What every device that is here, or was just now, has used of its allowance.
pub(crate) struct Limits {
    allowance: Allowance,
    devices: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    meters: HashMap<DeviceId, Arc<Mutex<Meter>>>,
    sweep_at: usize,
}

/// What one device has used. Connecting again does not begin it anew.
struct Meter {
    frames: Bucket,
    bytes: Bucket,
    connections: usize,
}

/// One connection's share in its device's meter.
pub(crate) struct Admission {
    allowance: Allowance,
    meter: Arc<Mutex<Meter>>,
    /// Nothing more is read before.
    until: Instant,
}

impl Limits {
    pub(crate) fn new(allowance: Allowance) -> Self {
        Self { allowance, devices: Mutex::default() }
    }

    /// Lets one more connection of a device in, unless it has as many as it may.
    pub(crate) fn admit(&self, device: DeviceId, now: Instant) -> Result<Admission, Ended> {
        let meter = self.meter(device, now);
        let mut used = locked(&meter);
        if used.connections >= self.allowance.connections_per_device {
            return Err(Ended::Crowded);
        }
        used.connections += 1;
        drop(used);
        Ok(Admission { allowance: self.allowance, meter, until: now })
    }

    /// Counts what a device asks beside its connections; how long that is to wait, if it is ahead of its allowance.
    pub(crate) fn charge(&self, device: DeviceId, bytes: usize, now: Instant) -> Duration {
        locked(&self.meter(device, now)).take(&self.allowance, bytes, now)
    }

    fn meter(&self, device: DeviceId, now: Instant) -> Arc<Mutex<Meter>> {
        let mut known = locked(&self.devices);
        known.sweep(&self.allowance, now);
        let fresh = || Arc::new(Mutex::new(Meter::new(&self.allowance, now)));
        known.meters.entry(device).or_insert_with(fresh).clone()
    }
}

impl Admission {
    /// Counts a frame that was read; how long nothing more is read, if the device is ahead of its allowance.
    pub(crate) fn count(&mut self, bytes: usize, now: Instant) -> Option<Duration> {
        let wait = locked(&self.meter).take(&self.allowance, bytes, now);
        self.until = now + wait;
        Some(wait).filter(|wait| !wait.is_zero())
    }

    /// When more may be read.
    pub(crate) fn until(&self) -> Instant {
        self.until
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        locked(&self.meter).connections -= 1;
    }
}

impl Known {
    /// Forgets devices that are gone and have nothing to make good.
    fn sweep(&mut self, allowance: &Allowance, now: Instant) {
        if self.meters.len() < self.sweep_at.max(SWEEP_AT) {
            return;
        }
        self.meters.retain(|_, meter| !locked(meter).is_idle(allowance, now));
        self.sweep_at = 2 * self.meters.len();
    }
}

impl Meter {
    fn new(allowance: &Allowance, now: Instant) -> Self {
        let (frames, bytes) = (Bucket::full(allowance.frames(), now), Bucket::full(allowance.bytes(), now));
        Self { frames, bytes, connections: 0 }
    }

    /// Takes a frame of so many bytes; how long until that is made good.
    fn take(&mut self, allowance: &Allowance, bytes: usize, now: Instant) -> Duration {
        let frames = self.frames.take(allowance.frames(), 1.0, now);
        frames.max(self.bytes.take(allowance.bytes(), bytes as f64, now))
    }

    fn is_idle(&self, allowance: &Allowance, now: Instant) -> bool {
        let full = self.frames.is_full(allowance.frames(), now) && self.bytes.is_full(allowance.bytes(), now);
        self.connections == 0 && full
    }
}

/// Nothing here can be left half changed by a panic.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWANCE: Allowance = Allowance { connections_per_device: 2, frames_per_second: 10, ..Allowance::DEFAULT };

    fn device(name: &str) -> DeviceId {
        DeviceId::minted(name)
    }

    #[test]
    fn a_device_has_only_so_many_connections_at_once() {
        let (limits, now) = (Limits::new(ALLOWANCE), Instant::now());
        let one = limits.admit(device("a"), now).unwrap();
        let _two = limits.admit(device("a"), now).unwrap();
        assert_eq!(limits.admit(device("a"), now).err(), Some(Ended::Crowded));
        assert!(limits.admit(device("b"), now).is_ok(), "another device is not held back");
        drop(one);
        assert!(limits.admit(device("a"), now).is_ok());
    }

    #[test]
    fn connecting_again_does_not_forgive() {
        let (limits, now) = (Limits::new(ALLOWANCE), Instant::now());
        let mut first = limits.admit(device("a"), now).unwrap();
        while first.count(1, now).is_none() {}
        drop(first);
        let mut again = limits.admit(device("a"), now).unwrap();
        assert!(again.count(1, now).is_some());
        assert!(again.until() > now);
        assert_eq!(limits.admit(device("b"), now).unwrap().count(1, now), None);
        assert!(limits.charge(device("a"), 1, now) > Duration::ZERO, "and asking otherwise does not either");
        assert_eq!(limits.charge(device("b"), 1, now), Duration::ZERO);
    }

    #[test]
    fn devices_that_are_gone_are_forgotten_once_they_made_good() {
        let (limits, now) = (Limits::new(ALLOWANCE), Instant::now());
        for number in 0..1000 {
            limits.admit(device(&number.to_string()), now).unwrap();
        }
        assert!(locked(&limits.devices).meters.len() <= SWEEP_AT + 1);
        let mut busy = limits.admit(device("busy"), now).unwrap();
        while busy.count(1, now).is_none() {}
        drop(busy);
        for number in 0..1000 {
            limits.admit(device(&number.to_string()), now).unwrap();
        }
        assert!(locked(&limits.devices).meters.contains_key(&device("busy")));
    }
}
