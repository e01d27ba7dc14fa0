//! Where a file is, why it is not where it should be, and how much room there is.

use super::Lang;
use crate::freight::{Carriage, Failure};

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

phrases! {
    file_only_here() { zh: "只在本机，联网后上传", en: "only on this device; sent once connected" }
    file_sending(percent: u64) { zh: "正在上传 {percent}%", en: "uploading {percent}%" }
    file_at_relay() { zh: "已在服务器上", en: "on the relay" }
    file_away() { zh: "还不在本机", en: "not here yet" }
    file_fetching(percent: u64) { zh: "正在下载 {percent}%", en: "downloading {percent}%" }
    download_file() { zh: "下载", en: "Download" }
    retry_file() { zh: "重试", en: "Try again" }
    file_full(size: &str) {
        zh: "服务器上放文件的空间（{size}）已用完；文件仍在本机，请让管理员扩大空间",
        en: "the relay’s room for files ({size}) is used up; the file stays here. Ask whoever runs the relay for more"
    }
    file_missing() {
        zh: "附上它的设备还没有上传；那台设备联网后会自动取来",
        en: "the device that attached it has not sent it yet; it comes by itself once that device is connected"
    }
    file_damaged() { zh: "传来的内容不对，已丢弃；会自动再试", en: "what arrived is not this file and was dropped; it is tried again" }
    file_forbidden() { zh: "你的角色不能上传文件；请找经理或所有者", en: "your role may not send files; ask a manager or an owner" }
    file_no_room() { zh: "本机放不下这个文件；请腾出空间后再试", en: "there is no room for it on this device; free some, then try again" }
    file_relay_failed() { zh: "服务器没能办到；会自动再试", en: "the relay could not do this; it is tried again" }
    thumbnail_of(name: &str) { zh: "「{name}」的小图", en: "Small picture of “{name}”" }
    files_here(size: &str) { zh: "本机的文件：{size}", en: "Files on this device: {size}" }
    files_waiting(count: usize) { zh: "其中 {count} 个还没到服务器", en: "{count} of them not on the relay yet" }
    files_at_relay(size: &str, allowed: &str) {
        zh: "服务器上的文件：{size}，最多 {allowed}",
        en: "Files on the relay: {size} of {allowed} allowed"
    }
    all_at_relay(size: &str, allowed: &str) {
        zh: "连同记录：{size}，最多 {allowed}",
        en: "With all records: {size} of {allowed} allowed"
    }
    files_relay_unknown() {
        zh: "连上服务器后显示那里的用量",
        en: "What the relay holds is shown once this device was connected"
    }
}

impl Lang {
    /// Where a file is.
    pub fn carriage(self, carriage: &Carriage) -> String {
        match carriage {
            Carriage::OnlyHere => self.file_only_here().to_owned(),
            Carriage::Sending(percent) => self.file_sending(*percent),
            Carriage::AtRelay => self.file_at_relay().to_owned(),
            Carriage::Away => self.file_away().to_owned(),
            Carriage::Fetching(percent) => self.file_fetching(*percent),
            Carriage::Failed { why, .. } => self.file_failure(*why),
        }
    }

    fn file_failure(self, why: Failure) -> String {
        match why {
            Failure::Full(allowed) => self.file_full(&self.bytes(allowed)),
            Failure::Missing => self.file_missing().to_owned(),
            Failure::Damaged => self.file_damaged().to_owned(),
            Failure::Forbidden => self.file_forbidden().to_owned(),
            Failure::Storage => self.file_no_room().to_owned(),
            Failure::Relay => self.file_relay_failed().to_owned(),
        }
    }

    /// A number of bytes in the unit that reads best.
    pub fn bytes(self, bytes: u64) -> String {
        match bytes {
            0..KIB => format!("{bytes} B"),
            KIB..MIB => format!("{} KiB", bytes.div_ceil(KIB)),
            MIB..GIB => tenths(bytes, MIB, "MiB"),
            _ => tenths(bytes, GIB, "GiB"),
        }
    }
}

fn tenths(bytes: u64, unit: u64, name: &str) -> String {
    let tenths = bytes / (unit / 10);
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        rest => format!("{}.{rest} {name}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_bytes_is_said_in_the_unit_that_reads_best() {
        for (bytes, words) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KiB"),
            (1_500_000, "1.4 MiB"),
            (25 * MIB, "25 MiB"),
            (8 * GIB, "8 GiB"),
        ] {
            assert_eq!(Lang::En.bytes(bytes), words);
        }
    }
}
